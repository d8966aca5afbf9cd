"""Reports that may be one matter: which are suggested, to whom, why, and what can be done with them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import related, rules
from incidents.choices import Kind, Status
from incidents.models import Incident
from incidents.operations import merging
from people.models import User
from tests.incidents.stage import analyst, brought_to, browser, case_url, counsel, fresh, officer, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db

POST = "https://www.facebook.com/dhs/posts/17"


def seen_by(user: User, incident: Incident) -> list[related.Related]:
    """What the case page suggests to this person."""
    row = rules.for_reader(rules.visible_to(fresh(user)), user).get(pk=incident.pk)
    found: list[related.Related] = list(related.of(row, fresh(user)).suggestions)
    return found


def references(user: User, incident: Incident) -> list[str]:
    return [one.reference for one in seen_by(user, incident)]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/dhs/posts/17",
        "http://facebook.com/dhs/posts/17/",
        "https://m.facebook.com/DHS/posts/17",
        "www.facebook.com/dhs/posts/17#comments",
        "facebook.com/dhs/posts/17?",
    ],
)
def test_the_same_address_is_found_however_it_was_typed(address: str) -> None:
    first, second = reported(address=POST), reported(address=address)
    assert [(one.reference, one.why) for one in seen_by(analyst(), second)] == [(first.reference, "Same web address")]


@pytest.mark.parametrize("address", ["https://facebook.com/dhs/posts/18", "https://facebook.com/", "https://", ""])
def test_another_address_or_none_is_not_the_same(address: str) -> None:
    reported(address=POST), reported(address=address)
    assert references(analyst(), reported(address=POST)) == [f"INC-{Incident.objects.order_by('pk')[0].pk}"]
    empty = reported(address="")
    reported(address="")
    assert references(analyst(), empty) == []


def test_someone_named_in_both_is_a_reason_and_is_not_named_as_one() -> None:
    nora, ana = employee("Nora Named"), analyst()
    first, second = reported(people=(nora,)), reported(people=(nora, employee("Olaf Other")))
    [one] = seen_by(ana, second)
    assert (one.reference, one.why) == (first.reference, "Names the same person")
    assert "Nora" not in str(one)


def test_both_reasons_are_told_at_once() -> None:
    nora = employee("Nora Named")
    reported(people=(nora,), address=POST)
    [one] = seen_by(analyst(), reported(people=(nora,), address=POST))
    assert one.why == "Same web address, Names the same person"


def test_at_most_six_are_suggested_the_newest_first() -> None:
    numbers = [reported(address=POST).reference for _ in range(9)]
    assert references(analyst(), Incident.objects.order_by("pk")[0]) == numbers[:2:-1]


def test_closed_cases_are_shown_with_their_state_and_without_a_button() -> None:
    ana, paul = analyst(), officer()
    closed = brought_to(Status.CLOSED, ana=ana, paul=paul, address=POST)
    [one] = seen_by(ana, reported(address=POST))
    assert (one.reference, one.state, one.button) == (closed.reference, "Closed", "")


def test_what_a_person_may_not_see_is_not_suggested_to_them() -> None:
    nora, rita, ana = analyst("Nora Named"), analyst("Rita Reporter"), analyst()
    reported(address=POST, people=(nora,)), reported(rita, address=POST)
    incident = reported(address=POST)
    assert len(references(ana, incident)) == 2
    assert len(references(nora, incident)) == 1
    assert len(references(rita, incident)) == 1


def test_counsel_is_shown_the_reports_of_being_asked_and_no_buttons() -> None:
    reported(address=POST)
    asked, incident = reported(kind=Kind.ASKED, address=POST), reported(kind=Kind.ASKED, address=POST)
    [one] = seen_by(counsel(), incident)
    assert (one.reference, one.url, one.button) == (asked.reference, "", "")


def test_a_merged_report_is_suggested_as_the_case_it_went_into() -> None:
    ana = analyst()
    second, first = reported(address=POST), reported()
    merging.merge(second, into=first, actor=ana)
    [one] = seen_by(ana, reported(address=POST))
    assert (one.reference, one.state) == (first.reference, "Reported")


def test_a_case_is_suggested_neither_itself_nor_what_was_merged_into_it() -> None:
    ana, nora = analyst(), employee("Nora Named")
    second, first = reported(address=POST, people=(nora,)), reported(address=POST, people=(nora,))
    merging.merge(second, into=first, actor=ana)
    assert references(ana, first) == []
    assert references(ana, second) == []


@pytest.mark.parametrize("status", [Status.REPORTED, Status.SUBSTANTIATED, Status.CLOSED])
def test_a_button_stands_exactly_where_the_rule_allows_one_of_the_two_ways(status: Status) -> None:
    ana, paul = analyst(), officer()
    here = brought_to(status, ana=ana, paul=paul, address=POST)
    plain, holds_another = reported(address=POST), reported(address=POST)
    merging.merge(reported(), into=holds_another, actor=ana)
    other_kind = reported(address=POST, kind=Kind.ASKED)
    others = {one.reference: one for one in (plain, holds_another, other_kind)}
    for one in seen_by(ana, here):
        other, now = others[one.reference], Incident.objects.get(pk=here.pk)
        either_way = rules.may_merge(ana, now, other) or rules.may_merge(ana, other, now)
        assert bool(one.button) == bool(either_way), one
        assert bool(one.url) == bool(one.button)


def test_a_case_that_holds_others_offers_to_take_the_other_in() -> None:
    ana, first = analyst(), reported(address=POST)
    merging.merge(reported(), into=first, actor=ana)
    another = reported(address=POST)
    [one] = seen_by(ana, first)
    assert one.button == f"Merge {another.reference} into this one"
    assert one.url == case_url(another, "merge") + f"?into={first.reference}"


def test_the_case_page_lists_what_was_merged_and_takes_it_out_again() -> None:
    ana = analyst()
    second, first = reported(), reported()
    merging.merge(second, into=first, actor=ana)
    desk = browser(ana)
    page = desk.get(case_url(first)).content.decode()
    assert "Merged into this case" in page
    assert "Take out" in page
    assert f'<a class="usa-link" href="{case_url(second, "unmerge")}">' in page
    assert f'action="{case_url(second, "unmerge")}"' not in page
    page = desk.get(case_url(second)).content.decode()
    assert f'<a class="usa-link" href="{case_url(first)}">{first.reference}</a>' in page
    assert "Take it out" in page
    assert desk.post(case_url(second, "unmerge"), follow=True).redirect_chain[-1][0] == case_url(second)
    assert "Merged into this case" not in desk.get(case_url(first)).content.decode()


def test_counsel_reads_what_was_merged_and_takes_nothing_out() -> None:
    second, first = reported(kind=Kind.ASKED), reported(kind=Kind.ASKED)
    merging.merge(second, into=first, actor=analyst())
    client = browser(counsel())
    page = client.get(case_url(first)).content.decode()
    assert second.reference in page
    assert "Take out" not in page
    assert client.post(case_url(second, "unmerge")).status_code == 403


def test_one_query_answers_it_all() -> None:
    ana, nora = analyst(), employee("Nora Named")
    first = reported(address=POST, people=(nora,))
    for _ in range(8):
        merging.merge(reported(address=POST, people=(nora,)), into=first, actor=ana)
        reported(address=POST, people=(nora,))
    ana = fresh(ana)
    row = rules.for_reader(rules.visible_to(ana), ana).get(pk=first.pk)
    with CaptureQueriesContext(connection) as asked:
        found = related.of(row, ana)
    assert len(asked) == 1
    assert (len(found.merged), len(found.suggestions)) == (8, 6)


def test_many_of_the_same_are_read_from_the_newest_and_no_further() -> None:
    """Of 500 reports that share an address and a person the plan reads a handful, by the indexes made for it."""
    erin, nora, ana = employee(), employee("Nora Named"), analyst()
    pattern = reported(erin, address=POST, people=(nora,))
    fields = [field for field in Incident._meta.concrete_fields if not field.generated and field.name != "draft"]
    copies = [
        Incident(**{field.attname: getattr(pattern, field.attname) for field in fields if not field.primary_key})
        for _ in range(500)
    ]
    made = Incident.objects.bulk_create(copies)
    names = type(pattern.involvements.get())
    names.objects.bulk_create(names(incident=one, person=nora, named_by=erin) for one in made)
    ana = fresh(ana)
    row = rules.for_reader(rules.visible_to(ana), ana).get(pk=pattern.pk)
    with CaptureQueriesContext(connection) as asked:
        related.of(row, ana)
    with connection.cursor() as cursor:
        # As where the tables are large; here, reading them whole costs nothing.
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off")
        cursor.execute("DISCARD PLANS")
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF) " + asked.captured_queries[-1]["sql"])
        lines = [line for (line,) in cursor.fetchall()]
    for index in ("incident_same_address", "incident_named_in"):
        read = [re.findall(r"actual .*?rows=(\d+)", line)[0] for line in lines if f"using {index} " in line]
        assert read, index
        assert max(map(int, read)) <= 40, lines
