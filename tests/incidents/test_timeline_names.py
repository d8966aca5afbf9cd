"""Whom the timeline names among those who were refused: nobody who is kept from the case, whatever keeps them."""

import pytest

from audit import trail
from incidents.models import Incident
from incidents.operations import casework, merging
from people.models import User
from tests.incidents.stage import analyst, browser, case_url, officer, reported
from tests.personas import employee
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db


def timeline(incident: Incident, reader: User) -> list[tuple[str, str]]:
    """Who did what, as this person reads it."""
    lines = browser(reader).get(case_url(incident)).context["timeline"]
    return [(line.actor_name, line.sentence) for line in lines]


@pytest.mark.parametrize("reporter", ["analyst", "employee"])
def test_whoever_confidentially_reported_what_was_merged_in_is_not_named_for_trying_to_open_the_case(
    reporter: str,
) -> None:
    ana, rita = analyst(), analyst("Rita Reporter") if reporter == "analyst" else employee("Rita Reporter")
    second, head = reported(rita, confidential=True), reported()
    merging.merge(second, into=head, actor=ana)
    assert browser(rita).get(case_url(head)).status_code == 404
    assert ("Someone kept from this case", "Tried to open the case and was refused") in timeline(head, ana)
    assert "Rita" not in str(timeline(head, ana))
    merging.unmerge(second, actor=ana)
    assert "Rita" not in str(timeline(head, ana))
    assert trail.of(head).get(action="incident.read.refused").actor == rita


def test_someone_named_later_is_not_named_beside_what_they_were_refused_before() -> None:
    ana, paul, nora = analyst(), officer(), analyst("Nora Named")
    incident = reported()
    casework.take(incident, actor=ana)
    casework.start_triage(incident, actor=ana)
    with pytest.raises(Refused) as refused:
        casework.begin_review(incident, actor=nora)
    trail.refused(refused.value.action, actor=nora, record=incident, reason=str(refused.value))
    line = "Was refused: Decide the severity first."
    assert ("Nora Named", line) in timeline(incident, paul)
    casework.name_person(incident, actor=ana, person=nora)
    assert ("Someone kept from this case", line) in timeline(incident, paul)
