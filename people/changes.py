"""Where higher floors learn of changes to people: they register here, and are called within the same transaction."""

from collections.abc import Callable
from typing import Any

from people.models import User

# What happened ("person.role_granted"), who did it (None: a command), to whom (None: to many at once), JSON-safe facts.
Listener = Callable[[str, User | None, User | None, dict[str, Any]], object]

_listeners: list[Listener] = []


def register(listener: Listener) -> Listener:
    """Have this called for every change from now on; registering twice calls once."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def report(event: str, *, actor: User | None, user: User | None, **facts: Any) -> None:
    """Tell every listener of one change; what a listener raises undoes the change."""
    for listener in _listeners:
        listener(event, actor, user, facts)
