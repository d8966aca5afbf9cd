"""How far up a request must go, through every chain that is not as it should be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from people.chain import designee_for
from people.command import Command, command_of
from people.models import Delegation, Unit, User
from tests.personas import employee, unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
OFFICE, DIVISION, DEPARTMENT = Unit.Kind.OFFICE, Unit.Kind.DIVISION, Unit.Kind.DEPARTMENT


@dataclass
class Department:
    """Erin in an office of a division, under Sam, under Holly who heads the division, under Dirk the director."""

    dirk: User
    holly: User
    sam: User
    erin: User
    designee: User
    spare: User
    division: Unit
    office: Unit

    def reports_to(self, who: User, supervisor: User | None) -> None:
        """Somebody gets another supervisor, or none."""
        User.objects.filter(pk=who.pk).update(supervisor=supervisor)

    def leaves(self, who: User) -> None:
        """Somebody leaves, and those under them still point to them."""
        User.objects.filter(pk=who.pk).update(is_active=False)

    def is_away(self, who: User, delegate: User) -> None:
        """Somebody is away on the day of these tests."""
        Delegation.objects.create(delegator=who, delegate=delegate, starts_on=DAY, ends_on=DAY, reason="leave")

    def is_headed_by(self, place: Unit, head: User | None) -> None:
        """A unit gets another head, or none."""
        Unit.objects.filter(pk=place.pk).update(head=head)

    def lies_in(self, place: Unit, parent: Unit) -> None:
        """A unit gets another parent."""
        Unit.objects.filter(pk=place.pk).update(parent=parent)

    def works_in(self, who: User, place: Unit | None) -> None:
        """Somebody moves to another unit, or to none."""
        User.objects.filter(pk=who.pk).update(unit=place)


@pytest.fixture
def dep(settings: Settings) -> Department:
    """The department as it should be, with a designee."""
    division = unit("DIV", kind=DIVISION, parent=unit("DHS", kind=DEPARTMENT))
    office = unit("OFF", kind=OFFICE, parent=division)
    dirk = employee("Dirk Director")
    holly = employee("Holly Head", supervisor=dirk, unit=division)
    sam = employee("Sam Supervisor", supervisor=holly, unit=office)
    erin = employee("Erin Employee", supervisor=sam, unit=office)
    desi = employee("Desi Designee")
    settings.SECRETARY_DESIGNEE = desi.email.upper()
    made = Department(dirk, holly, sam, erin, desi, employee("Dana Delegate"), division, office)
    made.is_headed_by(division, holly)
    return made


def command(user: User) -> Command:
    """The command over someone as it is on the day of these tests."""
    return command_of(User.objects.get(pk=user.pk), on=DAY)


def told(user: User) -> str:
    """Who must decide by first name, and after a bar who is asked where those stay silent."""
    over = command(user)
    names = [str(link.person).split()[0] + ("*" if link.acting_for else "") for link in over.links]
    return " ".join([*names[: over.needed], *(["|"] if over.links[over.needed :] else []), *names[over.needed :]])


def _office_beneath_the_department(dep: Department) -> None:
    dep.lies_in(dep.office, Unit.objects.get(code="DHS"))
    dep.is_headed_by(dep.office, dep.sam)


def _office_in_an_office(dep: Department) -> None:
    upper = unit("UPPER", kind=OFFICE, parent=unit("DHS"))
    dep.lies_in(dep.office, upper)
    dep.is_headed_by(dep.office, dep.sam)
    dep.is_headed_by(upper, dep.holly)


def _units_turn_in_a_circle(dep: Department) -> None:
    inner = unit("INNER", kind=OFFICE, parent=dep.office)
    dep.lies_in(dep.office, inner)
    dep.is_headed_by(inner, dep.holly)


def _back_to_erin(dep: Department) -> None:
    dep.reports_to(dep.sam, dep.erin)


def _back_to_sam(dep: Department) -> None:
    outsider = employee("Bo Boss", supervisor=dep.sam)
    dep.reports_to(dep.sam, outsider)


def _the_last_before_it_leads_back_left(dep: Department) -> None:
    _back_to_sam(dep)
    dep.leaves(User.objects.get(name="Bo Boss"))


def _head_left_and_it_leads_back(dep: Department) -> None:
    dep.leaves(dep.holly)
    dep.reports_to(dep.holly, dep.erin)


def _designee_stands_in_and_it_leads_back(dep: Department) -> None:
    _back_to_sam(dep)
    dep.is_away(dep.sam, dep.designee)


@pytest.mark.parametrize(
    ("odd", "expected"),
    [
        pytest.param(lambda _: None, "Sam Holly | Dirk", id="up to the division's head and not to the director"),
        pytest.param(_office_beneath_the_department, "Sam | Holly Dirk", id="an office beneath the department"),
        pytest.param(lambda dep: dep.is_headed_by(dep.office, dep.sam), "Sam Holly | Dirk", id="office in a division"),
        pytest.param(_office_in_an_office, "Sam Holly | Dirk", id="of offices the highest"),
        pytest.param(_units_turn_in_a_circle, "Sam Holly | Dirk", id="units in a circle"),
        pytest.param(lambda dep: dep.is_headed_by(dep.division, dep.erin), "Sam | Holly Dirk", id="the head"),
        pytest.param(lambda dep: dep.reports_to(dep.erin, None), "Desi", id="at the top"),
        pytest.param(lambda dep: dep.leaves(dep.holly), "Sam Dirk", id="the head left"),
        pytest.param(lambda dep: dep.is_away(dep.holly, dep.spare), "Sam Dana* | Dirk", id="a delegate for the head"),
        pytest.param(lambda dep: dep.is_away(dep.holly, dep.erin), "Sam Dirk", id="oneself the head's delegate"),
        pytest.param(lambda dep: dep.leaves(dep.sam), "Holly | Dirk", id="one in the middle left"),
        pytest.param(lambda dep: dep.is_away(dep.sam, dep.holly), "Holly | Dirk", id="the head stands in below"),
        pytest.param(_back_to_erin, "Sam Desi", id="a loop of two"),
        pytest.param(_back_to_sam, "Sam Bo Desi", id="a loop higher up"),
        pytest.param(lambda dep: dep.reports_to(dep.dirk, dep.sam), "Sam Holly | Dirk", id="a loop above the head"),
        pytest.param(_the_last_before_it_leads_back_left, "Sam Desi", id="a leaver closes the loop"),
        pytest.param(_head_left_and_it_leads_back, "Sam Desi", id="the head left and closes the loop"),
        pytest.param(_designee_stands_in_and_it_leads_back, "Desi* Bo", id="the designee decides once"),
        pytest.param(lambda dep: dep.works_in(dep.erin, None), "Sam Holly Dirk", id="no unit"),
        pytest.param(lambda dep: dep.works_in(dep.erin, unit("DHS")), "Sam Holly Dirk", id="in the department itself"),
        pytest.param(lambda dep: dep.is_headed_by(dep.division, None), "Sam Holly Dirk", id="no head"),
        pytest.param(lambda dep: dep.is_headed_by(dep.division, dep.spare), "Sam Holly Dirk", id="head not above"),
    ],
)
def test_it_goes_as_far_up_as_it_must(dep: Department, odd: Callable[[Department], None], expected: str) -> None:
    odd(dep)
    assert told(dep.erin) == expected


def test_the_head_of_a_division_asks_the_one_above(dep: Department) -> None:
    assert told(dep.holly) == "Dirk"


def test_the_record_says_who_left_and_who_stands_in(dep: Department) -> None:
    dep.leaves(dep.sam)
    dep.is_away(dep.holly, dep.spare)
    [first, _] = command(dep.erin).links
    assert first.why == (
        "Sam Supervisor has left. Next above Erin Employee."
        " Holly Head is away until November 25, 2026; Dana Delegate stands in."
    )


def test_the_record_says_where_the_chain_leads_back_and_who_left_on_the_way(dep: Department) -> None:
    _back_to_sam(dep)
    back = "Above Bo Boss the chain of command leads back to Sam Supervisor, so the Secretary's designee decides."
    assert command(dep.erin).links[-1].why == back
    dep.leaves(User.objects.get(name="Bo Boss"))
    assert command(dep.erin).links[-1].why == f"Bo Boss has left. {back}"


def test_without_a_designee_the_last_one_says_that_the_chain_leads_back(dep: Department, settings: Settings) -> None:
    settings.SECRETARY_DESIGNEE = ""
    _back_to_erin(dep)
    assert told(dep.erin) == "Sam"
    assert command(dep.erin).links[0].why == (
        "Supervisor of Erin Employee. Above Sam Supervisor the chain of command leads back to Erin Employee."
    )


def test_where_all_in_a_loop_left_the_designee_decides_alone(dep: Department, settings: Settings) -> None:
    _back_to_erin(dep)
    dep.leaves(dep.sam)
    assert told(dep.erin) == "Desi"
    settings.SECRETARY_DESIGNEE = ""
    assert command(dep.erin) == Command([], 0)


def test_where_all_above_left_the_designee_decides_and_the_record_names_them(dep: Department) -> None:
    dep.leaves(dep.holly)
    dep.leaves(dep.dirk)
    assert [link.why for link in command(dep.holly).links] == [
        "Dirk Director has left. Nobody who works here stands above Holly Head; the Secretary's designee decides."
    ]


def test_the_designee_is_somebody_else_who_works_here(dep: Department) -> None:
    assert designee_for(dep.erin) == dep.designee
    assert designee_for(dep.designee) is None
    dep.leaves(dep.designee)
    assert designee_for(dep.erin) is None


def test_it_costs_three_queries_and_a_loop_one_more(
    dep: Department, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        command_of(dep.erin, on=DAY)
    _back_to_erin(dep)
    with django_assert_num_queries(4):
        command_of(dep.erin, on=DAY)
