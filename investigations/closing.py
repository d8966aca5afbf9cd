"""Where higher floors learn that an investigation was closed: they register here, and are called in its transaction."""

from collections.abc import Callable

from investigations.models import Investigation
from people.models import User

# Which was closed, and who closed it.
Listener = Callable[[Investigation, User], object]

_listeners: list[Listener] = []


def register(listener: Listener) -> Listener:
    """Have this called for every closing from now on; registering twice calls once."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(investigation: Investigation, actor: User) -> None:
    """Tell every listener of one closing; what a listener raises undoes the closing."""
    for listener in _listeners:
        listener(investigation, actor)
