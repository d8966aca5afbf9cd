"""The files policies were imported from: kept sealed, and opened only by those who write, review or examine drafts."""

from attachments import access
from people.models import User
from policies import rules

RECORD = "policies.version"


def register() -> None:
    """Tell the attachments who may open an imported file; nobody takes one back."""
    access.register(RECORD, may_see=_sees)


def _sees(user: User, version_id: str) -> bool:
    return rules.sees_original(user, int(version_id))
