"""A drill: what is backed up comes back whole in another database, and nothing else is ever taken for a backup."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess, run
from urllib.parse import urlencode

import psycopg2
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections

from audit import trail
from audit.backup import evidence, manifest, programs
from audit.models import Entry
from compliance_portal.paths import BASE_DIR
from people.models import Unit

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)

DRILL = "portal_drill"


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The URL of a second, empty database of the same server."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DRILL}")
        cursor.execute(f"CREATE DATABASE {DRILL}")
        yield url_of(DRILL)
        cursor.execute(f"DROP DATABASE {DRILL} WITH (FORCE)")


def url_of(name: str, alias: str = "owner") -> str:
    """The URL of a database of the tests' server."""
    given = connections[alias].get_connection_params()
    query = {key: given[key] for key in ("user", "password", "host", "port") if given.get(key)}
    return f"postgresql:///{name}?{urlencode(query)}"


@pytest.fixture
def backup(unit: Unit, tmp_path: Path) -> Path:
    """A backup of a unit, its trail and two evidence files."""
    trail.write("unit.opened", actor=None, record=unit)
    with connections["default"].cursor() as cursor:
        cursor.execute("INSERT INTO portal_cache VALUES ('pepper', 'x', now())")
    default_storage.save("ab/cd/first", ContentFile(b"sealed one"))
    default_storage.save("second", ContentFile(b"sealed two" * 300_000))
    folder = tmp_path / "backup"
    call_command("backup", folder, verbosity=0)
    return folder


@pytest.fixture
def new_place(tmp_path: Path) -> Path:
    """The empty folder another installation keeps its files in."""
    return tmp_path / "elsewhere"


def restore(folder: Path, url: str, place: Path) -> CompletedProcess[str]:
    """What an operator sees who restores into another installation."""
    command = [sys.executable, str(BASE_DIR / "manage.py"), "restore", str(folder), "--database-url", url]
    environment = {**os.environ, "VAR_DIR": str(place)}
    return run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_backup_comes_back_whole_in_an_empty_database(
    backup: Path, empty_database: str, new_place: Path, private_storage: Path
) -> None:
    done = restore(backup, empty_database, new_place)
    assert done.returncode == 0, done.stderr
    assert "intact. Entries read: 1, signed: 1." in done.stdout
    assert contents(new_place / "evidence") == contents(private_storage) != {}


def test_what_limits_count_is_in_no_backup(backup: Path, empty_database: str, new_place: Path) -> None:
    assert restore(backup, empty_database, new_place).returncode == 0
    with closing(psycopg2.connect(empty_database)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache")
        assert cursor.fetchone() == (0,)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file beneath a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_restored_copy_is_held_by_the_same_grants_and_triggers(
    backup: Path, empty_database: str, new_place: Path
) -> None:
    assert restore(backup, empty_database, new_place).returncode == 0
    with closing(psycopg2.connect(empty_database)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'audit_entry', privilege) FROM unnest(%s) privilege",
            [settings.DATABASE_ROLES["app"], ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"]],
        )
        rights = [right for (right,) in cursor.fetchall()]
        cursor.execute(
            "INSERT INTO audit_entry (action, record_type, record_id, facts, request_id)"
            " SELECT 'unit.closed', record_type, record_id, '{}', '' FROM audit_entry RETURNING id, seq"
        )
        written = cursor.fetchone()
    assert rights == [True, True, False, False, False]
    assert written == (Entry.objects.get().pk + 1, 2)


def test_a_backup_never_overwrites(backup: Path) -> None:
    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", backup)


def test_a_backup_is_for_its_owners_eyes_only(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_nothing_is_restored_over_a_database_in_use(backup: Path, new_place: Path) -> None:
    in_use = connections["owner"].settings_dict["NAME"]
    done = restore(backup, url_of(in_use), new_place)
    assert done.returncode == 1
    assert "The database is not empty" in done.stderr


def test_nothing_is_restored_as_anyone_but_the_owner(backup: Path, new_place: Path) -> None:
    done = restore(backup, url_of(connections["default"].settings_dict["NAME"], alias="default"), new_place)
    assert done.returncode == 1
    assert f"The database URL must be that of {settings.DATABASE_ROLES['owner']}" in done.stderr


def test_nothing_is_restored_over_a_storage_in_use(backup: Path, empty_database: str, new_place: Path) -> None:
    (new_place / "evidence").mkdir(parents=True)
    (new_place / "evidence" / "first").write_bytes(b"sealed before")
    done = restore(backup, empty_database, new_place)
    assert done.returncode == 1
    assert "The evidence storage is not empty" in done.stderr


def refusal(folder: Path) -> str:
    """Why a folder is refused before any database is asked for."""
    with pytest.raises(CommandError) as refused:
        call_command("restore", folder, database_url="postgresql:///nowhere")
    return str(refused.value)


HARM: dict[str, Callable[[Path], object]] = {
    "lost": lambda file: file.unlink(),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:-1]),
}


@pytest.mark.parametrize("part", ["database.dump", "evidence/second"])
@pytest.mark.parametrize("harm", HARM)
def test_a_damaged_part_is_named(part: str, harm: str, backup: Path) -> None:
    HARM[harm](backup / part)
    assert refusal(backup) == f"{part} is missing or not as it was written."


def test_an_altered_manifest_is_refused(backup: Path) -> None:
    file = backup / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "head": ""}))
    assert "not as it was signed" in refusal(backup)


def test_an_unfinished_backup_is_refused(backup: Path) -> None:
    (backup / "manifest.json").unlink()
    assert "holds no finished backup" in refusal(backup)


def test_a_backup_from_a_newer_portal_is_refused(backup: Path) -> None:
    taken = manifest.read(backup)
    replace(taken, migrations=[*taken.migrations, "audit.0099_later"]).write(backup)
    assert "newer version of the portal, with audit.0099_later" in refusal(backup)


def test_a_file_destroyed_while_the_backup_runs_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "names", lambda: iter(["destroyed"]))
    call_command("backup", tmp_path / "backup", verbosity=0)
    assert list(manifest.read(tmp_path / "backup").parts) == ["database.dump"]


def test_without_pg_dump_the_operator_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "EMBEDDED", "no_such_module")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match=r"no pg_dump of version \d+ or newer here: install postgresql-client-"):
        call_command("backup", tmp_path / "backup")
