"""A conflict of interest in one report is one in every report merged with it, wherever these could be met."""

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attachments.models import Attachment
from incidents import conflicts, queue, rules
from incidents.choices import Kind, Status
from incidents.models import Incident
from incidents.operations import casework, conversation, merging, reporting
from notifications import inbox
from people.models import Delegation, User
from tests.attachments.files import picture, upload
from tests.incidents.stage import analyst, browser, case_url, counsel, fresh, officer, reported
from tests.personas import employee
from workflow import clock

pytestmark = pytest.mark.django_db

WORDS = "zanzibar"


def met(user: User, *incidents: Incident) -> set[str]:
    """Every place in which this person meets one of these reports, over HTTP."""
    client = browser(fresh(user))
    pages = {
        "list": "?",
        "search": f"?q={WORDS}&status=any",
        "number": f"?q={incidents[0].reference}&status=any",
        "merged ones": "?status=merged",
    }
    found = set()
    for name, query in pages.items():
        page = client.get(reverse("incidents:queue") + query).content.decode()
        found |= {name for incident in incidents if case_url(incident) in page}
    sheet = b"".join(client.get(reverse("incidents:export") + "?status=any")).decode()
    found |= {"export" for incident in incidents if incident.reference in sheet}
    found |= {"case" for incident in incidents if client.get(case_url(incident)).status_code == 200}
    found |= {"notices" for notice in inbox.latest(user) if notice.url in {case_url(one) for one in incidents}}
    return found | ({"counts"} if any(queue.counts(fresh(user)).values()) else set())


EVERYWHERE = {"list", "search", "number", "merged ones", "export", "case", "notices", "counts"}


def test_someone_named_in_a_merged_report_meets_neither_until_it_is_taken_out() -> None:
    ana, nora = analyst(), analyst("Nora Named")
    second, first = reported(narrative=f"{WORDS} one", people=(nora,)), reported(narrative=f"{WORDS} two")
    assert met(nora, first) == EVERYWHERE - {"merged ones"}
    merging.merge(second, into=first, actor=ana)
    assert met(ana, second, first) == EVERYWHERE
    assert met(nora, second, first) == set()
    merging.unmerge(second, actor=ana)
    assert met(nora, first) == EVERYWHERE - {"merged ones", "notices"}
    assert met(nora, second) & {"case", "search", "number", "export"} == set()


def test_someone_named_in_the_case_meets_no_report_merged_into_it() -> None:
    ana, nora = analyst(), analyst("Nora Named")
    second, first = reported(narrative=f"{WORDS} one"), reported(narrative=f"{WORDS} two", people=(nora,))
    merging.merge(second, into=first, actor=ana)
    assert met(nora, second, first) == set()


def test_whoever_reported_one_keeps_their_own_view_and_meets_the_other_nowhere() -> None:
    ana, rita = analyst(), analyst("Rita Reporter")
    second, first = reported(rita, narrative=f"{WORDS} one"), reported(narrative=f"{WORDS} two")
    merging.merge(second, into=first, actor=ana)
    assert met(rita, second, first) == set()
    client = browser(fresh(rita))
    page = client.get(case_url(second, "my_report"))
    assert page.status_code == 200
    assert first.reference not in page.content.decode()
    assert client.get(case_url(first, "my_report")).status_code == 404
    sent = {"body": "One thing more.", "submission": str(uuid.uuid4())}
    assert client.post(case_url(second, "my_reply"), sent).status_code == 302


def test_nobody_kept_from_a_family_does_anything_in_it() -> None:
    ana, nora = analyst(), analyst("Nora Named")
    second, first = reported(people=(nora,)), reported()
    merging.merge(second, into=first, actor=ana)
    client = browser(nora)
    for incident in (second, first):
        for name in ("take", "assign", "severity", "details", "name_person", "merge", "unmerge", "say_thread"):
            assert client.post(case_url(incident, name), {}).status_code == 404, name


@pytest.mark.parametrize("kept", ["above the accused", "above the reporter", "stand-in", "above an outsider's accused"])
def test_those_above_the_accused_or_the_reporter_of_an_asked_report_never_meet_its_family(kept: str) -> None:
    boss, ana = analyst("Boss Above"), analyst()
    erin, accused = employee("Erin Employee"), employee("Alan Accused")
    if kept == "above the reporter":
        User.objects.filter(pk=erin.pk).update(supervisor=boss)
    else:
        above = employee("Hidden Head") if kept == "stand-in" else boss
        User.objects.filter(pk=accused.pk).update(supervisor=employee("Middle", supervisor=above))
    if kept == "stand-in":
        today = clock.today()
        Delegation.objects.create(
            delegator=above, delegate=boss, starts_on=today, ends_on=today + timedelta(days=3), reason="leave"
        )
    second = reported(erin, narrative=f"{WORDS} one", kind=Kind.ASKED, people=(accused,))
    if kept == "above an outsider's accused":
        second = reporting.create(
            [], [accused], kind=Kind.ASKED, narrative=WORDS, confidential=False, outsider="applicant",
            discovered_on=clock.today(),
        )  # fmt: skip
    first = reported(narrative=f"{WORDS} two", kind=Kind.ASKED)
    assert "case" in met(boss, first)
    merging.merge(second, into=first, actor=ana)
    assert met(boss, second, first) == set()
    assert "case" in met(counsel(), first)


def test_naming_in_the_merged_familys_case_takes_all_of_it() -> None:
    ana, hal = analyst(), analyst("Hal Holder")
    second, first = reported(narrative=WORDS), reported(narrative=WORDS)
    casework.take(first, actor=hal)
    merging.merge(second, into=first, actor=ana)
    casework.name_person(first, actor=ana, person=hal)
    assert Incident.objects.get(pk=first.pk).assignee is None
    assert met(hal, second, first) == set()


def test_what_is_written_in_a_family_is_told_to_nobody_kept_from_it() -> None:
    erin, ana, nora = employee(), analyst(), analyst("Nora Named")
    second, first = reported(erin), reported(people=(nora,))
    merging.merge(second, into=first, actor=ana)
    conversation.reply(second, actor=erin, body="More.", submission=uuid.uuid4())
    conversation.note(first, actor=ana, body="Less.", submission=uuid.uuid4())
    assert not inbox.latest(nora).exists()


def test_evidence_of_a_family_opens_for_nobody_kept_from_it() -> None:
    erin, ana, nora, rita = employee(), analyst(), analyst("Nora Named"), analyst("Rita Reporter")
    draft = reporting.open_draft(author=erin)
    reporting.add_evidence(draft.pk, upload("shot.png", picture()), actor=erin)
    second = reported(erin)
    file = Attachment.objects.get()
    assert file.record_id == str(second.pk)
    addresses = [reverse(f"attachments:{name}", args=[file.pk]) for name in ("file", "copy", "preview")]
    opened = {person: [browser(person).get(url).status_code for url in addresses] for person in (ana, nora, rita, erin)}
    assert set(map(tuple, opened.values())) == {(200, 200, 200)}
    for first in (reported(people=(nora,)), reported(rita)):
        merging.merge(second, into=first, actor=ana)
        kept = nora if first.involvements.exists() else rita
        assert [browser(kept).get(url).status_code for url in addresses] == [404, 404, 404]
        assert [browser(ana).get(url).status_code for url in addresses] == [200, 200, 200]
        assert [browser(erin).get(url).status_code for url in addresses] == [200, 200, 200]
        merging.unmerge(second, actor=ana)
        assert [browser(kept).get(url).status_code for url in addresses] == [200, 200, 200]


def _believable(chance: random.Random) -> Iterator[User]:
    people: list[User] = []
    for number in range(12):
        above = chance.choice([None, *people]) if people else None
        person = analyst(f"Person {number}", supervisor=above)
        people.append(person)
        yield person


@pytest.mark.parametrize("seed", range(4))
def test_the_two_ways_of_asking_who_is_kept_from_what_agree(seed: int) -> None:
    """hidden_from is asked in lists, barred of one case: no person, report, merger or stand-in tells them apart."""
    chance = random.Random(seed)  # noqa: S311
    people, today = list(_believable(chance)), clock.today()
    for delegator, delegate in (chance.sample(people, 2) for _ in range(3)):
        days = {"starts_on": today, "ends_on": today + timedelta(days=chance.choice([0, 2]))}
        if not Delegation.objects.filter(delegator=delegator).exists():
            Delegation.objects.create(delegator=delegator, delegate=delegate, reason="leave", **days)
    for _ in range(14):
        named = tuple(chance.sample(people, chance.choice([0, 0, 1, 2])))
        reported(chance.choice(people), people=named, kind=chance.choice([Kind.ASKED, Kind.OTHER]))
    outside = officer("Olive Outside")
    for incident, into in (chance.sample(list(Incident.objects.all()), 2) for _ in range(20)):
        one, other = Incident.objects.get(pk=incident.pk), Incident.objects.get(pk=into.pk)
        if rules.may_merge(outside, one, other):
            merging.merge(one, into=other, actor=outside)
    assert Incident.objects.filter(status=Status.MERGED).exists()
    for person in people:
        seen = set(rules.visible_to(fresh(person)))
        impartial = {one for one in Incident.objects.all() if rules.may_work_on(fresh(person), one)}
        assert seen == impartial, person


def test_who_is_kept_from_what_is_asked_once_a_query() -> None:
    """Above 400 people who reported ten times each: one call, whose answer is held against every row."""
    boss = analyst("Boss Above")
    team = User.objects.bulk_create(
        User(name=f"Member {n}", email=f"m{n}@dhs.example", employee_number=f"T{n}", supervisor=boss)
        for n in range(400)
    )
    pattern = {"kind": Kind.ASKED, "narrative": "x", "confidential": False, "discovered_on": clock.today()}
    made = Incident.objects.bulk_create(
        Incident(reporter=team[n % 400], due_at=clock.now(), **pattern) for n in range(4000)
    )
    elsewhere = Incident.objects.bulk_create(
        Incident(reporter=boss.__class__.objects.get(pk=employee().pk), due_at=clock.now(), **pattern) for _ in range(3)
    )
    with CaptureQueriesContext(connection) as asked:
        assert set(rules.visible_to(fresh(boss)).order_by("pk")) == set(elsewhere)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF) " + asked.captured_queries[-1]["sql"])
        lines = [line for (line,) in cursor.fetchall()]
        [call] = [line for line in lines if "Function Scan on incident_hidden_from" in line]
        assert "loops=1)" in call
        assert "hashed SubPlan" in "".join(lines)
        hidden = conflicts.hidden_from(boss)
        cursor.execute(f"SELECT count(*) FROM ({hidden.sql}) AS each", hidden.params)  # noqa: S608  the rule's own SQL
        assert cursor.fetchone() == (len(made),)
