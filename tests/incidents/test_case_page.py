"""What the case page says of what was learned, of reports merged, and of people who did not sign in."""

from datetime import date

import pytest

from audit import trail
from incidents.choices import Kind, Outsider, Status, Verb, YesNo
from incidents.models import Incident
from incidents.operations import casework, merging, reporting
from notifications.models import Notice
from people.models import Unit
from tests.incidents.stage import analyst, brought_to, browser, case_url, officer, reported, settle
from tests.personas import employee, unit

pytestmark = pytest.mark.django_db


def without_signing_in(outsider: Outsider = Outsider.APPLICANT) -> Incident:
    """A report by someone who did not sign in."""
    facts = {"kind": Kind.EXPOSURE, "narrative": "I saw it online.", "discovered_on": date(2026, 3, 2)}
    return reporting.create([], [], reporter=None, outsider=outsider, confidential=False, **facts)


# --- What is known ---------------------------------------------------------------------------------------------------


def test_what_was_learned_stands_among_the_facts_and_the_timeline_names_what_changed() -> None:
    ana, county = analyst(), unit("DCO", name="County Operations", kind=Unit.Kind.DIVISION)
    incident = reported(kind=Kind.OTHER, still_live=YesNo.YES)
    client = browser(ana)
    assert "County Operations" in client.get(case_url(incident, "details")).content.decode()
    known = {"kind": "asked", "verb": "required", "still_live": "yes", "division": county.pk}
    assert client.post(case_url(incident, "details"), known).status_code == 302
    page = client.get(case_url(incident)).content.decode()
    assert "Division concerned" in page
    sentence = (
        "Updated what is known: the kind of report: I was asked for my account, how they asked: Required me to,"
        " the division concerned: County Operations"
    )
    assert sentence in page
    last = trail.of(incident).last()
    assert last is not None
    assert set(last.facts) == {"kind", "kind_before", "verb", "verb_before", "division", "division_before"}


def test_saving_what_is_known_already_writes_nothing_down() -> None:
    ana, incident = analyst(), reported(still_live=YesNo.YES)
    browser(ana).post(case_url(incident, "details"), {"kind": "exposure", "still_live": "yes"})
    assert list(trail.of(incident).values_list("action", flat=True)) == ["incident.reported"]


def test_an_office_is_no_division_to_choose() -> None:
    office = unit("OFF", name="Records Office", kind=Unit.Kind.OFFICE)
    answer = browser(analyst()).post(case_url(reported(), "details"), {"kind": "exposure", "division": office.pk})
    assert answer.status_code == 422


# --- Merged reports --------------------------------------------------------------------------------------------------


def test_whoever_made_a_merged_report_reads_how_the_other_stands_and_not_its_number() -> None:
    erin, ana = employee(), analyst()
    merged, into = reported(erin), reported()
    casework.start_triage(into, actor=ana)
    merging.merge(merged, into=into, actor=ana)
    page = browser(erin).get(case_url(merged, "my_report")).content.decode()
    assert "Handled together with another report. The Privacy Office is finding out what happened" in page
    assert "Being looked at" in page
    assert "It is handled together with another report." in page
    assert into.reference not in page


def test_the_office_reads_where_the_work_goes_on_and_what_was_merged() -> None:
    ana = analyst()
    merged, into = reported(), reported()
    merging.merge(merged, into=into, actor=ana)
    client = browser(ana)
    page = client.get(case_url(merged)).content.decode()
    assert f"Work goes on in {into.reference} (state: reported)." in page
    assert f"Merged into {into.reference}" in page
    assert "Add a task" not in page
    assert f"Merged {merged.reference} into this case" in client.get(case_url(into)).content.decode()
    merging.unmerge(merged, actor=ana)
    assert f"Took it out of {into.reference}" in client.get(case_url(merged)).content.decode()
    assert f"Took {merged.reference} out of this case" in client.get(case_url(into)).content.decode()


def test_everyone_whose_report_was_merged_hears_of_decision_and_closing_with_their_own_number() -> None:
    ana, paul, erin, second = analyst(), officer(), employee(), employee("Sue Second")
    into = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul, reporter=erin)
    merged = [reported(second), reported(erin), without_signing_in()]
    for report in merged:
        merging.merge(report, into=into, actor=ana)
    client = browser(paul)
    assert client.post(case_url(into, "decide", "substantiate"), {"finding": "Seen."}).status_code == 302
    settle(into, ana)
    casework.close(into, actor=ana)
    for template in ("decided", "closed"):
        told = Notice.objects.filter(template=f"incidents/{template}")
        assert set(told.values_list("recipient__name", "reference", "url")) == {
            ("Erin Employee", into.reference, case_url(into, "my_report")),
            ("Sue Second", merged[0].reference, case_url(merged[0], "my_report")),
            ("Erin Employee", merged[1].reference, case_url(merged[1], "my_report")),
        }


# --- Without signing in ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outsider", "said"),
    [
        (Outsider.APPLICANT, "An applicant, without signing in"),
        (Outsider.EMPLOYEE, "A DHS employee, without signing in"),
        (Outsider.OTHER, "Someone outside DHS"),
    ],
)
def test_a_case_reported_without_signing_in_says_by_whom_and_offers_no_name(outsider: Outsider, said: str) -> None:
    paul, incident = officer(), without_signing_in(outsider)
    page = browser(paul).get(case_url(incident)).content.decode()
    assert f"<dt>Reporter</dt><dd>{said}</dd>" in page
    assert f"by {said[0].lower()}{said[1:]}</span>" in page
    assert "Ask for the name" not in page
    assert "They read it when they return with their code." in page
    assert browser(paul).post(case_url(incident, "unmask"), {"reason": "Who was it? I must know."}).status_code == 409


def test_a_case_reported_without_signing_in_goes_from_triage_to_closing_and_back() -> None:
    ana, paul = analyst(), officer()
    incident = without_signing_in()
    desk, chief = browser(ana), browser(paul)
    desk.post(case_url(incident, "step", "start_triage"))
    desk.post(case_url(incident, "details"), {"kind": "asked", "verb": Verb.REQUESTED})
    desk.post(case_url(incident, "severity"), {"severity": "low", "reason": "Contained."})
    desk.post(case_url(incident, "step", "begin_review"))
    chief.post(case_url(incident, "decide", "substantiate"), {"finding": "They did."})
    settle(incident, ana)
    desk.post(case_url(incident, "step", "close"))
    chief.post(case_url(incident, "reopen"), {"reason": "A second applicant was asked as well."})
    assert Incident.objects.get(pk=incident.pk).status == Status.REOPENED
    assert desk.get(case_url(incident)).status_code == 200
