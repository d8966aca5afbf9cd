"""The lock files pin everything, by hash, and say nothing of where it was downloaded."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from compliance_portal.paths import BASE_DIR

PYTHON_LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==", re.MULTILINE)
WANTED = re.compile(r"^([\w.-]+)", re.MULTILINE)


@pytest.mark.parametrize("name", [*PYTHON_LOCKS, "package-lock.json"])
def test_no_lock_file_carries_an_address(name: str) -> None:
    assert "://" not in (BASE_DIR / name).read_text()


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_pinned_package_has_hashes(name: str) -> None:
    entries = re.split(r"\n(?=[\w.-]+(?:\[[\w,-]+\])?==)", (BASE_DIR / name).read_text())
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_what_is_wanted_is_pinned(name: str) -> None:
    wanted = set(WANTED.findall((BASE_DIR / name).with_suffix(".in").read_text())) - {"-r"}
    assert {_plain(each) for each in wanted if not each.startswith("-")} <= _pins(name).keys()


def test_tests_run_on_the_very_versions_that_ship() -> None:
    shipped = _pins("requirements.txt")
    assert {name: _pins("requirements-dev.txt").get(name) for name in shipped} == shipped


def test_every_front_end_package_is_checked_by_its_contents() -> None:
    packages = json.loads((BASE_DIR / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_the_oldest_python_is_said_the_same_everywhere() -> None:
    declared = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["requires-python"]
    assert declared == ">=3.11"
    assert "(3, 11)" in Path(BASE_DIR / "Makefile").read_text()


def _pins(name: str) -> dict[str, str]:
    lines = (BASE_DIR / name).read_text().splitlines()
    return {_plain(match[1]): line.split("==")[1].split()[0] for line in lines if (match := PIN.match(line))}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
