"""Taking over the personnel system's list: what it does."""

import time
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from people import changes, operations
from people.models import Delegation, Role, RoleGrant, Unit, User
from tests.people.personnel import DEPARTMENT, OFFICE, Heard, Write, get, person, refusal, take_over
from tests.personas import employee

pytestmark = pytest.mark.django_db


def test_people_units_and_supervisors_arrive_whatever_their_order(write: Write) -> None:
    lines = [
        person(1, supervisor_number="E2", title="Caseworker", county="Pulaski", **OFFICE),
        person(2, name="Söner Łuk", email="P2@DHS.example", active="Yes", unit_code="PUL"),
        DEPARTMENT,
    ]
    assert take_over(write(lines)).startswith("created 2 people, changed 0; 0 stay as they are, 0 have left.")
    erin, sam = get(1), get(2)
    assert (erin.title, erin.county, erin.supervisor, erin.is_active) == ("Caseworker", "Pulaski", sam, True)
    assert erin.unit is not None
    assert (erin.unit.name, erin.unit.kind, str(erin.unit.parent)) == ("Pulaski office", "office", "Department")
    assert (sam.name, sam.email, sam.supervisor, sam.unit) == ("Söner Łuk", "p2@dhs.example", None, erin.unit)


def test_new_people_have_no_password_and_joined_now(write: Write) -> None:
    take_over(write([person(1), person(2)]))
    assert not get(1).has_usable_password()
    assert get(1).password != get(2).password
    assert get(1).joined_at is not None


def test_the_same_file_twice_changes_nothing(write: Write, heard: Heard) -> None:
    path = write([person(1, supervisor_number="E2", **OFFICE), person(2), DEPARTMENT])
    take_over(path)
    before = list(User.objects.order_by("pk").values())
    assert "created 0 people, changed 0; 2 stay as they are, 0 have left." in take_over(path)
    assert list(User.objects.order_by("pk").values()) == before


def test_a_password_survives_every_import(write: Write) -> None:
    erin = employee(employee_number="E1", email="p1@dhs.example")
    take_over(write([person(1, name="Erin Renamed")]))
    assert get(1).password == erin.password
    assert get(1).name == "Erin Renamed"


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "Other"},
        {"email": "other@dhs.example"},
        {"title": "Other"},
        {"county": "Other"},
        {"supervisor_number": "E3"},
        {"supervisor_number": ""},
        OFFICE,
    ],
)
def test_any_change_counts_and_arrives(write: Write, cells: dict[str, str]) -> None:
    others = [person(2), person(3), DEPARTMENT]
    take_over(write([person(1, supervisor_number="E2"), *others]))
    changed = {"supervisor_number": "E2", **cells}
    assert "changed 1; 2 stay" in take_over(write([person(1, **changed), *others]))
    assert "changed 0; 3 stay" in take_over(write([person(1, **changed), *others]))


def test_a_dry_run_says_what_would_be_and_keeps_nothing(write: Write) -> None:
    said = take_over(write([person(1, **OFFICE), DEPARTMENT]), "--dry-run")
    assert said.startswith("Dry run, nothing kept: created 1 people")
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_who_is_missing_or_no_longer_active_has_left_with_all_they_held(write: Write, heard: Heard) -> None:
    take_over(write(person(number) for number in range(1, 6)))
    RoleGrant.objects.create(user=get(1), role=Role.COUNSEL, granted_by=get(5))
    day = date(2030, 1, 1)
    Delegation.objects.create(delegator=get(4), delegate=get(2), starts_on=day, ends_on=day, reason="leave")
    heard.clear()
    said = take_over(write([person(2, active="no"), person(3), person(4), person(5)]))
    assert "2 have left." in said
    assert [get(number).is_active for number in (1, 2, 3)] == [False, False, True]
    assert not RoleGrant.objects.in_force().exists()
    assert not Delegation.objects.open_on(day).exists()
    assert ("directory.left", {"employee_numbers": ["E1", "E2"]}) in heard


def test_who_comes_back_is_active_again_without_the_old_roles(write: Write, heard: Heard) -> None:
    everyone = [person(1), person(2), person(3)]
    take_over(write(everyone))
    RoleGrant.objects.create(user=get(1), role=Role.COUNSEL)
    take_over(write(everyone[1:]))
    take_over(write(everyone))
    assert get(1).is_active
    assert not get(1).roles
    assert ("directory.returned", {"employee_numbers": ["E1"]}) in heard


def test_who_works_in_another_unit_is_told_as_a_mover_once_they_are_there(write: Write, heard: Heard) -> None:
    take_over(write([person(1), person(2, **OFFICE), person(3, **OFFICE), person(4, unit_code="DHS"), DEPARTMENT]))
    heard.clear()
    there: list[str] = []
    changes.register(lambda event, *_: there.append(str(get(3).unit)) if event == "directory.moved" else None)
    lines = [person(1, **OFFICE), person(2), person(3, unit_code="DHS"), person(4, unit_code="DHS"), DEPARTMENT]
    take_over(write([*lines, person(5, **OFFICE)]))
    assert heard[1:] == [("directory.moved", {"employee_numbers": ["E1", "E2", "E3"]})]
    assert there == ["Department"]


def test_who_only_changes_title_or_supervisor_has_not_moved(write: Write, heard: Heard) -> None:
    take_over(write([person(1, **OFFICE), person(2, **OFFICE), DEPARTMENT]))
    heard.clear()
    renamed = {**OFFICE, "unit_name": "Renamed"}
    take_over(write([person(1, title="Caseworker", supervisor_number="E2", **renamed), person(2, **renamed)]))
    assert [event for event, _ in heard] == ["directory.imported"]


def test_who_leaves_or_comes_back_into_another_unit_is_no_mover(write: Write, heard: Heard) -> None:
    stayers = [DEPARTMENT, *(person(number, unit_code="DHS") for number in (2, 3, 4))]
    take_over(write([person(1, **OFFICE), *stayers]))
    take_over(write([person(1, unit_code="DHS", active="no"), *stayers]))
    take_over(write([person(1, **OFFICE), *stayers]))
    take_over(write(stayers))
    assert [event for event, _ in heard if event != "directory.imported"] == [
        "directory.left", "directory.returned", "directory.left",
    ]  # fmt: skip


def test_two_people_swap_their_addresses_and_three_pass_theirs_on(write: Write, heard: Heard) -> None:
    take_over(write(person(number) for number in range(1, 6)))
    swapped = {1: 2, 2: 1, 3: 4, 4: 5, 5: 3}
    take_over(write(person(number, email=f"p{other}@dhs.example") for number, other in swapped.items()))
    assert {number: get(number).email for number in swapped} == {
        n: f"p{other}@dhs.example" for n, other in swapped.items()
    }
    assert heard[-1] == ("directory.address_changed", {"employee_numbers": ["E1", "E2", "E3", "E4", "E5"]})


def test_a_newcomer_takes_over_a_leavers_address(write: Write) -> None:
    take_over(write([person(1), person(2), person(3)]))
    take_over(write([person(2), person(3), person(9, email="p1@dhs.example")]))
    assert get(9).email == "p1@dhs.example"
    assert get(1).email == f"left.{get(1).pk}@people.invalid"


def test_more_than_half_leaving_is_refused_unless_allowed(write: Write) -> None:
    take_over(write(person(number) for number in range(1, 5)))
    half, fewer = write([person(1), person(2)]), [person(1)]
    assert "2 have left" in take_over(half)
    path = write([person(9)])
    assert refusal(path) == ["2 of 2 active people would leave. If that is right, add --allow-mass-leave."]
    assert refusal(path, "--dry-run") != []
    assert "2 have left" in take_over(path, "--allow-mass-leave")
    assert "created 0" in take_over(write([person(9), *fewer]))


def test_what_it_did_is_reported_once_with_the_files_fingerprint(write: Write, heard: Heard) -> None:
    take_over(write([person(1), person(2)]))
    [(event, facts)] = heard
    assert event == "directory.imported"
    assert {name: facts[name] for name in ("lines", "created", "changed", "left")} == {
        "lines": 2, "created": 2, "changed": 0, "left": 0,
    }  # fmt: skip
    assert len(facts["sha256"]) == 64


def test_it_warns_when_nobody_holds_a_needed_role_any_more(write: Write) -> None:
    err = StringIO()
    call_command("import_directory", str(write([person(1)])), stdout=StringIO(), stderr=err)
    assert "Nobody is Administrator now. Run: manage.py appoint EMAIL administrator" in err.getvalue()


def test_units_are_renamed_and_moved_and_those_not_named_stay(write: Write) -> None:
    take_over(write([person(1, **OFFICE), DEPARTMENT, {"unit_code": "OLD", "unit_name": "Old", "unit_kind": "office"}]))
    moved = {**OFFICE, "unit_name": "Renamed", "unit_kind": "division", "parent_unit_code": ""}
    take_over(write([person(1, **moved)]))
    office = Unit.objects.get(code="PUL")
    assert (office.name, office.kind, office.parent) == ("Renamed", "division", None)
    assert Unit.objects.filter(code__in=["DHS", "OLD"]).count() == 2


def test_people_arrive_at_a_pace_of_a_hundred_thousand_a_minute(write: Write) -> None:
    count = 20_000
    path = write(person(n, supervisor_number=f"E{n // 8}" if n >= 8 else "", **OFFICE) for n in range(1, count + 1))
    with path.open("a") as file:
        file.write(",,,,,DHS,Department,department,,,\n")
    began = time.monotonic()
    assert "created 20,000 people" in take_over(path)
    assert time.monotonic() - began < 60 * count / 100_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_incoming")
        assert cursor.fetchone() == (0,)


def test_the_first_administrator_is_appointed_on_the_server(heard: Heard) -> None:
    erin, out = employee(), StringIO()
    call_command("appoint", erin.email.upper(), "administrator", stdout=out)
    assert out.getvalue() == "Erin Employee is Administrator now.\n"
    assert User.objects.get(pk=erin.pk).has_role(Role.ADMINISTRATOR)
    assert heard[0][0] == "person.role_granted"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody@dhs.example", "counsel"], "Nobody in the directory has the address nobody@dhs.example."),
        (["lee@dhs.example", "counsel"], "a leaver cannot hold a role"),
        (["erin@dhs.example", "investigator"], "Say which office"),
        (["erin@dhs.example", "auditor"], "holds this role already"),
    ],
)
def test_an_appointment_that_cannot_be_says_why(arguments: list[str], words: str) -> None:
    employee("Lee Leaver", email="lee@dhs.example", is_active=False)
    operations.appoint(employee(email="erin@dhs.example"), Role.AUDITOR)
    with pytest.raises(CommandError, match=words):
        call_command("appoint", *arguments)
