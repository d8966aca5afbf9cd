"""Taking over the personnel system's list: what it refuses, by line and column, and how it reads a file."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.people.personnel import COLUMNS, DEPARTMENT, OFFICE, Write, get, person, refusal, take_over

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_or_without_its_mark(write: Write, encoding: str) -> None:
    path = write([person(1, name="Zoë Ångström")])
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    take_over(path)
    assert get(1).name == "Zoë Ångström"


def test_another_encoding_is_named_by_line_and_column(write: Write) -> None:
    path = write([person(1), person(2, title="Zoë")])
    path.write_bytes(path.read_text("utf-8").encode("latin-1"))
    assert refusal(path) == ["Line 3, title: this is not UTF-8 text. Save the file as “CSV UTF-8”."]


def test_utf_16_is_named_for_what_it_is(write: Write) -> None:
    path = write([person(1)])
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    assert refusal(path) == ["Line 1, the header: the file is UTF-16. Save it as “CSV UTF-8”."]


@pytest.mark.parametrize(
    ("header", "complaints"),
    [
        ("", 11),
        ("name,name", 11),
        (",".join(COLUMNS).replace("title", "name"), 2),
        (",".join(COLUMNS).replace(",", ";"), 12),
        (",".join([*COLUMNS, "phone"]), 1),
    ],
)
def test_a_header_is_complete_and_says_nothing_twice(tmp_path: Path, header: str, complaints: int) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"{header}\n")
    found = refusal(path)
    assert len(found) == complaints
    assert all(complaint.startswith("Line 1, ") for complaint in found)


def test_the_columns_stand_in_any_order_and_capitals(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    cells = person(1)
    path.write_text(
        ",".join(f" {name.upper()} " for name in reversed(COLUMNS))
        + "\n\n"
        + ",".join(cells.get(name, "") for name in reversed(COLUMNS))
        + "\n"
    )
    assert "created 1" in take_over(path)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"email": ""}, "email: it is empty."),
        ({"name": "  "}, "name: it is empty."),
        ({"employee_number": ""}, "employee_number: it is empty."),
        ({"email": "erin at dhs"}, "email: “erin at dhs” is not an e-mail address."),
        ({"email": f"{'e' * 250}@dhs.example"}, "email: it has 262 characters, at most 254 fit."),
        ({"name": "n" * 201}, "name: it has 201 characters, at most 200 fit."),
        ({"employee_number": "1" * 21}, "employee_number: it has 21 characters, at most 20 fit."),
        ({"county": "c" * 61}, "county: it has 61 characters, at most 60 fit."),
        ({"title": "t\x00t"}, "title: it holds control or invisible characters. Type the words anew."),
        ({"title": "t\u202et"}, "title: it holds control or invisible characters. Type the words anew."),
        ({"name": "two\nlines"}, "name: it holds control or invisible characters. Type the words anew."),
        ({"active": "maybe"}, "active: “maybe” is neither yes nor no."),
        ({"supervisor_number": "E9"}, "supervisor_number: nobody in this file has the number “E9”."),
        ({"supervisor_number": "E1"}, "supervisor_number: nobody is their own supervisor."),
        ({"unit_code": "NEW"}, "unit_code: “NEW” is new, so it needs a unit_name and a unit_kind."),
        ({"unit_name": "Pulaski"}, "unit_code: it is empty, but the unit is described."),
        ({**DEPARTMENT, "unit_kind": "planet"}, "unit_kind: “planet” is none of department, division, office."),
        ({**DEPARTMENT, "unit_name": ""}, "unit_name: “DHS” needs a name."),
        ({**DEPARTMENT, "parent_unit_code": "DHS"}, "parent_unit_code: “DHS” would stand above itself."),
    ],
)
def test_a_cell_that_cannot_be_is_named(write: Write, cells: dict[str, str], complaint: str) -> None:
    [found] = refusal(write([person(1, **cells)]))
    line = 3 if "\n" in cells.get("name", "") else 2
    assert found == f"Line {line}, {complaint}"


def test_an_unknown_parent_is_named(write: Write) -> None:
    [found] = refusal(write([person(1, **OFFICE)]))
    assert found.startswith("Line 2, parent_unit_code: “DHS” is not known.")


def test_who_stands_twice_is_named_with_both_lines(write: Write) -> None:
    lines = [person(1), person(2, employee_number="E1"), person(3, email="P1@dhs.example")]
    assert refusal(write(lines)) == [
        "Line 3, employee_number: “E1” is on line 2 already.",
        "Line 4, email: “p1@dhs.example” is on line 2 already.",
    ]


def test_a_unit_described_in_two_ways_is_named_with_both_lines(write: Write) -> None:
    lines = [person(1, **DEPARTMENT), person(2, **{**DEPARTMENT, "unit_name": "Ministry"})]
    assert refusal(write(lines)) == ["Line 3, unit_code: “DHS” is described otherwise on line 2."]


def test_a_loop_of_supervisors_is_named_once_with_who_is_in_it(write: Write) -> None:
    bosses = {1: "E2", 2: "E3", 3: "E2", 4: "E1", 5: ""}
    lines = [person(number, supervisor_number=boss) for number, boss in bosses.items()]
    assert refusal(write(lines)) == [
        "Line 3, supervisor_number: supervisors go round in a loop: E2 → E3 → E2.",
    ]


def test_a_loop_of_units_is_named(write: Write) -> None:
    lines = [
        {"unit_code": "A", "unit_name": "A", "unit_kind": "office", "parent_unit_code": "B"},
        {"unit_code": "B", "unit_name": "B", "unit_kind": "office", "parent_unit_code": "A"},
    ]
    assert "Line 2, parent_unit_code: “A” would stand above itself." in refusal(write(lines))


@pytest.mark.parametrize("broken", ["E1,too,few\n", '"never closed\n', f"{'x' * 200_000}\n"])
def test_a_line_that_is_not_csv_is_named(write: Write, broken: str) -> None:
    path = write([person(1)])
    with path.open("a") as file:
        file.write(broken)
    [found] = refusal(path)
    assert found.startswith("Line 3, the whole line: ")


def test_fifty_complaints_are_listed_and_the_rest_counted(write: Write) -> None:
    found = refusal(write(person(number, email="") for number in range(1, 1062)))
    assert len(found) == 51
    assert found[49:] == ["Line 51, email: it is empty.", "… and 1,011 more."]


def test_one_bad_line_keeps_all_the_others_out(write: Write) -> None:
    assert len(refusal(write([person(1), person(2, name=""), person(3)]))) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        take_over(tmp_path / "nothing.csv")
