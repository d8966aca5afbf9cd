"""Reading the file: its encoding, its header, its cells, and what must hold between its lines."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from people.imports.complaints import Complaints
from people.imports.units import UnitLines
from people.models import Unit, User

Write = Callable[[Iterable[object]], object]

UNIT_COLUMNS = ("unit_code", "unit_name", "unit_kind", "parent_unit_code")
PERSON_COLUMNS = ("email", "name", "employee_number", "title", "county", "supervisor_number", "active")
COLUMNS = (*PERSON_COLUMNS[:5], *UNIT_COLUMNS, *PERSON_COLUMNS[5:])
REQUIRED = ("email", "name", "employee_number")
YES, NO = frozenset({"", "yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
LOOP_SHOWN = 6
_is_email = EmailValidator()


def _length(model: type[Unit | User], name: str) -> int:
    return int(model._meta.get_field(name).max_length)  # type: ignore[union-attr, arg-type]  # noqa: SLF001


LONGEST = {
    **{name: _length(User, name) for name in ("email", "name", "employee_number", "title", "county")},
    "supervisor_number": _length(User, "employee_number"),
    "unit_code": _length(Unit, "code"),
    "unit_name": _length(Unit, "name"),
    "unit_kind": _length(Unit, "kind"),
    "parent_unit_code": _length(Unit, "code"),
    "active": 5,
}


class Place(NamedTuple):
    """Where a person stands in the file, and under whom."""

    line: int
    supervisor: str


@dataclass
class Reading:
    """One pass over a file: people go out to `keep` as they are read, units and faults are gathered."""

    complaints: Complaints = field(default_factory=Complaints)
    units: UnitLines = field(default_factory=UnitLines)
    people: dict[str, Place] = field(default_factory=dict)
    emails: dict[str, int] = field(default_factory=dict)


def read(source: BinaryIO, keep: IO[str], progress: Callable[[int], object]) -> Reading:
    """Check the whole file, writing its people to `keep` for COPY; raises Unusable with every complaint there is."""
    reading = Reading()
    rows = csv.reader(_lines(source, progress), strict=True)
    write = csv.writer(keep, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow
    try:
        header = _header(rows, reading.complaints)
        for row in rows:
            _take(rows.line_num, row, header, reading, write)
    except csv.Error as fault:
        reading.complaints.add(rows.line_num, "the whole line", f"it is not proper CSV ({fault}).")
    _check_supervisors(reading)
    reading.units.check(reading.complaints)
    reading.complaints.settle()
    return reading


def _lines(source: BinaryIO, progress: Callable[[int], object]) -> Iterator[str]:
    """The file's lines; bytes that are not UTF-8 stay recognisable, so that the cell they are in can be named."""
    for number, line in enumerate(source):
        progress(len(line))
        yield line.removeprefix(b"\xef\xbb\xbf" if number == 0 else b"").decode("utf-8", "surrogateescape")


def _header(rows: Iterator[list[str]], complaints: Complaints) -> list[str]:
    header = [cell.strip().lower() for cell in next(rows, [])]
    if any("\x00" in cell or "\udcff" in cell for cell in header):
        complaints.add(1, "the header", "the file is UTF-16. Save it as “CSV UTF-8”.")
        complaints.settle()
    for name in COLUMNS:
        if header.count(name) != 1:
            complaints.add(1, name, "this column stands twice." if name in header else "this column is missing.")
    for name in header:
        if name not in COLUMNS:
            complaints.add(1, _quoted(name), "this column is not one of the portal's. Take it out.")
    complaints.settle()
    return header


def _take(line: int, row: list[str], header: list[str], reading: Reading, write: Write) -> None:
    if not any(row):
        return
    if len(row) != len(header):
        words = f"it has {len(row)} cells, the header {len(header)}."
        reading.complaints.add(line, "the whole line", words)
        return
    cells = {name: cell.replace("\xa0", " ").strip() for name, cell in zip(header, row, strict=True)}
    if not _cells_are_sound(line, cells, reading.complaints):
        return
    reading.units.add(line, *(cells[name] for name in UNIT_COLUMNS), complaints=reading.complaints)
    if any(cells[name] for name in PERSON_COLUMNS):
        _take_person(line, cells, reading, write)


def _cells_are_sound(line: int, cells: dict[str, str], complaints: Complaints) -> bool:
    """Whether every cell is text of a length that fits, naming each that is not."""
    sound = True
    for name, cell in cells.items():
        fault = _fault_of(name, cell)
        if fault:
            complaints.add(line, name, fault)
            sound = False
    return sound


def _fault_of(name: str, cell: str) -> str:
    if not cell.isprintable():
        if any("\udc80" <= c <= "\udcff" for c in cell):
            return "this is not UTF-8 text. Save the file as “CSV UTF-8”."
        return "it holds control or invisible characters. Type the words anew."
    if len(cell) > LONGEST[name]:
        return f"it has {len(cell):,} characters, at most {LONGEST[name]} fit."
    return ""


def _take_person(line: int, cells: dict[str, str], reading: Reading, write: Write) -> None:
    cells["email"] = cells["email"].lower()
    active = cells["active"].lower()
    _check_person(line, cells, active, reading.complaints)
    _check_only_once(line, cells, reading)
    number = cells["employee_number"]
    reading.people.setdefault(number, Place(line, cells["supervisor_number"]))
    reading.emails.setdefault(cells["email"], line)
    stored = (cells[name] for name in ("email", "name", "employee_number", "title", "county", "unit_code"))
    write([line, *stored, cells["supervisor_number"], "t" if active in YES else "f"])


def _check_person(line: int, cells: dict[str, str], active: str, complaints: Complaints) -> None:
    for name in REQUIRED:
        if not cells[name]:
            complaints.add(line, name, "it is empty.")
    if cells["email"] and not _reads_as_email(cells["email"]):
        complaints.add(line, "email", f"{_quoted(cells['email'])} is not an e-mail address.")
    if active not in YES | NO:
        complaints.add(line, "active", f"{_quoted(active)} is neither yes nor no.")
    if cells["supervisor_number"] and cells["supervisor_number"] == cells["employee_number"]:
        complaints.add(line, "supervisor_number", "nobody is their own supervisor.")


def _check_only_once(line: int, cells: dict[str, str], reading: Reading) -> None:
    number, email = cells["employee_number"], cells["email"]
    if number and number in reading.people:
        words = f"{_quoted(number)} is on line {reading.people[number].line} already."
        reading.complaints.add(line, "employee_number", words)
    if email and email in reading.emails:
        words = f"{_quoted(email)} is on line {reading.emails[email]} already."
        reading.complaints.add(line, "email", words)


def _check_supervisors(reading: Reading) -> None:
    people, cleared = reading.people, set[str]()
    for number, place in people.items():
        if place.supervisor and place.supervisor not in people:
            words = f"nobody in this file has the number {_quoted(place.supervisor)}."
            reading.complaints.add(place.line, "supervisor_number", words)
        loop = _loop_from(number, people, cleared)
        if loop:
            where = people[loop[0]].line
            shown = " → ".join([*loop[:LOOP_SHOWN], *(["…"] if len(loop) > LOOP_SHOWN else []), loop[0]])
            reading.complaints.add(where, "supervisor_number", f"supervisors go round in a loop: {shown}.")


def _loop_from(number: str, people: dict[str, Place], cleared: set[str]) -> list[str]:
    """The people of a loop met on the way up from this one, each loop once; marks all it passes as cleared."""
    path: dict[str, int] = {}
    while number in people and number not in cleared and number not in path:
        path[number] = len(path)
        number = people[number].supervisor
    cleared.update(path)
    loop = list(path)[path[number] :] if number in path else []
    return loop if len(loop) > 1 else []


def _reads_as_email(text: str) -> bool:
    try:
        _is_email(text)
    except ValidationError:
        return False
    return True


def _quoted(text: str) -> str:
    readable = "".join(c if c.isprintable() else "?" for c in text)
    return f"“{readable[:60]}…”" if len(readable) > 60 else f"“{readable}”"
