"""Where others learn that an investigation was closed."""

from collections.abc import Iterator

import pytest

from investigations import closing
from investigations.models import Investigation
from people.models import User
from tests.investigations.stage import as_it_stands, closed, investigator, opened

pytestmark = pytest.mark.django_db

Told = list[tuple[str, str, User]]


@pytest.fixture
def heard() -> Iterator[Told]:
    """What a listener, registered twice, was told: which, in what state, by whom."""
    told: Told = []

    def listener(investigation: Investigation, actor: User) -> None:
        told.append((investigation.number, as_it_stands(investigation).status, actor))

    assert closing.register(listener) is closing.register(listener) is listener
    yield told
    closing._listeners.remove(listener)


def test_a_listener_hears_once_of_a_closing_that_has_been_done(heard: Told) -> None:
    investigation, iris = opened(), investigator("Iris")
    assert heard == []
    closed(investigation, by=iris)
    assert heard == [("IA-2026-014", "closed", iris)]


def test_what_a_listener_raises_undoes_the_closing() -> None:
    def listener(_investigation: Investigation, _actor: User) -> None:
        raise RuntimeError

    investigation = opened()
    closing.register(listener)
    try:
        with pytest.raises(RuntimeError):
            closed(investigation)
    finally:
        closing._listeners.remove(listener)
    assert as_it_stands(investigation).is_open
