"""Setting up installs what has changed and only that, and says in a line what it cannot do itself."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from compliance_portal import install
from compliance_portal.paths import BASE_DIR


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands run in a checkout whose virtual environment works but is empty."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json"):
        (tmp_path / name).write_text(name)
    for folder in (".venv", "node_modules"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(install, "BASE_DIR", tmp_path)
    monkeypatch.setattr(install, "STAMP", tmp_path / ".venv" / ".installed.json")
    monkeypatch.setattr(install, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(install, "venv_works", lambda: True)
    monkeypatch.setattr(install, "system_npm_works", lambda: True)
    ran: list[str] = []

    def note(command: Sequence[str | Path], **_environment: str) -> None:
        ran.append(" ".join(map(str, command)))

    monkeypatch.setattr(install, "run_quietly", note)
    return ran


def test_packages_are_checked_by_hash_and_run_nothing_of_their_own(commands: list[str]) -> None:
    install.install("requirements.txt")
    python_packages, front_end_packages = commands
    assert "--require-hashes" in python_packages
    assert "--only-binary :all: -r requirements.txt" in python_packages
    assert front_end_packages.startswith("npm ci --ignore-scripts")


def test_a_second_time_there_is_nothing_to_do(commands: list[str]) -> None:
    install.install("requirements.txt")
    commands.clear()
    install.install("requirements.txt")
    assert commands == []


def test_only_what_changed_is_installed_again(commands: list[str], tmp_path: Path) -> None:
    install.install("requirements.txt")
    commands.clear()
    (tmp_path / "requirements.txt").write_text("a newer version")
    install.install("requirements.txt")
    assert [command.endswith("-r requirements.txt") for command in commands] == [True]


def test_what_tests_need_includes_what_running_needs(commands: list[str]) -> None:
    install.install("requirements-dev.txt")
    commands.clear()
    install.install("requirements.txt")
    assert commands == []


def test_a_torn_note_of_what_is_installed_counts_as_none(commands: list[str]) -> None:
    install.STAMP.write_text('{"requirements.txt"')
    install.install("requirements.txt")
    assert len(commands) == 2
    assert json.loads(install.STAMP.read_text()) == {"requirements.txt": install.digest("requirements.txt")}


def test_without_npm_the_one_from_the_package_index_is_used(
    commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "system_npm_works", lambda: False)
    install.install("requirements.txt")
    assert commands[1].endswith("-r requirements-node.txt")
    assert "/.venv/bin/npm ci" in commands[2]


def test_a_failing_command_shows_its_last_words(capsys: pytest.CaptureFixture[str]) -> None:
    with (
        pytest.raises(install.Trouble) as trouble,
        install.stage("Counting"),
    ):
        install.run_quietly(["sh", "-c", "seq 40; exit 3"])
    assert str(trouble.value).splitlines()[1:] == [f"    {number}" for number in range(26, 41)]
    assert capsys.readouterr().out == "  Counting … not done\n"


def test_a_missing_half_of_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(install, "can_make_venv", lambda: False)
    with pytest.raises(install.Trouble, match=r"^[^\n]+ apt install python3\.\d+-venv$"):
        install.make_venv()


def test_a_missing_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(install.Trouble, match=r"^[^\n]+ apt install chromium, [^\n]+$"):
        install.install_browser()


def test_an_old_python_is_told_in_one_line() -> None:
    # Without the marks of a `make test` around it.
    bare = {"PATH": os.environ["PATH"]}
    command = ["make", "run", "PYTHON="]
    told = subprocess.run(command, cwd=BASE_DIR, env=bare, capture_output=True, text=True, check=False)
    assert told.returncode != 0
    assert told.stdout.startswith("The portal needs Python 3.11 or newer; found: Python 3.")
    assert len(told.stdout.splitlines()) == 1
