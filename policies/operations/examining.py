"""What those who examine the department take away."""

from django.db import transaction

from audit import trail
from people.models import User


@transaction.atomic
def export_register(*, actor: User, form: str) -> None:
    """Write down that the clause register is taken away, and as what, before it is."""
    trail.write("register.exported", actor=actor, record=None, form=form)
