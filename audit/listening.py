"""The trail listens to the floor below it, which cannot call up."""

from typing import Any

from audit import trail
from people import changes
from people.models import User


def begin() -> None:
    """Have every change to people written down from now on."""
    changes.register(write_down)


def write_down(event: str, actor: User | None, user: User | None, facts: dict[str, Any]) -> None:
    """Write one change to a person (or, with none named, to many) into the trail, in the change's own transaction."""
    trail.write(f"people.{event.rpartition('.')[2]}", actor=actor, record=user, **facts)
