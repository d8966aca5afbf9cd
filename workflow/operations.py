"""Changing settings."""

from typing import Any

from django.db import transaction

from audit import trail
from people.models import Role, User
from workflow import clock
from workflow.decisions import ALLOWED, Decision, Denied, require
from workflow.models import Setting
from workflow.parameters import DECLARED


def may_change_settings(actor: User) -> Decision:
    """Only administrators change settings."""
    return ALLOWED if actor.has_role(Role.ADMINISTRATOR) else Denied("Only an administrator may change settings.")


@transaction.atomic
def change_settings(values: dict[str, Any], *, actor: User) -> list[str]:
    """Keep the values that differ from what is in force; returns the names of those changed."""
    require(may_change_settings(actor), action="setting.change")
    changed = [name for name, value in values.items() if DECLARED[name].value() != value]
    for name in changed:
        setting, _ = Setting.objects.update_or_create(
            name=name, defaults={"value": values[name], "changed_by": actor, "changed_at": clock.now()}
        )
        trail.write("setting.changed", actor=actor, record=setting, value=values[name])
    return changed
