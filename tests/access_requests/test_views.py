"""The pages of access requests, as a browser meets them."""

import json
import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from access_requests.models import AccessRequest
from access_requests.operations import deciding
from audit.models import Entry
from people.models import Role
from tests.access_requests.stage import (
    PURPOSE,
    approved,
    as_it_stands,
    asked,
    browser,
    cast,
    granted,
    open_turn,
    whose_turn,
)
from tests.personas import employee
from workflow import clock

pytestmark = pytest.mark.django_db
Status = AccessRequest.Status
NEW = reverse("access_requests:new")


def at(request: AccessRequest, name: str = "request") -> str:
    """The address of a request's page or step."""
    return reverse(f"access_requests:{name}", args=[request.pk])


def filled(**answers: Any) -> dict[str, Any]:
    """Everything the form asks for, sent."""
    today = clock.today()
    said = {
        "submission": str(uuid.uuid4()),
        "sites": ["Facebook", "other"],
        "others": "Example.com",
        **PURPOSE,
        "case_number": "CW-2026-0417",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=29)).isoformat(),
        "device": "LT-20417",
        "send": "1",
    }
    return {**said, **answers}


def words(response: Any) -> str:
    """What the page says, on one line."""
    return " ".join(response.content.decode().split())


def test_the_page_names_the_chain_before_anything_is_sent() -> None:
    page = words(browser(cast().erin).get(NEW))
    assert page.index("Sam Supervisor") < page.index("Max Manager") < page.index("Dora Director")
    assert "Toni Top" not in page


def test_a_sent_request_reaches_the_supervisor() -> None:
    people = cast()
    response = browser(people.erin).post(NEW, filled())
    request = AccessRequest.objects.get()
    assert response["Location"] == at(request)
    assert (request.status, request.sites) == (Status.SUBMITTED, ["Facebook", "example.com"])
    assert whose_turn(request) == "Sam Supervisor"


def test_a_double_click_sends_one_request() -> None:
    client, form = browser(cast().erin), filled()
    assert [client.post(NEW, form).status_code for _ in range(2)] == [302, 302]
    assert AccessRequest.objects.count() == 1


def test_going_back_to_a_kept_page_and_keeping_it_again_keeps_the_newer_words() -> None:
    client, form = browser(cast().erin), {**filled(), "later": "1"}
    del form["send"]
    client.post(NEW, form)
    client.post(NEW, form | {"device": "LT-2"})
    assert AccessRequest.objects.get().device == "LT-2"


def test_what_is_written_into_a_request_that_has_moved_on_is_shown_with_the_reason() -> None:
    people = cast()
    request = asked(people.erin)
    response = browser(people.erin).post(at(request, "write"), filled(device="LT-77"))
    assert response.status_code == 422
    assert "Copy it into a new request to change it." in words(response)
    assert "LT-77" in words(response)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"wanted": "For work"}, "State a specific investigative purpose."),
        ({"task": ""}, "State a specific investigative purpose."),
        ({"why_sign_in": "Need it"}, "State a specific investigative purpose."),
        ({"case_number": ""}, "Give the number of the investigation or case this is for."),
        ({"sites": [], "others": ""}, "Choose at least one site."),
        ({"sites": ["other"], "others": ""}, "Choose at least one site."),
        ({"sites": ["other"], "others": "https://x"}, "Write each address like example.com"),
        ({"device": ""}, "Say on which device you need it."),
        ({"starts_on": ""}, "Enter the first day."),
        ({"starts_on": "2020-01-01"}, "The first day is in the past."),
        ({"ends_on": "2020-01-01"}, "The last day comes before the first."),
        ({"ends_on": "2099-01-01"}, "Access lasts at most 90 days."),
        ({"ends_on": "2026-02-30"}, "Enter a date that exists"),
        ({"wanted": "My password is hunter2 for that account"}, "Do not enter a username, password or login here"),
        ({"wanted": "Look at the posts of 123-45-6789 please"}, "Remove names, numbers and case details."),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(answers: dict[str, Any], said: str) -> None:
    response = browser(cast().erin).post(NEW, filled(**answers))
    assert response.status_code == 422
    assert said in words(response)
    assert "I check reports of card fraud" in words(response) or "task" in answers
    assert not AccessRequest.objects.exclude(status=Status.DRAFT).exists()


def test_an_unfinished_request_is_kept_for_later_and_seen_by_nobody_else() -> None:
    people = cast()
    form = {name: value for name, value in filled(wanted="", device="").items() if name != "send"}
    browser(people.erin).post(NEW, form | {"later": "1"})
    request = AccessRequest.objects.get()
    assert request.status == Status.DRAFT
    assert browser(people.erin).get(at(request, "write")).status_code == 200
    for other in (people.sam, people.ivan, employee("Paula Privacy", roles=(Role.PRIVACY_OFFICER,))):
        assert browser(other).get(at(request)).status_code == 404


def test_where_nobody_stands_above_the_request_is_kept_and_the_reason_said() -> None:
    response = browser(employee("Olga Orphan")).post(NEW, filled())
    assert response.status_code == 422
    assert "Nobody stands above you in the directory" in words(response)
    assert AccessRequest.objects.get().status == Status.DRAFT


def test_each_link_sees_the_request_only_once_it_concerns_them() -> None:
    people = cast()
    request = asked(people.erin)
    assert browser(people.sam).get(at(request)).status_code == 200
    assert browser(people.max).get(at(request)).status_code == 404
    deciding.approve(request, actor=people.sam)
    assert browser(people.max).get(at(request)).status_code == 200
    assert browser(people.dora).get(at(request)).status_code == 404


def test_a_supervisor_approves_for_less_on_the_page() -> None:
    people = cast()
    request = asked(people.erin)
    earlier = request.until - timedelta(days=9) if request.until else None
    form = {"decision": "approve", "until": str(earlier), "sites": ["Reddit"], "words": ""}
    assert browser(people.sam).post(at(request, "decide"), form).status_code == 302
    request = as_it_stands(request)
    assert (request.until, request.granted_sites, whose_turn(request)) == (earlier, ["Reddit"], "Max Manager")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Choose what you decide."),
        ({"decision": "decline"}, "Say why, in a sentence or two."),
        ({"decision": "return", "words": "Too long."}, "Choose a reason."),
        ({"decision": "approve", "until": "2099-01-01", "sites": ["Reddit"]}, "never lengthen it."),
        ({"decision": "approve", "sites": []}, "Leave at least one site, or decline the request."),
    ],
)
def test_a_decision_that_lacks_something_is_said_at_its_field(answers: dict[str, Any], said: str) -> None:
    people = cast()
    request = asked(people.erin)
    response = browser(people.sam).post(at(request, "decide"), answers)
    assert response.status_code == 422
    assert said in words(response)
    assert open_turn(request) is not None


def test_a_decision_that_comes_too_late_says_why_and_keeps_the_words() -> None:
    people = cast()
    request = asked(people.erin)
    deciding.approve(request, actor=people.sam)
    form = {"decision": "decline", "words": "I have doubts about the device."}
    response = browser(people.sam).post(at(request, "decide"), form)
    assert response.status_code == 409
    assert "Max Manager decides about this now." in words(response)
    assert "I have doubts about the device." in words(response)


def test_like_requests_are_decided_together_and_others_are_not() -> None:
    people = cast()
    first, second = asked(people.erin), asked(people.erin, device="LT-2")
    other = asked(people.erin, case_number="Another")
    page = reverse("access_requests:together")
    answers = {"decision": "approve", "words": "Needed for the case."}
    refused = browser(people.sam).post(page, {"id": [first.pk, other.pk], **answers})
    assert refused.status_code == 422
    assert "These requests are for different cases." in words(refused)
    assert browser(people.sam).post(page, {"id": [first.pk, second.pk], **answers}).status_code == 302
    assert [whose_turn(each) for each in (first, second, other)] == ["Max Manager", "Max Manager", "Sam Supervisor"]


def test_security_confirms_the_grant_and_the_removal() -> None:
    people = cast()
    request = approved(people.erin)
    client = browser(people.ivan)
    empty = client.post(at(request, "grant"), {"on": clock.today().isoformat()})
    assert (empty.status_code, "Say what you set up." in words(empty)) == (422, True)
    client.post(at(request, "grant"), {"what": "Group", "where": "Proxy 2", "on": clock.today().isoformat()})
    assert as_it_stands(request).status == Status.ACTIVE
    browser(people.erin).post(at(request, "finish"))
    assert as_it_stands(request).status == Status.ENDING
    assert "To remove" in words(client.get(reverse("access_requests:security")))
    client.post(at(request, "remove"), {"where": "Proxy 2", "on": clock.today().isoformat()})
    assert as_it_stands(request).status == Status.ENDED


def test_nobody_outside_security_confirms_a_grant() -> None:
    people = cast()
    request = approved(people.erin)
    form = {"what": "Group", "where": "Proxy 2", "on": clock.today().isoformat()}
    assert browser(people.sam).post(at(request, "grant"), form).status_code == 403


def test_an_approver_revokes_for_a_reason() -> None:
    people = cast()
    request = granted(people.erin, people.ivan)
    assert browser(people.sam).post(at(request, "revoke"), {"words": ""}).status_code == 422
    assert browser(people.sam).post(at(request, "revoke"), {"words": "Not needed."}).status_code == 302
    assert as_it_stands(request).status == Status.ENDING


def test_access_in_force_is_asked_for_again_with_one_click() -> None:
    people = cast()
    request = granted(people.erin, people.ivan)
    response = browser(people.erin).post(at(request, "copy"))
    renewed = AccessRequest.objects.get(renewal_of=request)
    assert response["Location"] == at(renewed, "write")
    assert request.until is not None
    assert renewed.starts_on == request.until + timedelta(days=1)


def test_a_machine_reads_the_list_with_a_token_and_not_without() -> None:
    people = cast()
    granted(people.erin, people.ivan)
    client = browser(people.ivan)
    made = client.post(reverse("access_requests:machines"), {"name": "Proxy 2"})
    value = made.context["value"]
    feed = reverse("access_requests:feed")
    assert browser(people.erin).get(feed).status_code == 401
    answer = client.get(feed, headers={"Authorization": f"Bearer {value}"})
    (grant,) = json.loads(answer.getvalue())["grants"]
    assert grant["account"] == people.erin.email
    assert grant["sites"][0] == {"name": "Facebook", "addresses": ["facebook.com", "fbcdn.net", "messenger.com"]}
    assert "Never" not in words(client.get(reverse("access_requests:machines")))
    assert client.get(feed, headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_machine_that_reads_too_often_waits_and_a_revoked_one_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("people.pace.time", SimpleNamespace(time=lambda: 1_800_000_000.0))
    people = cast()
    client = browser(people.ivan)
    made = client.post(reverse("access_requests:machines"), {"name": "Proxy 2"})
    headers, feed = {"Authorization": f"Bearer {made.context['value']}"}, reverse("access_requests:feed")
    answers = [client.get(feed, headers=headers) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert answers[-1]["Retry-After"] == "600"
    client.post(reverse("access_requests:revoke_token", args=[made.context["made"].pk]))
    assert client.get(feed, headers=headers).status_code == 401


def test_whoever_takes_the_list_out_is_written_down() -> None:
    people = cast()
    client = browser(people.ivan)
    for form in ("csv", "json"):
        assert client.get(reverse(f"access_requests:in_force_{form}")).status_code == 200
    exported = Entry.objects.filter(action="grants.exported", actor=people.ivan)
    assert sorted(entry.facts["form"] for entry in exported) == ["csv", "json"]


def test_the_figures_count_each_employee_once() -> None:
    people = cast()
    granted(people.erin, people.ivan)
    granted(people.erin, people.ivan, sites=["Reddit"])
    officer = browser(employee("Paula Privacy", roles=(Role.PRIVACY_OFFICER,)))
    lines = officer.get(reverse("access_requests:figures_csv")).content.decode().splitlines()
    assert lines[0] == "Division,Employees with access,Facebook,Reddit"
    assert "Division of Aid,1,1,1" in lines
    assert "Division of Aid" in words(officer.get(reverse("access_requests:figures")))
    assert browser(people.erin).get(reverse("access_requests:figures")).status_code == 404
