"""A case that cannot be given to a colleague: neither the page nor the trail tells who that was, or why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from audit import trail
from audit.models import Entry
from incidents.choices import Kind
from incidents.models import Incident
from incidents.operations import casework, merging
from notifications.models import Notice
from people.models import User
from tests.incidents.stage import analyst, brought_to, browser, case_url, counsel, officer, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db
SENTENCE = "This case cannot be given to the person you chose. Choose someone else."


def told_to_nobody(person: User) -> Incident:
    """A confidential report of this person."""
    return reported(person, confidential=True)


def naming(person: User) -> Incident:
    """A report in which this person is named."""
    return reported(people=(person,), confidential=True)


def naming_someone_below(person: User) -> Incident:
    """A report in which somebody they supervise is named."""
    return reported(people=(employee(supervisor=person),), kind=Kind.ASKED)


def merged_with_theirs(person: User) -> Incident:
    """A case that a confidential report of this person was merged into."""
    case = reported(confidential=True)
    merging.merge(told_to_nobody(person), into=case, actor=officer("Mona Merger"))
    return case


REASONS = (told_to_nobody, naming, naming_someone_below, merged_with_theirs)


def chosen(by: User, incident: Incident, to: User) -> Any:
    return browser(by).post(case_url(incident, "assign"), {"to": to.pk})


@pytest.mark.parametrize("why", REASONS)
def test_every_reason_reads_the_same_and_nothing_of_it_names_anybody(why: Callable[[User], Incident]) -> None:
    ana, kim = analyst(), analyst("Kim Kept")
    incident = why(kim)
    page = chosen(ana, incident, kim)
    assert page.status_code == 422
    assert page.context["form"].errors == {"to": [SENTENCE]}
    entry = trail.of(incident).get(action="incident.assign.refused")
    assert (entry.actor, entry.facts) == (ana, {"reason": SENTENCE, "clause": "II_A_3"})
    case = browser(ana).get(case_url(incident)).content.decode().split('id="timeline"')[1]
    assert f"Was refused: {SENTENCE}" in case
    assert "Kim Kept" not in case


def test_each_try_leaves_a_line_of_its_own() -> None:
    ana, kim = analyst(), analyst("Kim Kept")
    incident = told_to_nobody(kim)
    for _ in range(3):
        chosen(ana, incident, kim)
    assert trail.of(incident).filter(action="incident.assign.refused", actor=ana).count() == 3


def test_of_many_cases_those_not_for_them_are_counted_together_whatever_the_reason() -> None:
    ana, kim, fine = analyst(), analyst("Kim Kept"), reported()
    kept = [why(kim) for why in REASONS]
    sent = {"incident": [each.pk for each in (*kept, fine)], "to": kim.pk}
    words = browser(ana).post(reverse("incidents:assign_many"), sent, follow=True).content.decode()
    numbers = ", ".join(each.reference for each in kept)
    rest = "could not be given to the person you chose"
    assert f"4 cases {rest}: {numbers}. Choose someone else for them." in words
    assert "1 case was given to Kim Kept." in words
    refusals = Entry.objects.filter(action="incident.assign.refused", actor=ana)
    assert [entry.facts for entry in refusals] == [{"reason": SENTENCE, "clause": "II_A_3"}] * 4


def test_one_case_alone_is_told_as_one() -> None:
    kim = analyst("Kim Kept")
    incident = told_to_nobody(kim)
    sent = {"incident": [incident.pk], "to": kim.pk}
    words = browser(analyst()).post(reverse("incidents:assign_many"), sent, follow=True).content.decode()
    assert f"1 case could not be given to the person you chose: {incident.reference}. Choose someone else for it." in (
        words
    )


def test_counsel_learns_nothing_by_trying_colleagues_out() -> None:
    kim, carla = analyst("Kim Kept"), counsel()
    incident = reported(kim, kind=Kind.ASKED, confidential=True)
    for person in (kim, analyst()):
        page = chosen(carla, incident, person)
        assert page.status_code == 403
        assert "Only the Privacy Office works on incidents." in page.content.decode()
    assert browser(carla).get(case_url(incident, "assign")).status_code == 403


def test_a_closed_case_is_given_to_nobody_and_the_page_says_so_at_once() -> None:
    ana = analyst()
    incident = brought_to("closed", ana=ana, paul=officer())
    page = browser(ana).get(case_url(incident, "assign"))
    assert page.status_code == 409
    assert "This case is closed. Reopen it first." in page.content.decode()


# --- A case that is taken from whoever has it ------------------------------------------------------------------------


def holders_own(person: User) -> Callable[[Incident], object]:
    """Merging into the case what its holder reported."""
    return lambda case: merging.merge(reported(person), into=case, actor=officer("Mona Merger"))


def naming_them(person: User) -> Callable[[Incident], object]:
    """Naming the holder in the case."""
    return lambda case: casework.name_person(case, actor=officer("Mona Merger"), person=person)


def putting_them_above(person: User) -> Callable[[Incident], object]:
    """Naming somebody they supervise in a case of asking."""
    below = employee("Bo Below", supervisor=person)
    return lambda case: casework.name_person(case, actor=officer("Mona Merger"), person=below)


def turning_it_into_asking(person: User) -> Callable[[Incident], object]:
    """Finding that a report which names somebody they supervise is one of asking."""

    def act(case: Incident) -> None:
        mona = officer("Mona Merger")
        casework.name_person(case, actor=mona, person=employee("Bo Below", supervisor=person))
        casework.reclassify(case, actor=mona, kind=Kind.ASKED)

    return act


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (Kind.EXPOSURE, holders_own),
        (Kind.EXPOSURE, naming_them),
        (Kind.ASKED, putting_them_above),
        (Kind.EXPOSURE, turning_it_into_asking),
    ],
)
def test_the_trail_says_that_the_case_was_taken_away_and_the_others_hear_that_nobody_has_it(
    kind: Kind, what: Callable[[User], Callable[[Incident], object]]
) -> None:
    hal, ana = analyst("Hal Holder"), analyst()
    case = casework.take(reported(kind=kind), actor=hal)
    what(hal)(case)
    assert Incident.objects.get(pk=case.pk).assignee is None
    entry = trail.of(case).get(action="incident.unassigned")
    assert entry.actor is not None
    assert entry.actor.name == "Mona Merger"
    heard = told_that_nobody_has(case)
    assert ana.name in heard
    assert hal.name not in heard


def told_that_nobody_has(case: Incident) -> set[str]:
    rows = Notice.objects.filter(template="incidents/unassigned", reference=case.reference, withdrawn_at=None)
    return set(rows.values_list("recipient__name", flat=True))
