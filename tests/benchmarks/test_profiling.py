"""The parts of filing are watched while it is measured, and left as they were."""

import pytest

from audit import trail
from benchmarks import profiling
from incidents.models import Incident
from tests.personas import employee

# The ring comes with the commit.
pytestmark = pytest.mark.django_db(transaction=True)


def test_every_part_is_found_and_none_is_left_watched() -> None:
    original = trail.write
    profile = profiling.of_filing([employee(), employee()])
    assert Incident.objects.count() == 3
    assert all(part.web > 0 for part in profile.parts.values())
    assert sum(part.web for part in profile.parts.values()) < profile.whole.web
    assert sum(share for *_, share in profile.rows()) == pytest.approx(1)
    assert trail.write is original
