"""The demonstration's requests for access: every state, and something to do for each of the cast."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import F

from access_requests import headcount, rules, shelf
from access_requests.models import AccessRequest, FeedToken, Turn
from demo.cast import played_by
from people.models import Delegation, User
from tests.demo.conftest import SECONDS
from workflow import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told"), pytest.mark.timeout(SECONDS)]
Status, End = AccessRequest.Status, AccessRequest.End


def played(slug: str) -> User:
    """The person of the cast."""
    person = played_by(slug)
    assert person is not None
    return person


def of(slug: str) -> Counter[str]:
    """In which states the requests of one of the cast stand."""
    return Counter(shelf.asked_by(played(slug)).values_list("status", flat=True))


def test_requests_stand_in_every_state() -> None:
    counted = Counter(AccessRequest.objects.values_list("status", flat=True))
    assert set(counted) == set(Status.values)
    assert 12 <= counted[Status.ACTIVE] <= 16
    assert 2 <= counted[Status.APPROVED] <= 3


def test_they_wait_at_every_link_and_one_was_passed_over_in_silence() -> None:
    waiting = Turn.objects.filter(outcome="", kind=Turn.Kind.DECISION)
    approved = Counter(
        Turn.objects.filter(request__in=waiting.values("request"), outcome="approved").values_list("request", flat=True)
    )
    assert set(approved.values()) == {1, 2}
    assert waiting.filter(request__turns__outcome=Turn.Outcome.PASSED_OVER).count() == 1
    assert not waiting.filter(due_at__lte=clock.now()).exists()


def test_someone_decided_in_the_name_of_another_who_is_back_by_now() -> None:
    stood_in = Turn.objects.exclude(acting_for=None).get(outcome=Turn.Outcome.APPROVED)
    assert stood_in.request.status == Status.ACTIVE
    assert not Delegation.objects.covering(clock.today()).filter(delegator=stood_in.acting_for_id).exists()


def test_access_is_in_force_in_many_divisions_and_for_many_sites() -> None:
    counted = headcount.read()
    assert len([row for row in counted.rows if row.people]) >= 6
    assert len(counted.sites) >= 6
    assert shelf.in_force().filter(until=clock.today() + timedelta(days=6)).exists()
    narrowed = shelf.in_force().filter(until__lt=F("ends_on")).get()
    assert len(narrowed.granted_sites) < len(narrowed.sites)


def test_the_employee_has_one_in_force_one_returned_and_one_draft() -> None:
    assert of("employee") == {Status.ACTIVE: 1, Status.RETURNED: 1, Status.DRAFT: 1}


def test_the_supervisor_decides_about_three_of_one_case_together_and_reviews_one() -> None:
    groups = [len(group.turns) for group in shelf.awaiting(played("supervisor"))]
    assert sorted(groups) == [1, 3]
    assert shelf.reviews(played("supervisor")).count() == 1


def test_the_division_head_has_what_the_supervisor_approved_and_asked() -> None:
    assert sum(len(group.turns) for group in shelf.awaiting(played("office-head"))) == 2


def test_it_security_has_some_to_set_up_and_one_removal_is_late() -> None:
    ike = played("it-security")
    assert shelf.to_grant(ike).count() == 3
    late = shelf.to_remove(ike).get(removal_due_at__lt=clock.now() - timedelta(days=1))
    assert late.end_reason == End.REVOKED
    token = rules.tokens_for(ike).get()
    assert token.last_read_at is not None
    assert clock.now() - token.last_read_at < timedelta(hours=1)


def test_what_is_over_ended_for_several_reasons_and_was_removed() -> None:
    over = AccessRequest.objects.filter(status=Status.ENDED)
    assert {End.EXPIRED, End.PURPOSE_OVER} == set(over.values_list("end_reason", flat=True))
    assert not over.filter(removed_at=None).exists()


def test_the_auditor_sees_everything_that_was_sent_and_no_draft() -> None:
    seen = rules.visible_to(played("auditor"))
    assert seen.count() == AccessRequest.objects.filter(submitted_at__isnull=False).count()
    assert FeedToken.objects.count() == 1
