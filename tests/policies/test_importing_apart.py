"""A stranger's document is parsed in a process of its own, which is given nothing and believed little."""

import os
import subprocess
import sys
from typing import Any

import pytest

from attachments import isolation, kinds
from attachments.rejection import Rejected
from policies.importing.conversion import read
from tests.policies import pdf_samples, word_samples

Given = dict[str, object]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    """What the process is started with."""
    real = subprocess.run
    told: Given = {}

    def watched(command: list[str], **how: Any) -> "subprocess.CompletedProcess[bytes]":
        told.update(how, command=command)
        return real(command, **how)

    monkeypatch.setattr(subprocess, "run", watched)
    return told


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word_samples.of_lines("Words."), kinds.DOCX),
        (pdf_samples.saved(pdf_samples.policy()), kinds.PDF),
        (b"Words.", kinds.MARKDOWN),
    ],
    ids=["word", "pdf", "markdown"],
)
def test_each_reader_has_an_empty_environment_and_knows_no_django(
    content: bytes, kind: kinds.Kind, given: Given
) -> None:
    read(content, kind)
    assert given["env"] == {}
    assert "VAULT_KEYS" in os.environ
    module = given["command"][3]  # type: ignore[index]  # a list of words
    asked = f"import sys, {module}; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=isolation.ROOT, capture_output=True, check=True)
    assert done.stdout == b"False\n"


def test_a_reader_that_breaks_or_never_ends_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    instead_run(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(Rejected, match=r"could not be opened safely\. Save it again, or save it as another kind"):
        read(b"Words.", kinds.MARKDOWN)
    monkeypatch.setattr(isolation, "SECONDS", 0.3)
    instead_run(monkeypatch, "while True: pass")
    with pytest.raises(Rejected, match="takes too long to open"):
        read(b"Words.", kinds.MARKDOWN)


REAL_RUN = subprocess.run


def instead_run(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    command = [sys.executable, "-c", program]
    monkeypatch.setattr(subprocess, "run", lambda _, **how: REAL_RUN(command, **how))
