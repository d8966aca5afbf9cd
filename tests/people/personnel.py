"""The personnel system's list, as tests write it and have it taken over."""

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from people.models import Unit, User

COLUMNS = [
    *("email", "name", "employee_number", "title", "county"),
    *("unit_code", "unit_name", "unit_kind", "parent_unit_code", "supervisor_number", "active"),
]
DEPARTMENT = {"unit_code": "DHS", "unit_name": "Department", "unit_kind": "department"}
OFFICE = {"unit_code": "PUL", "unit_name": "Pulaski office", "unit_kind": "office", "parent_unit_code": "DHS"}

Write = Callable[[Iterable[dict[str, str]]], Path]
Heard = list[tuple[str, dict[str, Any]]]


def person(number: int, **cells: str) -> dict[str, str]:
    """One line of the file."""
    return {"email": f"p{number}@dhs.example", "name": f"Person {number}", "employee_number": f"E{number}", **cells}


def written(folder: Path, lines: Iterable[dict[str, str]]) -> Path:
    """A file with these lines, as the personnel system would write it."""
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(lines)
    return path


def take_over(path: Path, *flags: str) -> str:
    """Run the command and hand back its summary."""
    out = StringIO()
    call_command("import_directory", str(path), *flags, stdout=out, stderr=StringIO())
    return out.getvalue()


def refusal(path: Path, *flags: str) -> list[str]:
    """Run the command, which must refuse and change nothing, and hand back its complaints."""
    before = list(User.objects.order_by("pk").values()), list(Unit.objects.order_by("pk").values())
    with pytest.raises(CommandError) as refused:
        take_over(path, *flags)
    assert (list(User.objects.order_by("pk").values()), list(Unit.objects.order_by("pk").values())) == before
    first, *complaints = str(refused.value).splitlines()
    assert first == "Nothing was changed."
    return complaints


def get(number: int) -> User:
    """The person with this number."""
    return User.objects.select_related("unit__parent", "supervisor").get(employee_number=f"E{number}")
