"""The page on which two reports are compared and merged: what it shows, refuses, and keeps of what was typed."""

import pytest
from pytest_django import DjangoAssertNumQueries

from audit.models import Entry
from incidents.choices import Kind, Status
from incidents.models import Incident
from incidents.operations import merging
from people.models import Role
from tests.incidents.stage import analyst, brought_to, browser, case_url, counsel, officer, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db

UNKNOWN = "There is no such report in your queue."


def again(incident: Incident) -> Incident:
    return Incident.objects.get(pk=incident.pk)


def test_both_reports_are_seen_side_by_side_before_anything_is_merged() -> None:
    second = reported(employee("Erin Hidden"), confidential=True, narrative="The intake desk was photographed.")
    first = reported(kind=Kind.OTHER, narrative="A picture of the waiting room.")
    page = browser(analyst()).get(case_url(second, "merge"), {"into": first.reference})
    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        second.reference,
        first.reference,
        "The intake desk was photographed.",
        "A picture of the waiting room.",
        "Confidential information was exposed",
        "Something else",
        f"Merge {second.reference} into {first.reference}",
    ):
        assert words in text
    assert "Erin Hidden" not in text
    assert again(second).status == Status.REPORTED


def test_the_page_takes_at_most_eight_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    ana, people = analyst(), (employee(), employee())
    second, first = reported(people=people), reported(people=people)
    client = browser(ana)
    client.get(case_url(second, "merge"), {"into": first.reference})
    with django_assert_max_num_queries(8):
        page = client.get(case_url(second, "merge"), {"into": first.reference})
    assert page.status_code == 200


@pytest.mark.parametrize("typed", ["{reference}", "{number}", " inc-{number} ", "INC {number}", "inc{number}"])
def test_the_number_is_understood_however_it_is_typed(typed: str) -> None:
    second, first = reported(), reported()
    into = typed.format(reference=first.reference, number=first.pk)
    page = browser(analyst()).get(case_url(second, "merge"), {"into": into})
    assert page.status_code == 200
    assert page.context["into"] == first


def test_confirming_merges_and_leads_to_the_case_that_goes_on() -> None:
    second, first = reported(), reported()
    page = browser(analyst()).post(case_url(second, "merge"), {"into": first.reference}, follow=True)
    assert page.redirect_chain[-1][0] == case_url(first)
    assert f"{second.reference} is part of {first.reference} now." in page.content.decode()
    assert again(second).merged_into == first


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the number of the other report."),
        ("the other one", "Enter a number such as INC-1042."),
        ("INC-0", "Enter a number such as INC-1042."),
        ("INC-999999999999999999", UNKNOWN),
        ("INC-9999999999999999999999", "Enter a number such as INC-1042."),
        ("INC-１０４２", "Enter a number such as INC-1042."),
        ("1042\x00", "Null characters are not allowed."),
    ],
)
def test_what_is_no_report_is_refused_at_the_field_and_stays_typed(typed: str, words: str, method: str) -> None:
    incident = reported()
    page = getattr(browser(analyst()), method)(case_url(incident, "merge"), {"into": typed})
    assert page.status_code == 422
    assert words in page.context["form"].errors["into"][0]
    if typed.isascii() and "\x00" not in typed:
        assert f'value="{typed}"' in page.content.decode() or not typed


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_report_one_may_not_see_is_as_unknown_as_one_that_does_not_exist(method: str) -> None:
    nora = analyst("Nora Named")
    hidden, incident = reported(people=(nora,)), reported()
    page = getattr(browser(nora), method)(case_url(incident, "merge"), {"into": hidden.reference})
    assert page.status_code == 422
    assert page.context["form"].errors["into"] == [UNKNOWN]
    assert "sides" not in page.context
    assert Entry.objects.filter(action="incident.read.refused", actor=nora).exists()
    assert again(incident).status == Status.REPORTED


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_cannot_be_merged_is_refused_at_the_field_with_the_reason(method: str) -> None:
    ana, paul = analyst(), officer()
    incident, taken = reported(), reported()
    merging.merge(taken, into=reported(), actor=ana)
    closed = brought_to(Status.CLOSED, ana=ana, paul=paul)
    asked = reported(kind=Kind.ASKED)
    for other, words in (
        (incident, "This is the same report."),
        (closed, f"{closed.reference} is closed. Reopen it first."),
        (taken, f"{taken.reference} is merged with another report."),
        (asked, "only merged with a report of the same kind"),
    ):
        page = getattr(browser(ana), method)(case_url(incident, "merge"), {"into": other.reference})
        assert page.status_code == 422
        assert words in page.context["form"].errors["into"][0]
        assert f'value="{other.reference}"' in page.content.decode()
        assert again(incident).status == Status.REPORTED


def test_the_other_way_round_is_offered_where_only_that_is_possible() -> None:
    ana, first, another = analyst(), reported(), reported()
    merging.merge(reported(), into=first, actor=ana)
    page = browser(ana).get(case_url(first, "merge"), {"into": another.reference})
    assert page.status_code == 422
    assert "Merge the other way round" in page.context["form"].errors["into"][0]
    assert case_url(another, "merge") + f"?into={first.reference}" in page.content.decode()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SUBSTANTIATED, "This is decided. Review the case again first."),
        (Status.CLOSED, "This case is closed. Reopen it first."),
        (Status.MERGED, "work on that one, or take this one out."),
    ],
)
def test_the_page_of_a_case_that_cannot_be_merged_says_why(status: Status, words: str) -> None:
    ana = analyst()
    incident = brought_to(status, ana=ana, paul=officer())
    page = browser(ana).get(case_url(incident, "merge"))
    assert page.status_code == 409
    assert words in page.content.decode()


def test_counsel_reads_that_only_the_privacy_office_merges() -> None:
    incident = reported(kind=Kind.ASKED)
    page = browser(counsel()).get(case_url(incident, "merge"))
    assert page.status_code == 403
    assert "Only the Privacy Office works on incidents." in page.content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PRIVACY_ANALYST, Role.PRIVACY_OFFICER}))
def test_merging_does_not_exist_for_other_roles(role: Role) -> None:
    second, first = reported(), reported()
    client = browser(employee(roles=(role,)))
    assert client.post(case_url(second, "merge"), {"into": first.reference}).status_code == 404
    assert client.post(case_url(second, "unmerge")).status_code == 404


def test_taking_out_what_is_not_merged_any_more_is_a_conflict_with_words() -> None:
    ana = analyst()
    page = browser(ana).post(case_url(reported(), "unmerge"))
    assert page.status_code == 409
    assert "no longer open" in page.content.decode()


def test_before_a_report_is_taken_out_the_page_says_what_happens_and_does_nothing() -> None:
    ana, second, first = analyst(), reported(employee("Erin Hidden"), confidential=True), reported()
    merging.merge(second, into=first, actor=ana)
    client = browser(ana)
    page = client.get(case_url(second, "unmerge"))
    words = " ".join(page.content.decode().split())
    assert page.status_code == 200
    for said in (
        f"Take {second.reference} out of {first.reference}?",
        "It goes back to the queue. Nobody has it, and a first look is due within 1 business day.",
        "Messages, notes, tasks and evidence stay where they were written.",
        f"What was written on {first.reference} meanwhile stays there",
        "From then on they are kept from that one alone, and can see the other again",
    ):
        assert said in words
    assert "Erin Hidden" not in words
    assert again(second).status == Status.MERGED
    assert client.post(case_url(second, "unmerge"), follow=True).redirect_chain[-1][0] == case_url(second)
    assert again(second).status == Status.REOPENED


def test_a_page_that_asked_about_another_report_takes_it_out_of_none() -> None:
    ana, second, first, third = analyst(), reported(), reported(), reported()
    client = browser(ana)
    merging.merge(second, into=first, actor=ana)
    assert f'name="out_of" value="{first.reference}"' in client.get(case_url(second, "unmerge")).content.decode()
    merging.unmerge(second, actor=ana)
    merging.merge(second, into=third, actor=ana)
    page = client.post(case_url(second, "unmerge"), {"out_of": first.reference})
    assert page.status_code == 409
    assert "Someone merged this report with another a moment ago." in page.content.decode()
    assert again(second).merged_into == third
    assert client.post(case_url(second, "unmerge"), {"out_of": third.reference}).status_code == 302


def test_the_page_that_asks_is_there_only_for_what_is_merged_and_for_the_office() -> None:
    ana, asked, other = analyst(), reported(kind=Kind.ASKED), reported(kind=Kind.ASKED)
    gone = browser(ana).get(case_url(asked, "unmerge"))
    assert gone.status_code == 409
    assert "no longer open" in gone.content.decode()
    merging.merge(asked, into=other, actor=ana)
    assert browser(counsel()).get(case_url(asked, "unmerge")).status_code == 403
    assert browser(employee()).get(case_url(asked, "unmerge")).status_code == 404
