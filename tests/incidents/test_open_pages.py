"""Pages left open while others work, sent twice, sent by whoever may no longer: the server decides, and says so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit import trail
from incidents.choices import Ground, Kind, Severity, Status, Verb
from incidents.models import Incident
from incidents.operations import casework
from notifications.models import Notice
from people import operations
from people.models import Role, RoleGrant, User
from tests.incidents.stage import analyst, brought_to, browser, case_url, counsel, officer, reported
from tests.personas import employee
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db
ASSIGN = reverse("incidents:assign_many")


def opened(client: Client, incident: Incident) -> dict[str, Any]:
    """What the page on which the details are corrected sends back as it was opened."""
    form = client.get(case_url(incident, "details")).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def again(incident: Incident) -> Incident:
    return Incident.objects.get(pk=incident.pk)


def no_longer_in_the_office(person: User) -> None:
    adam = employee("Adam Admin", roles=(Role.ADMINISTRATOR,))
    operations.revoke_role(RoleGrant.objects.get(user=person), actor=adam)


# --- Two who correct the same case -----------------------------------------------------------------------------------


def test_what_someone_else_found_out_is_not_put_back_by_a_page_opened_before() -> None:
    ana, bea = browser(analyst()), browser(analyst("Bea Analyst"))
    incident = reported(kind=Kind.OTHER)
    page = opened(ana, incident)
    bea.post(case_url(incident, "details"), {**opened(bea, incident), "kind": Kind.ASKED, "verb": Verb.CAUSED})
    assert ana.post(case_url(incident, "details"), {**page, "still_live": "yes"}).status_code == 302
    incident = again(incident)
    assert (incident.kind, incident.verb, incident.still_live) == (Kind.ASKED, Verb.CAUSED, "yes")


def test_of_two_who_change_the_same_answer_the_second_reads_of_it_and_decides() -> None:
    ana, bea = browser(analyst()), browser(analyst("Bea Analyst"))
    incident = reported(kind=Kind.OTHER)
    page = opened(ana, incident)
    bea.post(case_url(incident, "details"), {**opened(bea, incident), "kind": Kind.ASKED, "still_live": "no"})
    refused = ana.post(case_url(incident, "details"), {**page, "kind": Kind.EXPOSURE})
    assert refused.status_code == 422
    form = refused.context["form"]
    assert list(form.errors) == ["kind"]
    assert "Someone changed this since you opened the page." in form.errors["kind"][0]
    assert (form["kind"].value(), form["still_live"].value()) == (Kind.EXPOSURE, "no")
    assert again(incident).kind == Kind.ASKED
    sent = {name: form[name].value() or "" for name in form.fields}
    assert ana.post(case_url(incident, "details"), sent).status_code == 302
    assert (again(incident).kind, again(incident).still_live) == (Kind.EXPOSURE, "no")


@pytest.mark.parametrize("shown", ["", "x", "a:b:c", "\x00"])
def test_a_page_that_does_not_say_what_it_showed_is_taken_by_its_word(shown: str) -> None:
    incident = reported(kind=Kind.OTHER)
    sent = {"kind": Kind.ASKED, "verb": Verb.CAUSED, "shown": shown}
    assert browser(analyst()).post(case_url(incident, "details"), sent).status_code == 302
    assert again(incident).kind == Kind.ASKED


# --- Steps out of order ----------------------------------------------------------------------------------------------


def test_a_decision_is_not_turned_into_one_about_another_kind_of_report() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul, kind=Kind.OTHER)
    sent = {"finding": "Nothing was confidential.", "ground": Ground.NOT_CONFIDENTIAL}
    browser(paul).post(case_url(incident, "decide", "not_substantiate"), sent)
    page = browser(ana).post(case_url(incident, "details"), {"kind": Kind.ASKED, "verb": Verb.REQUIRED})
    assert page.status_code == 422
    assert "Review the case again first, then change its kind." in page.content.decode()
    with pytest.raises(Refused, match="Review the case again first"):
        casework.reclassify(incident, actor=ana, kind=Kind.ASKED)
    assert again(incident).kind == Kind.OTHER
    known = {"kind": Kind.OTHER, "still_live": "no"}
    assert browser(ana).post(case_url(incident, "details"), known).status_code == 302
    assert again(incident).still_live == "no"


STEPS = ("start_triage", "begin_review", "review_again", "close", "merge", "unmerge", "substantiate", "reopen", "x")


@pytest.mark.parametrize("status", [Status.REPORTED, Status.CLOSED, Status.MERGED])
def test_no_step_is_taken_out_of_order_by_writing_its_address(status: str) -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(status, ana=ana, paul=paul)
    allowed = {"start_triage"} if status == Status.REPORTED else set()
    for name in sorted(set(STEPS) - allowed):
        answer = browser(paul).post(case_url(incident, "step", name), {"status": Status.CLOSED})
        assert answer.status_code in {404, 409}, name
    for verdict in ("substantiate", "not_substantiate", "call_near_miss", "close"):
        sent = {"finding": "Found.", "ground": Ground.NOT_EXPOSED, "status": Status.SUBSTANTIATED}
        answer = browser(paul).post(case_url(incident, "decide", verdict), sent)
        assert answer.status_code in {404, 409}, verdict
    assert again(incident).status == status


def test_what_no_form_asks_for_changes_nothing() -> None:
    ana, erin = analyst(), employee()
    incident = reported(confidential=True)
    more = {"status": "closed", "reporter": erin.pk, "confidential": "", "assignee": erin.pk, "due_at": "2030-01-01"}
    client = browser(ana)
    client.post(case_url(incident, "details"), {"kind": Kind.OTHER, "narrative": "Forged.", **more})
    client.post(case_url(incident, "severity"), {"severity": Severity.LOW, "reason": "It was public.", **more})
    before, after = incident, again(incident)
    for name in ("status", "reporter_id", "confidential", "assignee_id", "due_at", "narrative"):
        assert getattr(after, name) == getattr(before, name), name


# --- Twice, and too many ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["take", "assign"])
def test_a_double_click_gives_a_case_once_and_says_it_twice(name: str) -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    incident = reported()
    for _ in range(2):
        answer = browser(ana).post(case_url(incident, name), {"to": bea.pk})
        assert answer.status_code == 302
    assert trail.of(incident).filter(action="incident.assigned").count() == 1
    assert Notice.objects.filter(template="incidents/assigned").count() == (1 if name == "assign" else 0)


def test_one_case_more_than_the_page_offers_is_refused_with_the_number_allowed() -> None:
    ana, incident = analyst(), reported()
    numbers = [incident.pk, *range(10**9, 10**9 + 100)]
    page = browser(ana).post(ASSIGN, {"incident": numbers, "to": ana.pk})
    assert page.status_code == 422
    assert "Select at most 100 cases at once." in page.content.decode()
    assert again(incident).assignee is None


def test_of_a_doubled_colleague_the_last_one_counts_and_nothing_breaks() -> None:
    ana, bea, incident = analyst(), analyst("Bea Analyst"), reported()
    browser(ana).post(ASSIGN, {"incident": [incident.pk] * 2, "to": [ana.pk, bea.pk]})
    assert again(incident).assignee == bea


# --- Whoever may no longer, or never did -----------------------------------------------------------------------------


def test_a_former_analysts_open_page_does_nothing_any_more() -> None:
    ana, bea, incident = analyst(), analyst("Bea Analyst"), reported()
    client = browser(ana)
    client.get(case_url(incident))
    no_longer_in_the_office(ana)
    for name in (
        "take",
        "assign",
        "severity",
        "details",
        "name_person",
        "merge",
        "unmerge",
        "say_office",
        "say_thread",
    ):
        assert client.post(case_url(incident, name), {"to": bea.pk, "body": "x"}).status_code == 404, name
    assert client.post(case_url(incident, "step", "start_triage")).status_code == 404
    assert client.post(ASSIGN, {"incident": [incident.pk], "to": bea.pk}).status_code == 404
    assert client.get(reverse("incidents:queue")).status_code == 404


def test_a_colleague_who_left_a_moment_ago_is_given_nothing_and_the_page_says_so() -> None:
    ana, bea, incident = analyst(), analyst("Bea Analyst"), reported()
    client = browser(ana)
    client.get(reverse("incidents:queue"))
    no_longer_in_the_office(bea)
    assert client.post(ASSIGN, {"incident": [incident.pk], "to": bea.pk}).status_code == 422
    page = client.post(case_url(incident, "assign"), {"to": bea.pk})
    assert page.status_code == 422
    assert "This person does not work in the Privacy Office any more." in page.content.decode()
    assert again(incident).assignee is None


def test_counsel_is_told_at_once_that_only_the_office_works_on_a_case() -> None:
    incident = reported(kind=Kind.ASKED)
    client = browser(counsel())
    for name in ("assign", "severity", "details", "name_person", "merge", "reopen", "unmask", "add_task"):
        page = client.get(case_url(incident, name))
        assert page.status_code == 403, name
    for name in ("take", "say_office", "say_thread", "settle_task"):
        sent = {"body": "A word of advice.", "submission": "8a3b0a0e-6a0b-4a55-8d0c-2d8f3d1b9a10"}
        assert client.post(case_url(incident, name), sent).status_code in {403, 404}, name
    for name in ("start_triage", "begin_review", "close"):
        assert client.post(case_url(incident, "step", name)).status_code == 403
    assert again(incident).status == Status.REPORTED


# --- Whoever puts themselves out of sight ----------------------------------------------------------------------------


def test_an_analyst_who_names_somebody_below_them_is_led_to_the_queue() -> None:
    ana = analyst()
    below = employee("Bo Below", supervisor=ana)
    incident = reported(kind=Kind.ASKED)
    answer = browser(ana).post(case_url(incident, "name_person"), {"number": below.employee_number}, follow=True)
    assert answer.redirect_chain == [(reverse("incidents:queue"), 302)]
    assert "Bo Below is named and cannot see the case." in answer.content.decode()


def test_an_analyst_who_finds_that_it_concerns_them_is_led_to_the_queue() -> None:
    ana = analyst()
    incident = reported(kind=Kind.OTHER, people=(employee("Bo Below", supervisor=ana),))
    sent = {"kind": Kind.ASKED, "verb": Verb.REQUIRED}
    answer = browser(ana).post(case_url(incident, "details"), sent, follow=True)
    assert answer.redirect_chain == [(reverse("incidents:queue"), 302)]
    assert answer.status_code == 200
