"""The demonstration is a living agency: a believable tree, every state, and a trail that proves its own past."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from demo import outsiders
from demo.cast import PERSONAS, played_by
from demo.days import next_due_days
from demo.refused import OFTEN
from incidents import leavers, narrowing, offered, related, rules
from incidents.choices import OUTSIDERS, UNDECIDED, Kind, Status
from incidents.forms.queue import FilterForm, filter_of
from incidents.models import Incident, Message, Task
from notifications.models import Mail, Notice
from people.chain import superiors
from people.models import User
from policies import tally
from policies.clauses import AWAITED
from tests.demo.commands import manage
from tests.demo.conftest import SECONDS
from workflow import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told"), pytest.mark.timeout(SECONDS)]


def played(slug: str) -> User:
    """The person of the cast."""
    person = played_by(slug)
    assert person is not None
    return person


def found(user: User, **wanted: str) -> int:
    """How many incidents the queue finds for this person."""
    return narrowing.matching(user, wanted).count()


def test_about_three_hundred_people_have_about_two_hundred_incidents() -> None:
    assert 250 <= User.objects.count() <= 350
    assert 180 <= Incident.objects.count() <= 230
    assert Message.objects.count() > 200


def test_loading_twice_loads_once(told: Path) -> None:
    people = User.objects.count()
    assert "nothing was loaded" in manage("load_demo", told, DEMO="1")
    assert User.objects.count() == people


def test_the_past_year_is_told_as_the_past_and_the_trail_proves_it(told: Path) -> None:
    now = timezone.now()
    assert Entry.objects.filter(at__lt=now - timedelta(days=300)).exists()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert "The trail is intact" in manage("verify_audit", told, DEMO="1")


def test_only_the_last_days_mail_is_owed() -> None:
    assert Notice.objects.filter(mail=Mail.OWED).exists()
    assert not Notice.objects.filter(mail=Mail.OWED, created_at__lt=timezone.now() - timedelta(days=5)).exists()


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.slug)
def test_everyone_of_the_cast_has_their_place(persona: object) -> None:
    person = played(persona.slug)  # type: ignore[attr-defined]
    role = persona.role  # type: ignore[attr-defined]
    assert person.has_role(role) if role else not person.roles
    assert superiors(person)[-1].title == "Secretary"


def test_every_kind_stands_in_every_state() -> None:
    there = set(Incident.objects.values_list("kind", "status"))
    assert set(product(Kind.values, Status.values)) <= there


def test_every_answer_of_every_filter_finds_something() -> None:
    ana = played("privacy-analyst")
    fields = FilterForm(offered=offered.to(ana)[0]).fields
    nothing = []
    for name in ("status", "kind", "severity", "division", "platform"):
        answers = [value for value, _ in fields[name].choices if value]  # type: ignore[attr-defined]
        nothing += [(name, value) for value in answers if not found(ana, **{name: value})]
    nothing += [("assignee", each) for each in ("me", "nobody") if not found(ana, assignee=each)]
    nothing += [("assignee", name) for pk, name in offered.to(ana)[0].colleagues if not found(ana, assignee=pk)]
    nothing += [("due", "overdue")] if not found(ana, due="overdue") else []
    assert nothing == []


def test_some_words_are_in_many_reports_and_some_in_one() -> None:
    ana = played("privacy-analyst")
    assert found(ana, q="picture", status="any") > 15
    assert found(ana, q="firewood", status="any") == 1


def test_tasks_are_to_do_done_set_aside_for_a_reason_and_of_ones_own() -> None:
    assert set(Task.objects.values_list("state", flat=True)) == set(Task.State.values)
    assert Task.objects.filter(state=Task.State.NOT_NEEDED).exclude(incident__status=Status.CLOSED).exists()
    assert Task.objects.exclude(added_by=None).exists()


def test_merged_reports_are_about_the_same_page_or_person_and_stand_with_cases_in_many_states() -> None:
    merged = Incident.objects.filter(status=Status.MERGED).select_related("merged_into")
    assert {each.kind for each in merged} == set(Kind.values)
    states = {each.merged_into.status for each in merged if each.merged_into}
    assert len(states) >= 6
    assert max(Counter(each.merged_into_id for each in merged).values()) == 2
    for each in merged:
        other = each.merged_into
        assert other is not None
        named = set(each.involved.values_list("pk", flat=True)) & set(other.involved.values_list("pk", flat=True))
        assert named or each.address == other.address != ""


def test_one_merged_report_was_taken_out_again() -> None:
    taken_out = Entry.objects.get(action="incident.unmerge")
    assert Incident.objects.get(pk=taken_out.record_id).status == Status.REOPENED


def test_five_pairs_wait_to_be_merged_because_of_their_address() -> None:
    paul = played("privacy-officer")
    wait = Incident.objects.filter(status=Status.REPORTED).exclude(address="")
    suggested = [
        each
        for each in wait
        for other in related.of(each, paul).suggestions
        if "Same web address" in other.why and other.button
    ]
    assert len(suggested) >= 5


def test_people_of_every_sort_report_without_signing_in() -> None:
    public = Incident.objects.filter(reporter=None)
    assert 10 <= public.count() <= 12
    assert set(public.values_list("outsider", flat=True)) == set(OUTSIDERS)
    thread = Message.objects.filter(incident__in=public, audience=Message.Audience.THREAD)
    assert thread.filter(author=None).exists()
    assert thread.exclude(author=None).exists()
    assert Message.objects.filter(unproven=True).exists()
    assert public.filter(involvements__isnull=False).exists()


def test_any_visitor_opens_the_well_known_report_and_reads_its_thread() -> None:
    code = " ".join(outsiders.code())
    visitor = Client()
    opened = visitor.post("/report/return/", {"code": code}, follow=True)
    assert opened.redirect_chain == [("/report/return/", 302)]
    assert "did they ask you to tell them how?" in opened.content.decode()


def test_cases_are_due_at_the_next_two_closings_of_the_office() -> None:
    due = {timezone.localdate(each) for each in _due()}
    assert set(next_due_days(clock.today())) <= due


def test_some_cases_are_overdue_and_some_were_looked_at_too_late_or_never() -> None:
    now = clock.now()
    assert len([due for due in _due() if due < now]) >= 7
    never = Incident.objects.filter(status=Status.REPORTED, looked_at=None, look_due_at__lt=now, assignee=None)
    assert never.count() >= 3
    looked = Incident.objects.exclude(looked_at=None).values_list("looked_at", "look_due_at")
    assert any(at > due for at, due in looked if at and due)


def _due() -> list[datetime]:
    return list(Incident.objects.filter(status__in=UNDECIDED).values_list("due_at", flat=True))


def test_a_former_analyst_left_five_open_cases() -> None:
    assert leavers.left_behind(played("privacy-officer")).count() == 5
    assert [each.left for each in leavers.holders(played("privacy-officer"))].count(True) == 1


@pytest.mark.parametrize("slug", ["privacy-analyst", "privacy-officer"])
def test_two_of_the_office_keep_two_filters_that_find_something(slug: str) -> None:
    person = played(slug)
    choices, views = offered.to(person)
    assert len(views) == 2
    for view in views:
        asked = filter_of(QueryDict(view.query), choices)
        assert asked.query == view.query
        assert found(person, **asked.wanted), view.name


@pytest.mark.parametrize("slug", ["privacy-analyst", "privacy-officer"])
def test_reports_about_the_cast_are_not_in_their_sight(slug: str) -> None:
    person = played(slug)
    about = Incident.objects.filter(involved=person)
    assert about.exists()
    assert not rules.visible_to(person).filter(pk__in=about.values("pk")).exists()


def test_a_report_the_analyst_filed_herself_is_not_in_her_queue() -> None:
    ana = played("privacy-analyst")
    own = rules.reported_by(ana)
    assert own.exists()
    assert not rules.visible_to(ana).filter(pk__in=own.values("pk")).exists()


def test_the_clause_register_has_refusals_to_show() -> None:
    refused = tally.of_the_last_days()
    assert len(refused) > len(OFTEN) / 2
    assert refused["II_A_3"] > refused["II_A"] > 1
    assert not set(refused) & AWAITED
