"""Where someone was asked for an account: how they were asked is on record before it is decided, and how it may end."""

import pytest

from incidents import lifecycle, rules
from incidents.choices import Ground, Kind, Status, Verb
from incidents.models import Incident
from incidents.operations import casework
from tests.incidents.stage import analyst, brought_to, browser, case_url, officer, reported, settle
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db

FIRST = "Record how they asked first: required, requested, suggested or caused (II(B))."


def test_an_asked_case_is_decided_once_the_way_of_asking_is_recorded() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul, kind=Kind.ASKED)
    client, decide = browser(paul), case_url(incident, "decide", "substantiate")
    page = client.post(decide, {"finding": "They did ask."})
    assert page.status_code == 409
    assert FIRST in page.content.decode()
    assert "Find it substantiated" not in client.get(case_url(incident)).content.decode()
    known = {"kind": "asked", "verb": "suggested"}
    assert browser(ana).post(case_url(incident, "details"), known).status_code == 302
    assert client.post(decide, {"finding": "They did ask."}).status_code == 302
    assert Incident.objects.get(pk=incident.pk).status == Status.SUBSTANTIATED


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.ASKED}))
def test_other_cases_need_no_way_of_asking(kind: Kind) -> None:
    incident = brought_to(Status.UNDER_REVIEW, ana=analyst(), paul=officer(), kind=kind)
    assert rules.way_of_asking_is_recorded(incident)


@pytest.mark.parametrize("verb", Verb)
def test_each_of_the_four_ways_may_be_recorded_and_only_requiring_falls_under_the_statute(verb: Verb) -> None:
    incident = reported(kind=Kind.ASKED)
    known = casework.reclassify(incident, actor=analyst(), verb=verb)
    assert rules.way_of_asking_is_recorded(known)
    assert rules.statute_applies(known) == (verb == Verb.REQUIRED)


def test_a_way_of_asking_on_record_is_corrected_but_never_emptied() -> None:
    ana, incident = analyst(), reported(kind=Kind.ASKED, verb=Verb.REQUIRED)
    client = browser(ana)
    client.post(case_url(incident, "details"), {"kind": "asked"})
    assert Incident.objects.get().verb == Verb.REQUIRED
    client.post(case_url(incident, "details"), {"kind": "asked", "verb": "caused"})
    assert Incident.objects.get().verb == Verb.CAUSED
    assert client.post(case_url(incident, "details"), {"kind": "asked", "verb": "begged"}).status_code == 422


@pytest.mark.parametrize("ground", [Ground.NOT_CONFIDENTIAL, Ground.NOT_EXPOSED])
@pytest.mark.parametrize("step", ["not_substantiate", "call_near_miss"])
def test_that_nothing_came_of_it_is_no_ground_where_someone_was_asked(step: str, ground: str) -> None:
    paul = officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=analyst(), paul=paul, kind=Kind.ASKED, verb=Verb.REQUESTED)
    page = browser(paul).post(case_url(incident, "decide", step), {"ground": ground, "finding": "Nothing came of it."})
    assert page.status_code == 422
    assert "DHS may not require, request, suggest or cause this (II(B))." in page.content.decode()
    assert "Nothing came of it." in page.content.decode()
    with pytest.raises(Refused, match="DHS may not require"):
        casework.decide(incident, lifecycle.NOT_SUBSTANTIATE, actor=paul, finding="x", ground=ground)


@pytest.mark.parametrize("ground", [Ground.NO_EVIDENCE, Ground.NOT_DHS, Ground.DUPLICATE])
def test_that_nobody_of_the_department_asked_ends_such_a_case(ground: str) -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul, kind=Kind.ASKED, verb=Verb.REQUESTED)
    answers = {"ground": ground, "finding": "Nobody of the department did."}
    assert browser(paul).post(case_url(incident, "decide", "not_substantiate"), answers).status_code == 302
    settle(incident, ana)
    assert browser(ana).post(case_url(incident, "step", "close")).status_code == 302


@pytest.mark.parametrize("ground", [Ground.NOT_CONFIDENTIAL, Ground.NOT_EXPOSED])
def test_the_same_grounds_count_for_an_exposure(ground: str) -> None:
    incident = brought_to(Status.UNDER_REVIEW, ana=analyst(), paul=officer())
    assert rules.ground_answers_asking(incident, ground)
