"""Changing settings."""

from typing import Any

from django.db import connection, transaction

from audit import trail
from people.models import Role, User
from workflow import clock
from workflow.decisions import ALLOWED, Decision, Denied, require
from workflow.models import Setting
from workflow.parameters import forget, values_in_force

_LOCK = 4006


def may_change_settings(actor: User) -> Decision:
    """Only administrators change settings."""
    return ALLOWED if actor.has_role(Role.ADMINISTRATOR) else Denied("Only an administrator may change settings.")


class Overtaken(Exception):
    """Someone else changed the same settings since this person saw them; carries their names."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@transaction.atomic
def change_settings(values: dict[str, Any], *, seen: dict[str, Any], actor: User) -> list[str]:
    """Keep the values that differ from those this person saw; returns the names of those changed.

    What they left as they saw it stays as it is now; Overtaken where someone else was first with the same one.
    """
    require(may_change_settings(actor), action="setting.change")
    _one_at_a_time()
    now = values_in_force()
    mine = [name for name, value in values.items() if value != seen[name] and value != now[name]]
    overtaken = [name for name in mine if now[name] != seen[name]]
    if overtaken:
        raise Overtaken(overtaken)
    for name in mine:
        setting, _ = Setting.objects.update_or_create(
            name=name, defaults={"value": values[name], "changed_by": actor, "changed_at": clock.now()}
        )
        trail.write("setting.changed", actor=actor, record=setting, value=values[name])
    # At once for what follows in this transaction; after it for what another request read meanwhile.
    forget()
    transaction.on_commit(forget)
    return mine


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
