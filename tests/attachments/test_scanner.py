"""The virus scanner's clear yes lets a file in; everything else keeps it out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from attachments import scanner
from attachments.models import Attachment
from attachments.rejection import Rejected
from audit.models import Entry
from tests.attachments.clamd import clamd, tcp, unix
from tests.attachments.conftest import stored
from tests.attachments.files import picture

Take = Callable[..., Attachment]
AWAY = "The virus scanner does not answer, so no files can be added now. Try again later."


def test_the_scanner_is_given_the_whole_file_over_a_unix_socket(tmp_path: Path, settings: Settings) -> None:
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    content = bytes(range(256)) * 1000
    with clamd(unix(tmp_path / "clamd"), b"stream: OK\0") as asked:
        scanner.scan(content)
    assert asked.heard == content


def test_the_scanner_may_also_listen_at_a_port(settings: Settings) -> None:
    listening = tcp()
    settings.CLAMAV_SOCKET = f"127.0.0.1:{listening.getsockname()[1]}"
    with clamd(listening, b"stream: Eicar-Test-Signature FOUND\0"), pytest.raises(scanner.Infected, match="Eicar"):
        scanner.scan(b"X5O!")


def test_without_a_scanner_configured_nothing_is_asked(settings: Settings) -> None:
    settings.CLAMAV_SOCKET = ""
    scanner.scan(b"anything")


def test_an_infected_file_is_refused_and_leaves_nothing_but_a_line(
    tmp_path: Path, settings: Settings, take: Take
) -> None:
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    found = b"stream: Eicar-Test-Signature FOUND\0"
    with clamd(unix(tmp_path / "clamd"), found), pytest.raises(Rejected, match="The virus scanner found something"):
        take()
    assert_nothing_was_kept()
    assert Entry.objects.get(action="attachment.infected").facts == {"finding": "Eicar-Test-Signature"}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: OK but not really\0",
        b"UNKNOWN COMMAND\0",
        b"\0",
        b"stream: OK" + b" " * 5000,
    ],
    ids=["dies", "size limit", "not quite OK", "another program", "nothing", "never ends"],
)
def test_a_scanner_without_a_clear_answer_keeps_every_file_out(
    answer: bytes | None, tmp_path: Path, settings: Settings, take: Take
) -> None:
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    with clamd(unix(tmp_path / "clamd"), answer), pytest.raises(Rejected) as refused:
        take()
    assert refused.value.sentence == AWAY
    assert_nothing_was_kept()


def test_a_scanner_that_takes_too_long_keeps_the_file_out(
    tmp_path: Path, settings: Settings, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "ANSWER_SECONDS", 0.2)
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    with clamd(unix(tmp_path / "clamd"), b""), pytest.raises(Rejected) as refused:
        take()
    assert refused.value.sentence == AWAY
    assert_nothing_was_kept()


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock"])
def test_a_scanner_that_is_down_keeps_the_file_out(address: str, settings: Settings, take: Take) -> None:
    settings.CLAMAV_SOCKET = address
    with pytest.raises(Rejected) as refused:
        take("post.png", picture())
    assert refused.value.sentence == AWAY
    assert_nothing_was_kept()


def assert_nothing_was_kept() -> None:
    assert stored() == []
    assert not Attachment.objects.exists()
