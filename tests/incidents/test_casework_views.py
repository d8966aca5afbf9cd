"""The queue and the case over HTTP, as each persona: what they show and what they refuse."""

import uuid

import pytest
from django.urls import reverse

from audit.models import Entry
from incidents.choices import Kind, Status
from incidents.models import Incident
from incidents.operations import casework, conversation
from people.models import Role, RoleGrant
from tests.incidents.stage import analyst, brought_to, browser, case_url, counsel, officer, reported, settle
from tests.personas import employee

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PRIVACY_ANALYST, Role.PRIVACY_OFFICER, Role.COUNSEL}))
def test_the_queue_does_not_exist_for_other_roles(role: Role) -> None:
    assert browser(employee(roles=(role,))).get(reverse("incidents:queue")).status_code == 404


def test_a_confidential_reporter_is_named_to_nobody_until_an_officer_asks() -> None:
    erin, ana, paul = employee("Erin Hidden"), analyst(), officer()
    incident = reported(erin, confidential=True)
    conversation.reply(incident, actor=erin, body="Here is more.", submission=uuid.uuid4())
    for person in (ana, paul):
        page = browser(person).get(case_url(incident)).content.decode()
        assert "Erin Hidden" not in page
        assert "Confidential reporter" in page
        assert "Erin Hidden" not in browser(person).get(reverse("incidents:queue")).content.decode()
    browser(paul).post(case_url(incident, "unmask"), {"reason": "Only they can confirm the hour."})
    assert "Erin Hidden" in browser(paul).get(case_url(incident)).content.decode()
    assert "Erin Hidden" not in browser(ana).get(case_url(incident)).content.decode()


def test_an_analyst_cannot_ask_for_the_name() -> None:
    incident = reported(confidential=True)
    page = browser(analyst()).post(case_url(incident, "unmask"), {"reason": "I am curious who it was."})
    assert page.status_code == 403
    assert "Only a Privacy Officer may ask who reported this." in page.content.decode()
    assert Entry.objects.filter(action="incident.unmask.refused").exists()


def test_the_named_analyst_finds_the_case_nowhere() -> None:
    named = analyst("Nora Named")
    incident = reported(people=(named,))
    client = browser(named)
    assert incident.reference not in client.get(reverse("incidents:queue")).content.decode()
    assert client.get(reverse("incidents:queue")).context["counts"][0].number == 0
    assert client.get(case_url(incident)).status_code == 404
    for name in ("take", "assign", "severity", "details", "name_person", "unmask", "say_thread", "say_office"):
        assert client.post(case_url(incident, name), {}).status_code == 404, name


def test_a_role_taken_away_is_gone_on_the_very_next_request() -> None:
    ana, incident = analyst(), reported()
    client = browser(ana)
    assert client.get(case_url(incident)).status_code == 200
    RoleGrant.objects.filter(user=ana).update(revoked_at="2026-01-01T00:00Z", revoked_by=officer())
    assert client.get(case_url(incident)).status_code == 404


def test_the_case_goes_from_report_to_closing_over_http() -> None:
    erin, ana, paul = employee(), analyst(), officer()
    incident = reported(erin)
    desk, chief = browser(ana), browser(paul)
    assert desk.post(case_url(incident, "step", "start_triage")).status_code == 302
    assert desk.post(case_url(incident, "severity"), {"severity": "low", "reason": "Contained."}).status_code == 302
    assert desk.post(case_url(incident, "step", "begin_review")).status_code == 302
    assert desk.post(case_url(incident, "decide", "substantiate"), {"finding": "x"}).status_code == 403
    finding = {"finding": "Two people saw it."}
    assert chief.post(case_url(incident, "decide", "substantiate"), finding).status_code == 302
    settle(incident, ana)
    assert desk.post(case_url(incident, "step", "close")).status_code == 302
    assert Incident.objects.get().status == Status.CLOSED
    assert chief.post(case_url(incident, "reopen"), {"reason": "A second picture has turned up."}).status_code == 302
    assert Incident.objects.get().status == Status.REOPENED


def test_a_step_that_no_longer_fits_is_a_conflict_with_words() -> None:
    ana = analyst()
    incident = reported()
    casework.start_triage(incident, actor=ana)
    page = browser(ana).post(case_url(incident, "step", "start_triage"))
    assert page.status_code == 409
    assert "no longer open" in page.content.decode()


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver{case}", "http://testserver{case}"),
        ("http://testserver{case}decide/substantiate/", "/"),
        ("https://evil.example{case}", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_a_refusal_leads_back_to_the_page_of_this_site_they_came_from(came_from: str, leads_to: str) -> None:
    incident, client = reported(), browser(officer())
    case = case_url(incident)
    page = client.get(case_url(incident, "decide", "substantiate"), headers={"Referer": came_from.format(case=case)})
    assert page.status_code == 409
    assert f'<a class="usa-button" href="{leads_to.format(case=case)}">' in page.content.decode()


def test_the_second_to_take_a_case_reads_who_was_first() -> None:
    ana, incident = analyst(), reported()
    casework.take(incident, actor=ana)
    page = browser(analyst("Bea")).post(case_url(incident, "take"))
    assert page.status_code == 409
    assert "Ana Analyst took this case a moment ago." in page.content.decode()


def test_a_blurred_picture_as_ground_is_refused_at_the_field() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul)
    typed = {"ground": "altered", "finding": "It was blurred."}
    page = browser(paul).post(case_url(incident, "decide", "not_substantiate"), typed)
    assert page.status_code == 422
    assert "A blurred or altered photograph is still confidential under II(A)(2)." in page.content.decode()
    assert "It was blurred." in page.content.decode()


def test_closing_refuses_while_the_account_is_on_a_dhs_address() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.SUBSTANTIATED, ana=ana, paul=paul, kind=Kind.DHS_EMAIL)
    page = browser(ana).post(case_url(incident, "step", "close"))
    assert page.status_code == 403
    assert "Use a personal e-mail for personal accounts (II(F))." in page.content.decode()


def test_counsel_reads_an_asked_case_but_does_not_work_on_it() -> None:
    carla = counsel()
    incident = reported(kind=Kind.ASKED)
    client = browser(carla)
    page = client.get(case_url(incident)).content.decode()
    assert "Privacy Office notes" not in page
    assert client.post(case_url(incident, "take")).status_code == 403
    assert client.post(case_url(incident, "step", "close")).status_code == 403


def test_naming_someone_by_employee_number_hides_the_case_from_them() -> None:
    ana, bea = analyst(), analyst("Bea", employee_number="778899")
    incident = reported()
    assert browser(bea).get(case_url(incident)).status_code == 200
    browser(ana).post(case_url(incident, "name_person"), {"number": "778899"})
    assert browser(bea).get(case_url(incident)).status_code == 404


def test_a_number_nobody_has_gets_a_sentence() -> None:
    page = browser(analyst()).post(case_url(reported(), "name_person"), {"number": "nobody"})
    assert page.status_code == 422
    assert "employee number that exists" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "status=nonsense", "after=x", "before=0-0", "after=99999999999999999-999999999999999999", "assignee=99999999",
        "due=never", "severity=%00", "status=%ED%A0%80", "after[]=1", "assignee=1&assignee=me", "assignee=1_0",
    ],
)  # fmt: skip
def test_nothing_in_the_address_breaks_the_queue(query: str) -> None:
    reported()
    assert browser(analyst()).get(f"{reverse('incidents:queue')}?{query}").status_code == 200


@pytest.mark.parametrize("reference", ["INC-0", "INC-x", "1001", "INC-99999999999999999999", "INC-1e3", "INC-１００１"])
def test_no_reference_breaks_the_case_page(reference: str) -> None:
    assert browser(analyst()).get(f"/incidents/{reference}/").status_code == 404


def test_the_queue_filters_and_pages_without_losing_or_repeating_a_case() -> None:
    ana, erin = analyst(), employee()
    everything = {reported(erin).reference for _ in range(60)}
    client, seen, address = browser(ana), [], reverse("incidents:queue")
    while address:
        page = client.get(address).context["page"]
        seen += [incident.reference for incident in page.rows]
        address = f"{reverse('incidents:queue')}?{page.after}" if page.after else ""
    assert set(seen) == everything
    assert len(seen) == 60
    mine = Incident.objects.first()
    assert mine is not None
    casework.take(mine, actor=ana)
    rows = client.get(reverse("incidents:queue"), {"assignee": "me"}).context["page"].rows
    assert [incident.pk for incident in rows] == [mine.pk]


def test_home_shows_an_officer_what_awaits_a_decision_and_an_analyst_what_is_theirs() -> None:
    ana, paul = analyst(), officer()
    under_review = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul)
    waiting = reported()
    for person in (ana, paul):
        page = browser(person).get("/").content.decode()
        assert under_review.reference in page
        assert waiting.reference not in page
