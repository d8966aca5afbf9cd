"""How the portal keeps its connections; found by Django under this name."""

import select
from typing import Any

from django.db.backends.postgresql import base

# A statement planned once is asked with the same plan each time, not planned anew for values that look cheaper.
_ONE_PLAN = "-c plan_cache_mode=force_generic_plan"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose health is seen at its socket and not asked of the server."""

    def get_connection_params(self) -> dict[str, Any]:
        """What Django connects with, and one plan for each statement that is kept."""
        params: dict[str, Any] = super().get_connection_params()
        return {**params, "options": f"{params.get('options', '')} {_ONE_PLAN}".strip()}

    def is_usable(self) -> bool:
        """Whether the server is still there: one that went away said so, or closed, before it was asked anything."""
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
