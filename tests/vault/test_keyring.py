"""Master keys are read as they stand in the settings, and a bad one is named without being shown."""

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from tests.vault.keys import NEW, OLD
from vault import keyring
from vault.envelope import VaultError


def test_the_first_key_is_primary_and_the_others_still_read(settings: Settings) -> None:
    settings.VAULT_KEYS = [NEW, OLD]
    assert keyring.primary().id == "new"
    assert keyring.named("old").material == bytes([1]) * 32


def test_an_empty_setting_says_what_to_add(settings: Settings) -> None:
    settings.VAULT_KEYS = []
    with pytest.raises(VaultError, match="VAULT_KEYS is empty"):
        keyring.primary()


def test_a_missing_key_is_named(settings: Settings) -> None:
    settings.VAULT_KEYS = [NEW]
    with pytest.raises(VaultError, match="“old”, which VAULT_KEYS does not have"):
        keyring.named("old")


@pytest.mark.parametrize(
    "bad", ["", "old", "old:", ":AAAA", "old:c2hvcnQ=", "old:not*base64", f"{OLD}AAAA", "o d:AAAA"]
)
def test_what_is_no_key_is_refused_by_position_and_never_repeated(bad: str, settings: Settings) -> None:
    settings.VAULT_KEYS = [NEW, bad]
    with pytest.raises(VaultError, match="Entry 2 of VAULT_KEYS is not") as refusal:
        keyring.ring()
    assert not bad or bad not in str(refusal.value)


def test_one_name_for_two_keys_is_refused(settings: Settings) -> None:
    settings.VAULT_KEYS = [OLD, OLD]
    with pytest.raises(VaultError, match="twice"):
        keyring.ring()


def test_every_command_checks_the_keys_first(settings: Settings) -> None:
    settings.VAULT_KEYS = ["nonsense"]
    assert [problem.id for problem in run_checks(tags=["security"])] == ["vault.E001"]
