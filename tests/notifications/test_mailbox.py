"""Mail in files: whole, once, and readable again."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage, send_mail
from pytest_django import Settings

from notifications import mailbox


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A mailbox of this test's own, not made yet."""
    settings.EMAIL_BACKEND = "notifications.mailbox.FileMailbox"
    settings.MAIL_DIR = tmp_path / "var" / "mail"
    return settings.MAIL_DIR  # type: ignore[no-any-return]


def send(subject: str, message_id: str = "<1@portal>") -> None:
    EmailMessage(subject, "Ünïcode & text", to=["rita@dhs.example"], headers={"Message-ID": message_id}).send()


def test_what_was_sent_can_be_read_back_newest_first() -> None:
    for number in range(5):
        send(f"Nummer {number} für Sie", f"<{number}@portal>")
    newest, second = mailbox.messages(2)
    assert (newest.to, newest.subject, newest.text) == ("rita@dhs.example", "Nummer 4 für Sie", "Ünïcode & text")
    assert newest.sent_at >= second.sent_at


def test_the_same_message_sent_again_is_still_one() -> None:
    send("First")
    send("First, again")
    assert [mail.subject for mail in mailbox.messages()] == ["First, again"]


def test_mail_that_brings_no_message_id_is_kept_apart() -> None:
    for _ in range(2):
        send_mail("Password", "A link", None, ["rita@dhs.example"])
    assert len(mailbox.messages()) == 2


def test_a_message_id_never_leads_out_of_the_folder(folder: Path) -> None:
    for message_id in ("<../../evil@portal>", "</etc/evil>", "<.hidden>", "<" + "x" * 400 + "@portal>"):
        send("Evil", message_id)
    assert len(mailbox.messages()) == len(list(folder.glob("*.eml"))) == 4
    assert list(folder.parent.iterdir()) == [folder]


def test_a_message_that_cannot_be_written_leaves_nothing_behind(folder: Path, settings: Settings) -> None:
    folder.mkdir(parents=True)
    (folder / "1@portal.eml").mkdir()
    with pytest.raises(IsADirectoryError):
        send("First")
    assert [entry.name for entry in folder.iterdir()] == ["1@portal.eml"]


def test_an_empty_mailbox_is_empty() -> None:
    assert mailbox.messages() == []
