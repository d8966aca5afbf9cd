"""An installation makes its own keys once, and keeps them to itself."""

import json
import stat
import subprocess
import sys
from pathlib import Path

from compliance_portal.paths import BASE_DIR

ASK = "from compliance_portal import secrets; import os; secrets.fill_environment(); print(os.environ['SECRET_KEY'])"


def test_processes_that_start_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    started = [_start(tmp_path) for _ in range(4)]
    keys = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert len(set(keys)) == 1
    assert len(keys[0].strip()) > 50


def test_the_keys_are_nobody_elses_to_read_and_no_draft_is_left(tmp_path: Path) -> None:
    _start(tmp_path).communicate()
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_a_key_from_the_environment_wins_over_the_kept_one(tmp_path: Path) -> None:
    kept = _start(tmp_path).communicate()[0].strip()
    assert _start(tmp_path, SECRET_KEY="brought along").communicate()[0].strip() == "brought along"
    assert json.loads((tmp_path / "secrets.json").read_text())["SECRET_KEY"] == kept


def _start(folder: Path, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", ASK],
        cwd=BASE_DIR,
        env={"PATH": "/usr/bin:/bin", "VAR_DIR": str(folder), **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
