"""Each rule of II(I) at its boundary, in the words the person refused reads."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from access_requests import rules
from access_requests.models import AccessRequest
from access_requests.operations import asking, deciding, ending, granting
from access_requests.operations.granting import Provision
from investigations.models import Investigation, Member, Office
from people.models import Role, User
from tests.access_requests.stage import approved, as_it_stands, asked, away, cast, draft, granted, now
from tests.access_requests.states import brought_to
from tests.conftest import At
from tests.personas import employee
from workflow import clock
from workflow.decisions import Decision, Denied, Refused

pytestmark = pytest.mark.django_db
Status = AccessRequest.Status
TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def monday(at: At):  # type: ignore[no-untyped-def]
    """A plain working day."""
    with at("2026-11-16 10:00"):
        yield


def said(decision: Decision) -> str:
    """What the person refused reads; nothing where they are not."""
    return decision.reason if isinstance(decision, Denied) else ""


# --- What is asked for


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("Look at three posts", ""),
        ("Beiträge der Gruppe lesen", ""),
        ("Look at posts", "State a specific investigative purpose."),
        ("a b c d e f", "State a specific investigative purpose."),
        ("investigation ... - ... !!", "State a specific investigative purpose."),
        ("____ ____ ____ ____", "State a specific investigative purpose."),
        ("", "State a specific investigative purpose."),
    ],
)
def test_a_purpose_takes_four_words_in_each_answer(purpose: str, words: str) -> None:
    enough = "For the case of cards"
    assert said(rules.is_specific(enough, enough, purpose)) == words
    assert said(rules.is_specific(purpose, enough, enough)) == words


def test_a_purpose_belongs_to_an_open_investigation_of_ones_own_or_has_a_number() -> None:
    erin, olga = employee(), employee("Olga Opener")
    case = Investigation.objects.create(
        number="IA-2026-1",
        office=Office.INTERNAL_AFFAIRS,
        allegation=Investigation.Allegation.STATE_LAW,
        opened_by=olga,
        opened_at=clock.now(),
        submission=uuid.uuid4(),
    )
    choose = "Choose an open investigation that you take part in, or give a case number."
    assert said(rules.names_its_case(erin, None, "CW-1")) == ""
    assert said(rules.names_its_case(erin, None, " ")) == "Give the number of the investigation or case this is for."
    assert said(rules.names_its_case(erin, case, "")) == choose
    member = Member.objects.create(investigation=case, person=erin, added_by=olga, added_at=clock.now())
    assert said(rules.names_its_case(erin, case, "")) == ""
    Member.objects.filter(pk=member.pk).update(removed_at=clock.now(), removed_by=olga)
    assert said(rules.names_its_case(erin, case, "")) == choose
    Member.objects.create(investigation=case, person=erin, added_by=olga, added_at=clock.now())
    Investigation.objects.filter(pk=case.pk).update(
        status="closed", closed_by=olga, closed_at=clock.now(), outcome="Nothing was found."
    )
    assert said(rules.names_its_case(erin, case, "")) == choose


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "The last day comes before the first."),
        (1, ""),
        (90, ""),
        (91, "Access lasts at most 90 days. Choose February 13, 2027 or earlier."),
    ],
)
def test_access_lasts_ninety_days_at_most_the_first_and_the_last_included(days: int, words: str) -> None:
    assert said(rules.is_short_enough(TODAY, TODAY + timedelta(days=days - 1))) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "The first day is in the past. Choose today or later."),
        (0, ""),
        (366, ""),
        (367, "Choose a first day within the next year."),
    ],
)
def test_access_begins_today_or_within_a_year(days: int, words: str) -> None:
    assert said(rules.begins_in_time(TODAY + timedelta(days=days))) == words


def test_a_day_begins_at_midnight_in_arkansas(at: At) -> None:
    with at("2026-11-16 23:59"):
        assert said(rules.begins_in_time(TODAY)) == ""
    with at("2026-11-17 00:00"):
        assert said(rules.begins_in_time(TODAY)) == "The first day is in the past. Choose today or later."


@pytest.mark.parametrize("missing", ["sites", "device", "starts_on", "ends_on"])
def test_an_incomplete_request_is_not_sent(missing: str) -> None:
    people = cast()
    request = draft(people.erin, **{missing: [] if missing == "sites" else "" if missing == "device" else None})
    with pytest.raises(Refused, match="Fill in the sites, the days and the device first"):
        asking.submit(request, actor=people.erin)


def test_nobody_else_writes_sends_copies_or_withdraws_it() -> None:
    people = cast()
    request = draft(people.erin)
    acts: list[Callable[[], AccessRequest]] = [
        lambda: asking.save(request, asking.Wish(), actor=people.sam),
        lambda: asking.submit(request, actor=people.sam),
        lambda: asking.withdraw(request, actor=people.sam),
        lambda: asking.copy(request, actor=people.sam, submission=uuid.uuid4()),
    ]
    for act in acts:
        with pytest.raises(Refused, match="Only the person who asks for access does this"):
            act()


# --- Deciding


def test_an_approval_only_narrows() -> None:
    request = asked(cast().erin)
    last, sites = request.until, request.granted_sites
    assert last is not None
    day = timedelta(days=1)
    assert said(rules.only_narrows(request, last, sites)) == ""
    assert said(rules.only_narrows(request, TODAY, ["Reddit"])) == ""
    assert said(rules.only_narrows(request, last + day, sites)) == "You may shorten the access, never lengthen it."
    assert said(rules.only_narrows(request, None, sites)) == "You may shorten the access, never lengthen it."
    assert said(rules.only_narrows(request, TODAY - day, sites)) == "The last day comes before the first."
    assert said(rules.only_narrows(request, last, [])) == "Leave at least one site, or decline the request."
    assert said(rules.only_narrows(request, last, [*sites, "X"])) == "You may take sites out, never add one."


def test_one_reason_fits_requests_for_the_same_case_only() -> None:
    one, same = (AccessRequest(case_number=number) for number in ("CW-1", " cw-1 "))
    other, formal = AccessRequest(case_number="CW-2"), AccessRequest(case_number="CW-1", investigation_id=1)
    assert said(rules.are_alike([])) == said(rules.are_alike([one])) == said(rules.are_alike([one, same])) == ""
    words = "These requests are for different cases. Decide about each on its own."
    assert said(rules.are_alike([one, other])) == said(rules.are_alike([one, formal])) == words


# --- Granting


def test_it_security_provisions_and_never_for_themselves() -> None:
    people = cast()
    ida = employee("Ida Itsec", supervisor=people.sam, unit=people.erin.unit, roles=(Role.IT_SECURITY,))
    request, provision = approved(ida), Provision("Group", "Proxy", TODAY)
    with pytest.raises(Refused, match="Someone else in IT Security confirms it"):
        granting.grant(request, provision, actor=now(ida))
    with pytest.raises(Refused, match="Only IT Security confirms a grant or a removal"):
        granting.grant(request, provision, actor=people.dora)
    over = ending.finish(granting.grant(request, provision, actor=people.ivan), actor=now(ida))
    with pytest.raises(Refused, match="Someone else in IT Security confirms it"):
        granting.remove(over, actor=now(ida), where="Proxy", on=TODAY)
    assert granting.remove(over, actor=people.ivan, where="Proxy", on=TODAY).status == Status.ENDED


# --- Who sees what


def sees(person: User, request: AccessRequest) -> bool:
    """Whether this person finds the request at all."""
    return rules.visible_to(now(person)).filter(pk=request.pk).exists()


def test_a_link_of_the_chain_sees_it_only_once_it_concerns_them() -> None:
    people = cast()
    request = draft(people.erin)
    assert [sees(person, request) for person in (people.erin, people.sam, people.max, people.dora)] == [True] + [
        False
    ] * 3
    request = asking.submit(request, actor=people.erin)
    assert [sees(person, request) for person in (people.erin, people.sam, people.max)] == [True, True, False]
    request = deciding.approve(request, actor=people.sam)
    assert [sees(person, request) for person in (people.sam, people.max, people.dora)] == [True, True, False]
    assert not sees(people.toni, request)


def test_a_delegate_and_whoever_is_away_both_see_it() -> None:
    people = cast()
    dina = employee("Dina Delegate")
    away(people.sam, stand_in=dina)
    request = asked(people.erin)
    assert (sees(dina, request), sees(people.sam, request)) == (True, True)


def test_it_security_sees_what_was_approved_and_examiners_all_that_was_sent() -> None:
    people = cast()
    pia, otto = (employee("Pia", roles=(Role.PRIVACY_OFFICER,)), employee("Otto", roles=(Role.AUDITOR,)))
    for status in Status:
        request = brought_to(status, people)
        works_on_it = status in {Status.APPROVED, Status.ACTIVE, Status.ENDING, Status.ENDED}
        seen = (sees(people.ivan, request), sees(pia, request), sees(otto, request), sees(employee("Nora"), request))
        assert seen == (works_on_it, status != Status.DRAFT, status != Status.DRAFT, False), status


def test_what_ended_without_an_approval_is_not_for_it_security(at: At) -> None:
    people = cast()
    waiting, settled, returned = asked(people.erin), approved(people.erin), brought_to(Status.RETURNED, people)
    with at("2026-12-16 06:00"):
        assert ending.expire() == 3
    assert as_it_stands(waiting).status == Status.ENDED
    assert [sees(people.ivan, each) for each in (waiting, settled, returned)] == [False, True, False]


def test_only_security_privacy_and_audit_count_the_grants() -> None:
    people = cast()
    granted(people.erin, people.ivan)
    words = "Only IT Security, Privacy Officers and auditors see who has access."
    assert said(rules.may_count(people.dora)) == words
    for role in (Role.IT_SECURITY, Role.PRIVACY_OFFICER, Role.AUDITOR):
        assert said(rules.may_count(employee(roles=(role,)))) == ""
