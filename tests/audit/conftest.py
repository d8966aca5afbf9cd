"""The people and records the trail is about."""

import pytest

from people.models import Unit, User


@pytest.fixture
def unit(db: None) -> Unit:
    """An office."""
    return Unit.objects.create(code="PUL-07", name="Pulaski office", kind=Unit.Kind.OFFICE)


@pytest.fixture
def dana(db: None) -> User:
    """An employee."""
    return User.objects.create_user("dana@dhs.example", name="Dana Reyes", employee_number="1001")
