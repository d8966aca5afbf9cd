"""Sessions that are over do not stay in the database."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from people.tasks import forget_ended_sessions

pytestmark = pytest.mark.django_db


def test_a_session_that_is_over_is_forgotten_and_one_that_is_not_stays() -> None:
    now = timezone.now()
    for key, ends in (("over", now - timedelta(seconds=1)), ("going", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    forget_ended_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["going"]
