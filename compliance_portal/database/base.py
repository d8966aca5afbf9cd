"""How the portal keeps its connections; found by Django under this name."""

import select
from time import monotonic

from django.db.backends.postgresql import base

# What stood idle for longer is asked after all: a server or firewall may have gone without a word.
ASKED_AFTER_SECONDS = 60.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose health is seen at its socket, and asked of the server only where it was idle for a while."""

    _looked_at = 0.0

    def init_connection_state(self) -> None:
        """Keep to one plan for each statement that is kept, not to a new one for values that look cheaper."""
        super().init_connection_state()
        with self.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")

    def is_usable(self) -> bool:
        """Whether the server is still there: one that goes away closes the connection or says so on it."""
        idle, self._looked_at = monotonic() - self._looked_at, monotonic()
        if self.connection is None or self.connection.closed:
            return False
        if idle > ASKED_AFTER_SECONDS:
            return bool(super().is_usable())
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
