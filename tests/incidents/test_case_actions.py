"""What a case's page leads to, who has a merged report, what of a long case stands open, and what is drawn anew."""

import uuid
from datetime import timedelta

import pytest

from incidents.choices import Severity, Status
from incidents.models import Incident
from incidents.operations import casework, checklist, conversation, merging
from people.models import User
from tests.conftest import At
from tests.incidents.stage import analyst, brought_to, browser, case_url, officer, reported, settle
from tests.worklist.dom import Drawn, attribute, words
from workflow import clock

pytestmark = pytest.mark.django_db
STEPS_BACK = {"usa-button--outline", "button--secondary"}


def page_of(incident: Incident, reader: User) -> Drawn:
    """The case as this person sees it."""
    html = browser(reader).get(case_url(incident)).content.decode()
    return Drawn(html.partition("<body>")[2].rpartition("</body>")[0])


def leads_to(page: Drawn) -> list[str]:
    """The buttons of the row beneath the summary that stand out."""
    (row,) = page.all("div", class_="case-actions")
    shown = Drawn(str(row))
    buttons = shown.all("a") + shown.all("button")
    return [words(each) for each in buttons if STEPS_BACK.isdisjoint((attribute(each, "class") or "").split())]


@pytest.mark.parametrize(
    ("status", "leading"),
    [
        (Status.REPORTED, ["Start triage"]),
        (Status.IN_TRIAGE, ["Begin review"]),
        (Status.UNDER_REVIEW, ["Find it substantiated"]),
        (Status.SUBSTANTIATED, ["Close the case"]),
        (Status.CLOSED, []),
    ],
)
def test_at_most_one_button_stands_out_and_it_never_leads_back(status: Status, leading: list[str]) -> None:
    paul = officer()
    incident = brought_to(status, ana=analyst(), paul=paul)
    if status == Status.IN_TRIAGE:
        casework.decide_severity(incident, actor=paul, severity=Severity.LOW, reason="It was taken down.")
    if status == Status.SUBSTANTIATED:
        settle(incident, paul)
    assert leads_to(page_of(incident, paul)) == leading


def test_a_decided_case_with_tasks_leads_to_the_tasks() -> None:
    paul, ana = officer(), analyst()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul)
    checklist.add(incident, actor=ana, text="Ask for it to be taken down")
    browser(paul).post(
        case_url(incident, "decide", "substantiate"), {"finding": "It was a client's picture.", "ground": ""}
    )
    assert leads_to(page_of(incident, paul)) == ["Go to the tasks"]


def test_a_merged_report_names_who_has_the_other_and_leads_there() -> None:
    ana = analyst()
    head, merged = reported(), reported()
    casework.take(head, actor=ana)
    merging.merge(merged, into=head, actor=ana)
    page = page_of(merged, ana)
    assert f"Who has it now Ana Analyst, with {head.reference}" in page.words()
    assert leads_to(page) == [f"Open {head.reference}"]


def test_of_a_long_thread_the_newest_stand_open_and_the_rest_folds_away() -> None:
    ana, incident = analyst(), reported()
    for number in range(10):
        conversation.reply(incident, actor=ana, body=f"Message {number}.", submission=uuid.uuid4())
    page = page_of(incident, ana)
    (older,) = [each for each in page.all("details", class_="older") if "messages" in words(each)]
    assert words(older).startswith("Show the 4 older messages")
    assert "Message 3." in words(older)
    assert "Message 4." not in words(older)
    assert page.words().count("Message 4.") == 1


def test_a_page_drawn_before_shows_what_changed_since_and_how_time_went_on(at: At) -> None:
    with at("2026-03-02 10:00"):
        ana, incident = analyst(), reported()
        assert "Nobody yet" in page_of(incident, ana).words()
        casework.take(incident, actor=ana)
        assert "Who has it now Ana Analyst" in page_of(incident, ana).words()
        soon = clock.now() + timedelta(minutes=2)
    with clock.held_at(soon):
        assert "reported 2 minutes ago" in page_of(incident, ana).words()


def test_what_one_person_was_shown_is_not_shown_to_another() -> None:
    ana, paul = analyst(), officer()
    incident = reported(confidential=True)
    casework.unmask(incident, actor=paul, reason="The post names a child, and I must ask who took it.")
    assert "Erin Employee" in page_of(incident, paul).words()
    assert "Erin Employee" not in page_of(incident, ana).words()
