"""A few sealed bytes open with their own key in their own place, and otherwise not at all."""

from dataclasses import replace

import pytest

from tests.vault.keys import KEY, OTHER
from vault import envelope
from vault.envelope import Sealed, VaultError

SECRET = b"what the reporter saw"
HERE = "incidents.incident:7#narrative"


def test_what_was_sealed_opens_in_its_place() -> None:
    sealed = Sealed.parse(bytes(envelope.seal(SECRET, key=KEY, binding=HERE)))
    assert envelope.unseal(sealed, key=KEY, binding=HERE) == SECRET


def test_sealed_bytes_show_the_key_and_nothing_of_the_contents() -> None:
    raw = bytes(envelope.seal(SECRET, key=KEY, binding=HERE))
    assert Sealed.parse(raw).key_id == "one"
    assert SECRET not in raw


def test_sealing_twice_never_looks_the_same() -> None:
    assert bytes(envelope.seal(SECRET, key=KEY, binding=HERE)) != bytes(envelope.seal(SECRET, key=KEY, binding=HERE))


@pytest.mark.parametrize(
    "there", ["incidents.incident:8#narrative", "incidents.draft:7#narrative", "incidents.incident:7#reporter"]
)
def test_another_row_table_or_purpose_opens_nothing(there: str) -> None:
    sealed = envelope.seal(SECRET, key=KEY, binding=HERE)
    with pytest.raises(VaultError, match="altered or moved"):
        envelope.unseal(sealed, key=KEY, binding=there)


def test_another_key_of_the_same_name_opens_nothing() -> None:
    sealed = envelope.seal(SECRET, key=KEY, binding=HERE)
    with pytest.raises(VaultError, match="not the key that sealed it"):
        envelope.unseal(sealed, key=replace(OTHER, id=KEY.id), binding=HERE)


def test_every_single_changed_byte_is_noticed() -> None:
    raw = bytes(envelope.seal(SECRET, key=KEY, binding=HERE))
    for position in range(len(raw)):
        changed = raw[:position] + bytes([raw[position] ^ 0x80]) + raw[position + 1 :]
        with pytest.raises(VaultError):
            envelope.unseal(Sealed.parse(changed), key=KEY, binding=HERE)


def test_every_cut_is_noticed() -> None:
    raw = bytes(envelope.seal(SECRET, key=KEY, binding=HERE))
    for length in range(len(raw)):
        with pytest.raises(VaultError):
            envelope.unseal(Sealed.parse(raw[:length]), key=KEY, binding=HERE)


def test_a_refusal_repeats_neither_contents_nor_key() -> None:
    raw = bytes(envelope.seal(SECRET, key=KEY, binding=HERE))
    with pytest.raises(VaultError) as refusal:
        envelope.unseal(Sealed.parse(raw), key=OTHER, binding=HERE)
    assert raw[20:].hex() not in repr(refusal.value)
    assert refusal.value.__cause__ is None
    assert "\\x00" not in repr(KEY)
