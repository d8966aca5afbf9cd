"""Mail into files, one a message, for machines without a mail server; and reading them back."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from heapq import nlargest
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_UNSAFE = re.compile(r"[^A-Za-z0-9@._-]")
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Mail:
    """A message as it lies in the mailbox."""

    sent_at: datetime
    to: str
    subject: str
    text: str


class FileMailbox(BaseEmailBackend):
    """Keeps each message in a file named by its Message-ID, so that sending it again replaces it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages, each whole or not at all; raises OSError where the folder cannot be written."""
        for message in email_messages:
            _write(message)
        return len(email_messages)


def messages(limit: int = 100) -> list[Mail]:
    """The newest messages in the mailbox, newest first."""
    newest = nlargest(limit, _files(), key=lambda found: found[0])
    return [_read(Path(path), sent_ns) for sent_ns, path in newest]


def _write(message: EmailMessage) -> None:
    folder = Path(settings.MAIL_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = message.message()
    draft = folder / f".{uuid4().hex}"
    try:
        with draft.open("wb") as file:
            file.write(made.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / _name(str(made["Message-ID"])))
    finally:
        draft.unlink(missing_ok=True)


def _name(message_id: str) -> str:
    return _UNSAFE.sub("_", message_id.strip("<> "))[:_LONGEST_NAME].lstrip(".") + ".eml"


def _files() -> Iterator[tuple[int, str]]:
    try:
        with os.scandir(settings.MAIL_DIR) as found:
            for entry in found:
                if entry.name.endswith(".eml"):
                    yield entry.stat().st_mtime_ns, entry.path
    except FileNotFoundError:
        return


def _read(file: Path, sent_ns: int) -> Mail:
    parsed = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = parsed.get_body(("plain",))
    return Mail(
        sent_at=datetime.fromtimestamp(sent_ns / 1e9, tz=UTC),
        to=str(parsed["To"]),
        subject=str(parsed["Subject"]),
        text=str(body.get_content()) if body else "",
    )
