"""The demonstration is a living agency: a believable tree, every state, a trail that proves its own past."""

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from audit.models import Entry
from demo.cast import PERSONAS, played_by
from incidents.choices import Status
from incidents.models import Incident, Message
from notifications.models import Mail, Notice
from people.chain import superiors
from people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def manage(command: str, folder: Path, *, url: str = "OWNER_DATABASE_URL", **more: str) -> str:
    """Run one command on this test's database, as its owner unless told otherwise, and return all it says."""
    address = urlsplit(os.environ[url])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    surroundings = {**os.environ, "DATABASE_URL": address, "VAR_DIR": str(folder), **more}
    ran = subprocess.run(
        [sys.executable, "manage.py", command],
        env=surroundings,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


def test_a_year_of_an_agency_stands_after_loading(tmp_path: Path) -> None:
    said = manage("load_demo", tmp_path, DEMO="1")
    assert "200 incidents" in said, said
    now = timezone.now()
    assert 250 <= User.objects.count() <= 350
    assert set(Counter(Incident.objects.values_list("status", flat=True))) == set(Status.values)
    assert Message.objects.count() > 100
    assert Entry.objects.filter(at__lt=now - timedelta(days=300)).exists()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert Notice.objects.filter(mail=Mail.OWED).exists()
    assert not Notice.objects.filter(mail=Mail.OWED, created_at__lt=now - timedelta(days=5)).exists()
    _everyone_of_the_cast_has_their_place()
    assert "nothing was loaded" in manage("load_demo", tmp_path, DEMO="1")
    assert User.objects.count() <= 350


def _everyone_of_the_cast_has_their_place() -> None:
    for persona in PERSONAS:
        person = played_by(persona.slug)
        assert person is not None
        assert person.has_role(persona.role) if persona.role else not person.roles
        assert superiors(person)[-1].title == "Secretary"


def test_without_demo_nothing_is_loaded(tmp_path: Path) -> None:
    assert "The demonstration is off" in manage("load_demo", tmp_path, DEMO="0", EXTRA_APPS="demo")
    assert not User.objects.exists()


def test_only_the_owner_loads(tmp_path: Path) -> None:
    assert "Only the database's owner" in manage("load_demo", tmp_path, url="DATABASE_URL", DEMO="1")
    assert not User.objects.exists()
