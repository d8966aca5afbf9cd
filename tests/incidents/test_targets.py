"""By when a case is looked at and decided: across Thanksgiving and Christmas, and at the very minute."""

from datetime import datetime

import pytest

from incidents import lifecycle, targets
from incidents.choices import Severity, Status
from incidents.models import Incident
from incidents.operations import casework
from tests.conftest import CENTRAL, At
from tests.incidents.stage import analyst, brought_to, browser, case_url, officer, reported
from workflow import clock

pytestmark = pytest.mark.django_db


def close_of(day: str) -> datetime:
    """The close of business on a day."""
    return datetime.fromisoformat(f"{day} 16:30").replace(tzinfo=CENTRAL)


def standing(incident: Incident) -> list[tuple[str, str]]:
    """The name of each target and how it stands at the moment held."""
    return [(target.name, target.state) for target in targets.of(incident, clock.now())]


# In 2026 Thanksgiving is Thursday, November 26; state offices are open on the Friday after, and closed on December 24
# (a Thursday) and 25, and on January 1.
@pytest.mark.parametrize(
    ("reported_at", "look", "decision"),
    [
        ("2026-11-24 16:31", "2026-11-25", "2026-12-09"),
        ("2026-11-25 00:00", "2026-11-27", "2026-12-10"),
        ("2026-11-25 16:30", "2026-11-27", "2026-12-10"),
        ("2026-11-25 23:59", "2026-11-27", "2026-12-10"),
        ("2026-11-26 10:00", "2026-11-27", "2026-12-10"),
        ("2026-11-27 08:00", "2026-11-30", "2026-12-11"),
        ("2026-11-28 12:00", "2026-11-30", "2026-12-11"),
        ("2026-12-10 09:00", "2026-12-11", "2026-12-28"),
        ("2026-12-22 09:00", "2026-12-23", "2027-01-08"),
        ("2026-12-23 16:29", "2026-12-28", "2027-01-11"),
        ("2026-12-24 09:00", "2026-12-28", "2027-01-11"),
        ("2026-12-25 09:00", "2026-12-28", "2027-01-11"),
        ("2026-12-31 23:59", "2027-01-04", "2027-01-15"),
    ],
)
def test_targets_pass_over_days_on_which_state_offices_are_closed(
    at: At, reported_at: str, look: str, decision: str
) -> None:
    ana = analyst()
    with at(reported_at):
        incident = reported()
    assert incident.look_due_at == incident.due_at == close_of(look)
    with at(f"{look} 09:00"):
        triaged = casework.start_triage(incident, actor=ana)
    assert triaged.due_at == close_of(decision)


@pytest.mark.parametrize(
    ("moment", "state"), [("2026-11-27 16:29", "Met"), ("2026-11-27 16:30", "Met"), ("2026-11-27 16:31", "Missed")]
)
def test_a_first_look_is_met_until_the_very_minute(at: At, moment: str, state: str) -> None:
    with at("2026-11-25 15:00"):
        incident = reported()
    with at(moment):
        triaged = casework.start_triage(incident, actor=analyst())
        assert standing(triaged) == [("First look", state), ("Decision", "Due")]


@pytest.mark.parametrize(
    ("moment", "state", "words"),
    [
        ("2026-11-25 15:00", "Due", "due in 2 days"),
        ("2026-11-27 16:30", "Due", "due today"),
        ("2026-11-27 16:31", "Overdue", "overdue by 1 minute"),
        ("2026-11-30 08:00", "Overdue", "overdue by 3 days"),
    ],
)
def test_a_report_nobody_looks_at_becomes_overdue_in_words(at: At, moment: str, state: str, words: str) -> None:
    ana = analyst()
    with at("2026-11-25 15:00"):
        incident = reported()
    with at(moment):
        assert standing(incident) == [("First look", state)]
        client = browser(ana)
    with at(moment):
        page = client.get(case_url(incident)).content.decode()
    section = page.split('id="targets-h"')[1].split("</section>")[0]
    assert words in section
    assert ("#warning" in section) == (state == "Overdue")
    assert "Nov. 27, 2026 at 4:30 p.m." in section


@pytest.mark.parametrize(("moment", "state"), [("2026-12-28 16:30", "Met"), ("2026-12-28 16:31", "Missed")])
def test_a_decision_across_christmas_is_met_until_the_very_minute(at: At, moment: str, state: str) -> None:
    ana, paul = analyst(), officer()
    with at("2026-12-10 09:00"):
        incident = reported()
    with at("2026-12-11 09:00"):
        casework.start_triage(incident, actor=ana)
        casework.decide_severity(incident, actor=ana, severity=Severity.LOW, reason="x")
        casework.begin_review(incident, actor=ana)
    with at(moment):
        decided = casework.decide(incident, lifecycle.SUBSTANTIATE, actor=paul, finding="Seen.")
    with at("2027-02-01 09:00"):
        assert standing(decided) == [("First look", "Met"), ("Decision", state)]


def test_a_reopened_case_is_looked_at_anew_and_then_decided_anew(at: At) -> None:
    ana, paul = analyst(), officer()
    with at("2026-11-02 09:00"):
        incident = brought_to(Status.CLOSED, ana=ana, paul=paul)
    with at("2026-11-25 10:00"):
        incident = casework.reopen(incident, actor=paul, reason="A second picture has turned up.")
        assert standing(incident) == [("First look", "Met"), ("Look at what is new", "Due")]
        assert incident.due_at == close_of("2026-11-27")
    with at("2026-11-27 16:31"):
        assert standing(incident)[-1] == ("Look at what is new", "Overdue")
        incident = casework.start_triage(incident, actor=ana)
        assert standing(incident) == [("First look", "Met"), ("Decision", "Due")]
        assert incident.due_at == close_of("2026-12-11")


def test_a_merged_report_has_no_target_of_its_own() -> None:
    merged = brought_to(Status.MERGED, ana=analyst(), paul=officer())
    assert targets.of(merged, clock.now()) == []


def test_how_a_target_stands_is_said_in_a_word_and_by_an_icon(at: At) -> None:
    ana = analyst()
    with at("2026-11-25 15:00"):
        incident = reported()
    with at("2026-11-30 09:00"):
        casework.start_triage(incident, actor=ana)
        page = browser(ana).get(case_url(incident)).content.decode()
    section = page.split('id="targets-h"')[1].split("</section>")[0]
    assert "Missed" in section
    assert "#warning" in section
    assert "Nov. 30, 2026 at 9 a.m." in section
