"""Who may open, and take back, the files that belong to a report."""

import uuid

from attachments import access
from incidents import rules
from incidents.models import Draft
from incidents.operations.reporting import DRAFT_RECORD, INCIDENT_RECORD
from people.models import User


def register() -> None:
    """Tell the attachments how reports decide."""
    access.register(INCIDENT_RECORD, may_see=rules.sees, may_remove=_never)
    access.register(DRAFT_RECORD, may_see=_writes, may_remove=_writes)


def _writes(user: User, draft_id: str) -> bool:
    return Draft.objects.filter(pk=uuid.UUID(draft_id), author=user, filed_at=None).exists()


def _never(_user: User, _record_id: str) -> bool:
    return False
