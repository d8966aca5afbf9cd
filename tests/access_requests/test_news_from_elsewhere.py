"""What happens in the directory and in an investigation reaches access at once, through the portal's real doors."""

from pathlib import Path

import pytest

from access_requests.models import AccessRequest
from people.models import Unit, User
from tests.access_requests.stage import as_it_stands, asked, cast, granted, now, whose_turn
from tests.investigations.stage import closed, joined, opened
from tests.people.personnel import person, take_over, written

pytestmark = pytest.mark.django_db
Status, End = AccessRequest.Status, AccessRequest.End


def line(user: User, unit: Unit | None) -> dict[str, str]:
    """Someone as the personnel system has them, in this unit."""
    cells = {"email": user.email, "name": user.name, "employee_number": user.employee_number}
    if user.supervisor:
        cells["supervisor_number"] = user.supervisor.employee_number
    if unit:
        cells |= {"unit_code": unit.code, "unit_name": unit.name, "unit_kind": unit.kind}
        cells |= {"parent_unit_code": unit.parent.code} if unit.parent else {}
    return person(1, **cells)


def _yes(here: bool) -> str:
    return "Yes" if here else "No"


def imported(folder: Path, *, moved: User | None = None, to: Unit | None = None, left: User | None = None) -> None:
    """The directory as it stands, but that someone is in another unit, or has left."""
    people = User.objects.filter(is_active=True).select_related("unit__parent", "supervisor")
    lines = [line(each, to if each == moved else each.unit) | {"active": _yes(each != left)} for each in people]
    take_over(written(folder, lines))


def test_an_import_that_moves_an_employee_ends_their_access(tmp_path: Path) -> None:
    people = cast()
    request, pending = granted(people.erin, people.ivan), asked(people.erin)
    imported(tmp_path)
    assert as_it_stands(request).status == Status.ACTIVE
    imported(tmp_path, moved=people.erin, to=people.dora.unit)
    request = as_it_stands(request)
    assert (request.status, request.end_reason) == (Status.ENDING, End.MOVED)
    assert as_it_stands(pending).status == Status.SUBMITTED, "what is still decided moves along"


def test_an_import_without_an_employee_ends_their_access_and_hands_on_what_they_had(tmp_path: Path) -> None:
    people = cast()
    request = granted(people.erin, people.ivan)
    imported(tmp_path, left=people.erin)
    request = as_it_stands(request)
    assert (request.status, request.end_reason) == (Status.ENDING, End.LEFT)


def test_an_import_without_a_superior_gives_what_they_had_to_the_next(tmp_path: Path) -> None:
    people = cast()
    request = asked(people.erin)
    imported(tmp_path, left=people.sam)
    assert whose_turn(request) == "Max Manager"


def test_a_closed_investigation_ends_the_access_it_was_for(tmp_path: Path) -> None:
    people = cast()
    investigation = opened()
    joined(investigation, people.erin)
    mine = {"investigation": investigation, "case_number": ""}
    request, pending = granted(people.erin, people.ivan, **mine), asked(people.erin, **mine)
    closed(investigation, by=now(investigation.opened_by))
    request, pending = as_it_stands(request), as_it_stands(pending)
    assert (request.status, request.end_reason) == (Status.ENDING, End.CASE_CLOSED)
    assert (pending.status, pending.end_reason) == (Status.ENDED, End.CASE_CLOSED)
