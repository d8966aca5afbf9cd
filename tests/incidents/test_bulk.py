"""Several cases given to one colleague at once: each for itself, with its own line in the trail and its own notice."""

from typing import Any

import pytest
from django.db import OperationalError
from django.urls import reverse

from audit import trail
from incidents import rules
from incidents.choices import Status
from incidents.models import Incident
from notifications.models import Notice
from people.models import User
from tests.incidents.stage import analyst, brought_to, browser, counsel, officer, reported
from tests.personas import employee
from workflow.decisions import ALLOWED

pytestmark = pytest.mark.django_db
ASSIGN = reverse("incidents:assign_many")
QUEUE = reverse("incidents:queue")


def handed_out(by: User, to: User | None, *incidents: Incident, at: str = "") -> Any:
    """What comes of giving these cases to this person."""
    sent = {"incident": [each.pk for each in incidents], "to": to.pk if to else ""}
    return browser(by).post(f"{ASSIGN}{at}", sent, follow=True)


def given(incident: Incident) -> list[str]:
    """Who the case was given to, from the trail."""
    return [entry.facts["to"] for entry in trail.of(incident) if entry.action == "incident.assigned"]


def test_each_case_has_its_own_line_in_the_trail_and_its_own_notice() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    cases = [reported() for _ in range(3)]
    page = handed_out(ana, bea, *cases, at="?kind=exposure&after=1-1")
    assert page.redirect_chain == [(f"{QUEUE}?kind=exposure&after=1-1", 302)]
    assert "3 cases were given to Bea Analyst." in page.content.decode()
    assert [given(case) for case in cases] == [["Bea Analyst"]] * 3
    assert Notice.objects.filter(recipient=bea, template="incidents/assigned").count() == 3


def test_what_one_case_is_refused_stops_no_other_and_is_named_with_its_reason() -> None:
    ana, paul, bea = analyst(), officer(), analyst("Bea Analyst")
    fine = reported()
    closed = brought_to(Status.CLOSED, ana=ana, paul=paul)
    words = handed_out(ana, bea, fine, closed).content.decode()
    assert "1 case was given to Bea Analyst." in words
    assert f"Not assigned: {closed.reference}: This case is closed. Reopen it first." in words
    assert given(fine) == ["Bea Analyst"]
    assert trail.of(closed).filter(action="incident.assign.refused").exists()


def test_what_the_database_refuses_of_one_case_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    before, raced, after = reported(), reported(people=(bea,)), reported()
    monkeypatch.setattr(rules, "may_be_assigned", lambda *_: ALLOWED)
    words = handed_out(ana, bea, before, raced, after).content.decode()
    assert "2 cases were given to Bea Analyst." in words
    assert f"Not assigned: {raced.reference}: Someone changed this a moment ago" in words
    assert given(before) == given(after) == ["Bea Analyst"]
    assert trail.of(raced).filter(action="incident.assign.refused", actor=ana).exists()
    assert Incident.objects.get(pk=raced.pk).assignee is None


def test_what_fails_for_no_reason_of_the_portals_own_is_not_told_as_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OperationalError("the server went away")

    monkeypatch.setattr(rules, "may_be_assigned", fails)
    with pytest.raises(OperationalError):
        handed_out(analyst(), analyst("Bea Analyst"), reported())


def test_a_double_click_gives_a_case_once() -> None:
    ana, bea, incident = analyst(), analyst("Bea Analyst"), reported()
    handed_out(ana, bea, incident)
    assert "Bea Analyst has these already." in handed_out(ana, bea, incident).content.decode()
    assert given(incident) == ["Bea Analyst"]


def test_a_case_ticked_twice_is_given_once() -> None:
    ana, incident = analyst(), reported()
    assert "1 case was given" in handed_out(ana, ana, incident, incident).content.decode()


def test_with_nothing_selected_or_nobody_chosen_the_page_says_so_and_keeps_the_selection() -> None:
    ana, one, other = analyst(), reported(), reported()
    page = handed_out(ana, None, one)
    assert page.status_code == 422
    assert "Choose who gets the selected cases." in page.content.decode()
    assert f'value="{one.pk}" id="id_incident_{one.pk}" checked' in page.content.decode()
    assert f'value="{other.pk}" id="id_incident_{other.pk}" checked' not in page.content.decode()
    page = handed_out(ana, ana)
    assert page.status_code == 422
    assert "Select at least one case in the list." in page.content.decode()
    assert given(one) == []


@pytest.mark.parametrize("sent", ["x", "-1", "1e3", "０", "9" * 30, ""])
def test_what_is_no_number_of_a_case_is_refused(sent: str) -> None:
    ana = analyst()
    reported()
    assert browser(ana).post(ASSIGN, {"incident": [sent], "to": ana.pk}).status_code == 422


def test_cases_go_only_to_the_office_and_from_the_office() -> None:
    ana, erin, incident = analyst(), employee(), reported()
    assert handed_out(ana, erin, incident).status_code == 422
    assert handed_out(counsel(), ana, incident).status_code == 404
    assert handed_out(erin, ana, incident).status_code == 404
    assert given(incident) == []


def test_counsel_has_no_boxes_and_the_office_has_one_for_each_case() -> None:
    incident = reported(kind="asked")
    box = f"Select {incident.reference}"
    assert box in browser(analyst()).get(QUEUE).content.decode()
    assert box not in browser(counsel()).get(QUEUE).content.decode()
