"""A record that files belong to, whose rules are as plain as can be."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from attachments import access, intake, screening, sealing
from attachments.models import Attachment
from people.models import User
from tests.attachments.files import picture, upload
from tests.personas import employee

DRAFT, RECORD = "tests.draft", "tests.record"
Take = Callable[..., Attachment]


@pytest.fixture(autouse=True)
def plain_rules(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Draft 7 is open to all but strangers, who may take files back; a record is only seen. No screens, no scanner."""
    monkeypatch.setattr(access, "_policies", {})
    monkeypatch.setattr(screening, "_screens", [])
    settings.CLAMAV_SOCKET = ""
    access.register(DRAFT, may_see=_is_open, may_remove=_is_open)
    access.register(RECORD, may_see=lambda user, _: user.title != "Stranger")


def _is_open(user: User, record_id: str) -> bool:
    return record_id == "7" and user.title != "Stranger"


@pytest.fixture
def reporter(db: None) -> User:
    """Who adds files."""
    return employee("Riley Reporter")


@pytest.fixture
def stranger(db: None) -> User:
    """Someone no record lets in."""
    return employee("Sam Stranger", title="Stranger")


@pytest.fixture
def take(reporter: User) -> Take:
    """Take a file in, for the open draft unless told otherwise."""

    def taken(name: str = "screenshot.png", content: bytes = b"", **changed: str) -> Attachment:
        where: dict[str, Any] = {"record_type": DRAFT, "record_id": "7", **changed}
        return intake.receive(upload(name, content or picture()), actor=reporter, **where)

    return taken


def stored() -> list[str]:
    """Every file in the storage."""
    root = Path(default_storage.path(""))
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def on_disk(name: str) -> Path:
    """Where a sealed file lies."""
    return Path(default_storage.path(name))


def opened(attachment: Attachment) -> bytes:
    """The original as it is read from the storage now."""
    return b"".join(sealing.original(Attachment.objects.get(pk=attachment.pk)))
