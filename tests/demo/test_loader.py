"""The demonstration is a living agency: a believable tree, every state, a trail that proves its own past."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from audit.models import Entry
from demo import loader
from demo.cast import PERSONAS, played_by
from incidents.choices import Status
from incidents.models import Incident, Message
from notifications.models import Mail, Notice
from people.chain import superiors
from people.models import User


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_year_of_an_agency_stands_after_loading(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    # Only the owner may date the trail, so the loader runs on its connection.
    with monkeypatch.context() as patched:
        patched.setattr(connections._connections, "default", connections["owner"])
        loader.load(progress=False)
        assert 250 <= User.objects.count() <= 350
        assert Incident.objects.count() == 200
        assert set(Counter(Incident.objects.values_list("status", flat=True))) == set(Status.values)
        assert Message.objects.count() > 100
        for persona in PERSONAS:
            person = played_by(persona.slug)
            assert person is not None
            assert person.has_role(persona.role) if persona.role else not person.roles
            assert superiors(person)[-1].title == "Secretary"
        now = timezone.now()
        assert Entry.objects.filter(at__lt=now - timedelta(days=300)).exists()
        assert not Entry.objects.filter(at__gt=now + timedelta(minutes=1)).exists()
        assert Notice.objects.filter(mail=Mail.OWED).exists()
        assert not Notice.objects.filter(mail=Mail.OWED, created_at__lt=now - timedelta(days=5)).exists()
