"""Settings that would be dangerous together are refused before anything starts."""

import subprocess
import sys

import pytest

from compliance_portal import demonstration
from compliance_portal.paths import BASE_DIR

PRODUCTION = {
    "PRODUCTION": "1",
    "SITE_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "SECRET_KEY": "s" * 60,
    "VAULT_KEYS": "k1:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
    "AUDIT_SIGNING_KEY": "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
}


def test_a_full_set_of_production_settings_is_accepted() -> None:
    assert _refusal(PRODUCTION) == ""


@pytest.mark.parametrize("missing", ["SECRET_KEY", "VAULT_KEYS", "AUDIT_SIGNING_KEY", "SITE_URL"])
def test_production_brings_its_own_keys_and_speaks_https(missing: str) -> None:
    assert "ImproperlyConfigured" in _refusal({name: PRODUCTION[name] for name in PRODUCTION if name != missing})


LOCAL = [
    {},
    {"SITE_URL": "http://localhost:8001", "WEB_BIND": "127.0.0.1:8001"},
    {"DATABASE_URL": "postgresql://portal_app@127.0.0.1:5432/portal"},
    {"DATABASE_URL": "postgresql://portal_app@localhost/portal"},
    {"DATABASE_URL": "postgresql://portal_app@[::1]/portal"},
    {"DATABASE_URL": "postgresql://portal_app@:5432/portal?host=%2Fvar%2Frun%2Fpostgresql"},
]


@pytest.mark.parametrize("setting", LOCAL, ids=str)
def test_a_demo_runs_on_the_machine_at_hand(setting: dict[str, str]) -> None:
    assert _refusal({**setting, "DEMO": "1"}) == ""


@pytest.mark.parametrize(
    "production_setting",
    [
        PRODUCTION,
        {"SITE_URL": "https://127.0.0.1"},
        {"ALLOWED_HOSTS": "portal.example"},
        {"ALLOWED_HOSTS": "127.0.0.1,portal.example"},
        {"ALLOWED_HOSTS": "*"},
        {"SITE_URL": "http://portal.agency.gov"},
        {"SITE_URL": "http://127.0.0.1.agency.gov"},
        {"SITE_URL": "http://127.0.0.1@agency.gov"},
        {"BEHIND_PROXY": "1"},
        {"WEB_BIND": "0.0.0.0:8000"},
        {"WEB_BIND": "[::]:8000"},
        {"DATABASE_URL": "postgresql://portal_app@db.agency.gov:5432/portal"},
        {"DATABASE_URL": "postgresql://portal_app@/portal?host=db.agency.gov"},
        {"DATABASE_URL": "postgresql://portal_app@localhost,db.agency.gov/portal"},
        {"DATABASE_URL": "postgresql://portal_app@localhost/portal?hostaddr=192.0.2.7"},
        {"DATABASE_URL": "postgresql://portal_app@/portal?service=agency"},
        {"DATABASE_URL": "postgresql://portal_app@/portal", "PGHOST": "db.agency.gov"},
        {"OWNER_DATABASE_URL": "postgresql://portal_owner@db.agency.gov/portal"},
    ],
    ids=str,
)
def test_a_demo_is_refused_beside_any_production_setting(production_setting: dict[str, str]) -> None:
    said = _refusal({**production_setting, "DEMO": "1"})
    assert said.strip().endswith(demonstration.REFUSAL)


def test_production_gets_neither_keys_nor_a_database_by_itself() -> None:
    said = _said("import manage, os; from compliance_portal import embedded; print(embedded.provide())", PRODUCTION)
    assert said.stdout.strip() == "None"


def _refusal(environment: dict[str, str]) -> str:
    return _said("import compliance_portal.settings", environment).stderr


def _said(program: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=BASE_DIR,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
