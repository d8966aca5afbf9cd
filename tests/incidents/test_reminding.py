"""Reminders of due cases: to those who may still see them, in few queries however many are due."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import conflicts, rules
from incidents.choices import Kind, Status
from incidents.models import Incident
from incidents.operations import casework, reminding
from notifications.models import Notice
from people.models import Role, RoleGrant
from tests.conftest import At
from tests.incidents.stage import analyst, brought_to, counsel, officer, reported
from tests.personas import employee
from workflow import clock

pytestmark = pytest.mark.django_db


def reminded(incident: Incident, rule: str = "due") -> set[str]:
    """The names of those reminded of this case under a rule."""
    notices = Notice.objects.filter(template=f"incidents/{rule}", reference=incident.reference)
    return set(notices.values_list("recipient__name", flat=True))


def test_a_case_nobody_has_is_everybodys_in_the_privacy_office_who_may_see_it() -> None:
    analyst(), officer(), counsel()
    named, erin = analyst("Nora Named"), analyst("Erin Reporter")
    incident = reported(erin, people=(named,))
    reminding.remind_of_due_cases()
    assert reminded(incident) == {"Ana Analyst", "Paul Officer"}


def test_nobody_above_the_accused_is_reminded_where_an_account_was_asked_for() -> None:
    top = officer("Otto Above")
    accused = employee("Alan Accused", supervisor=employee(supervisor=top))
    analyst()
    incident = reported(kind=Kind.ASKED, people=(accused,))
    reminding.remind_of_due_cases()
    assert reminded(incident) == {"Ana Analyst"}


def test_whoever_has_the_case_is_reminded_alone() -> None:
    ana, incident = analyst(), reported()
    analyst("Bea Analyst")
    casework.take(incident, actor=ana)
    reminding.remind_of_due_cases()
    assert reminded(incident) == {"Ana Analyst"}


def test_the_office_is_reminded_where_whoever_has_the_case_no_longer_may_see_it() -> None:
    ana, bea, incident = analyst(), analyst("Bea Analyst"), reported()
    casework.take(incident, actor=ana)
    RoleGrant.objects.filter(user=ana).update(revoked_at=clock.now(), revoked_by=bea)
    reminding.remind_of_due_cases()
    assert reminded(incident) == {"Bea Analyst"}


def test_whoever_has_left_is_not_reminded() -> None:
    ana, incident = analyst(), reported()
    analyst("Bea Analyst")
    casework.take(incident, actor=ana)
    ana.is_active = False
    ana.save(update_fields=["is_active"])
    reminding.remind_of_due_cases()
    assert reminded(incident) == {"Bea Analyst"}


def test_a_case_due_later_than_the_next_business_day_waits(at: At) -> None:
    ana = analyst()
    with at("2026-11-20 09:00"):
        incident = reported()
        Incident.objects.update(due_at=clock.now() + timedelta(days=10))
        assert reminding.remind_of_due_cases() == 0
    assert not Notice.objects.filter(recipient=ana, template="incidents/due", reference=incident.reference).exists()


def test_the_batch_says_of_every_case_what_the_rule_says_of_one() -> None:
    top = officer("Otto Above")
    staff = [analyst(), analyst("Bea Analyst", supervisor=top), officer(), counsel()]
    accused = employee("Alan Accused", supervisor=staff[1])
    for kind in (Kind.ASKED, Kind.EXPOSURE):
        for people in ((), (accused,), (staff[0],), (accused, staff[2])):
            incident = reported(employee(), kind=kind, people=people)
            if staff[0] not in people:
                casework.take(incident, actor=staff[0])
    reported(employee("Erin Both", roles=(Role.PRIVACY_ANALYST,)))
    reminding.remind_of_due_cases()
    for case in Incident.objects.annotate(kept_from=conflicts.BARRED):
        alone = Incident.objects.get(pk=case.pk)
        assert reminded(case) == {person.name for person in rules.holder_or_office(alone)}, case


def test_the_number_of_queries_grows_only_with_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    analyst(), officer()
    erin = employee()

    def queries(due: int) -> int:
        for _ in range(due):
            reported(erin, kind=Kind.ASKED, people=(employee(),))
        with CaptureQueriesContext(connection) as asked:
            reminding.remind_of_due_cases()
        return len(asked)

    few = queries(2)
    assert queries(20) == few
    monkeypatch.setattr(reminding, "BATCH", 5)
    with CaptureQueriesContext(connection) as asked:
        assert reminding.remind_of_due_cases() == 22
    assert len(asked) > few


# --- Overdue ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "rule"),
    [("2026-11-25 15:01", "due"), ("2026-11-27 16:30", "due"), ("2026-11-27 16:31", "overdue")],
)
def test_a_case_is_due_soon_until_the_very_minute_and_overdue_from_then_on(at: At, moment: str, rule: str) -> None:
    analyst()
    with at("2026-11-25 15:00"):
        incident = reported()
    with at(moment):
        reminding.remind_of_due_cases()
    other = {"due": "overdue", "overdue": "due"}[rule]
    assert (reminded(incident, rule), reminded(incident, other)) == ({"Ana Analyst"}, set())


def test_an_overdue_case_is_told_to_whoever_has_it_and_to_every_impartial_officer(at: At) -> None:
    ana = analyst()
    analyst("Bea Analyst"), officer(), counsel()
    named, reporter = officer("Nora Named"), officer("Olga Reporter")
    with at("2026-11-23 09:00"):
        incident = casework.take(reported(reporter, people=(named,)), actor=ana)
    with at("2026-11-24 17:00"):
        reminding.remind_of_due_cases()
    assert reminded(incident, "overdue") == {"Ana Analyst", "Paul Officer"}


def test_nobody_above_the_accused_hears_that_an_asked_case_is_overdue(at: At) -> None:
    top = officer("Otto Above")
    officer()
    with at("2026-11-23 09:00"):
        incident = reported(kind=Kind.ASKED, people=(employee(supervisor=employee(supervisor=top)),))
    with at("2026-11-24 17:00"):
        reminding.remind_of_due_cases()
    assert reminded(incident, "overdue") == {"Paul Officer"}


def test_each_target_is_told_of_once_under_each_rule_and_a_missed_run_is_caught_up(at: At) -> None:
    ana = analyst()
    with at("2026-11-23 09:00"):
        incident = casework.take(reported(), actor=ana)
    with at("2026-11-23 12:00"):
        for _ in range(2):
            reminding.remind_of_due_cases()
    for day in ("2026-11-28 12:00", "2026-11-29 12:00"):
        with at(day):
            reminding.remind_of_due_cases()
    told = Notice.objects.filter(recipient=ana, reference=incident.reference, kind="reminder")
    assert sorted(told.values_list("template", flat=True)) == ["incidents/due", "incidents/overdue"]
    with at("2026-11-30 09:00"):
        casework.start_triage(incident, actor=ana)
    with at("2026-12-20 09:00"):
        reminding.remind_of_due_cases()
    assert told.filter(template="incidents/overdue").count() == 2


def test_a_reopened_case_counts_anew(at: At) -> None:
    ana, paul = analyst(), officer()
    with at("2026-11-02 09:00"):
        incident = brought_to(Status.CLOSED, ana=ana, paul=paul)
    with at("2026-11-20 09:00"):
        assert reminding.remind_of_due_cases() == 0
        casework.reopen(incident, actor=paul, reason="A second picture has turned up.")
        reminding.remind_of_due_cases()
    with at("2026-11-24 09:00"):
        reminding.remind_of_due_cases()
    assert reminded(incident) == {"Ana Analyst"}
    assert reminded(incident, "overdue") == {"Ana Analyst", "Paul Officer"}


def test_a_merged_report_reminds_nobody(at: At) -> None:
    with at("2026-11-23 09:00"):
        merged = brought_to(Status.MERGED, ana=analyst(), paul=officer())
    with at("2026-11-28 09:00"):
        reminding.remind_of_due_cases()
    assert reminded(merged, "overdue") == set()
