"""Who may see a file, and who may take it back: the record it belongs to decides, through what its app registers."""

from collections.abc import Callable
from dataclasses import dataclass

from attachments.models import Attachment
from people.models import User

Rule = Callable[[User, str], bool]


def nobody(_user: User, _record_id: str) -> bool:
    """No."""
    return False


@dataclass(frozen=True)
class _Policy:
    may_see: Rule
    may_remove: Rule


_policies: dict[str, _Policy] = {}
_UNKNOWN = _Policy(nobody, nobody)


def register(record_type: str, may_see: Rule, may_remove: Rule = nobody) -> None:
    """Let a record type decide over its files: each rule answers for a person and a record's id."""
    _policies[record_type] = _Policy(may_see, may_remove)


def may_see(user: User, attachment: Attachment) -> bool:
    """Whether this person may open this file now; never for a removed file or an unknown record type."""
    policy = _policies.get(attachment.record_type, _UNKNOWN)
    return attachment.removed_at is None and policy.may_see(user, attachment.record_id)


def may_remove(user: User, attachment: Attachment) -> bool:
    """Whether this person may take this file back now: its uploader alone, while the record allows it."""
    policy = _policies.get(attachment.record_type, _UNKNOWN)
    is_theirs = attachment.uploaded_by_id is not None and attachment.uploaded_by_id == user.pk
    return attachment.removed_at is None and is_theirs and policy.may_remove(user, attachment.record_id)
