"""A sealed file opens whole and in order, or not at all."""

import io
import random
from collections.abc import Callable

import pytest

from tests.vault.keys import KEY, OTHER
from vault import stream
from vault.envelope import TAG_BYTES, VaultError
from vault.stream import CHUNK_BYTES, HEADER_BYTES

HERE = "attachments.attachment:1#original"
SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES


class Dripping(io.RawIOBase):
    """A source that gives fewer bytes than asked for, as pipes and sockets do."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.rest = data

    def read(self, size: int = -1, /) -> bytes:
        """At most 1000 bytes."""
        piece, self.rest = self.rest[: min(size, 1000)], self.rest[min(size, 1000) :]
        return piece


def sealed(plaintext: bytes, binding: str = HERE) -> bytes:
    return b"".join(stream.seal(io.BytesIO(plaintext), key=KEY, binding=binding))


def opened(raw: bytes, binding: str = HERE) -> bytes:
    return b"".join(stream.unseal(io.BytesIO(raw), key=KEY, binding=binding))


def file_of(size: int) -> bytes:
    return random.Random(size).randbytes(size)  # noqa: S311  content for a test, not a secret


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 5]
)
def test_files_around_the_chunk_size_come_back_whole(size: int) -> None:
    assert opened(sealed(file_of(size))) == file_of(size)


def test_a_source_that_drips_is_sealed_whole() -> None:
    raw = b"".join(stream.seal(Dripping(file_of(200_000)), key=KEY, binding=HERE))
    assert b"".join(stream.unseal(Dripping(raw), key=KEY, binding=HERE)) == file_of(200_000)


def test_memory_holds_a_few_chunks_however_long_the_file() -> None:
    pieces = stream.seal(io.BytesIO(file_of(10 * CHUNK_BYTES)), key=KEY, binding=HERE)
    assert max(len(piece) for piece in pieces) == SEALED_CHUNK


def chunks(raw: bytes) -> list[bytes]:
    return [raw[at : at + SEALED_CHUNK] for at in range(HEADER_BYTES, len(raw), SEALED_CHUNK)]


def rebuilt(raw: bytes, order: list[int]) -> bytes:
    return raw[:HEADER_BYTES] + b"".join(chunks(raw)[number] for number in order)


@pytest.mark.parametrize(
    ("damage", "tampered"),
    [
        ("last chunk missing", lambda raw: rebuilt(raw, [0, 1])),
        ("only the header", lambda raw: raw[:HEADER_BYTES]),
        ("nothing at all", lambda _: b""),
        ("cut inside a chunk", lambda raw: raw[:-40]),
        ("cut inside the last tag", lambda raw: raw[:-1]),
        ("chunks exchanged", lambda raw: rebuilt(raw, [1, 0, 2])),
        ("a chunk twice", lambda raw: rebuilt(raw, [0, 0, 1, 2])),
        ("a chunk missing", lambda raw: rebuilt(raw, [0, 2])),
        ("something added", lambda raw: raw + b"more"),
        ("the last chunk again", lambda raw: rebuilt(raw, [0, 1, 2, 2])),
        ("salt changed", lambda raw: raw[:5] + bytes([raw[5] ^ 1]) + raw[6:]),
        ("nonce changed", lambda raw: raw[:35] + bytes([raw[35] ^ 1]) + raw[36:]),
        ("version changed", lambda raw: b"\x01" + raw[1:]),
        ("one bit of contents", lambda raw: raw[:-30] + bytes([raw[-30] ^ 1]) + raw[-29:]),
    ],
)
def test_a_tampered_file_is_refused(damage: str, tampered: Callable[[bytes], bytes]) -> None:
    raw = sealed(file_of(2 * CHUNK_BYTES + 100))
    with pytest.raises(VaultError):
        opened(tampered(raw))


def test_chunks_of_two_files_cannot_be_mixed() -> None:
    one, two = sealed(file_of(2 * CHUNK_BYTES)), sealed(file_of(2 * CHUNK_BYTES))
    with pytest.raises(VaultError):
        opened(one[: HEADER_BYTES + SEALED_CHUNK] + two[HEADER_BYTES + SEALED_CHUNK :])


def test_the_shared_copy_cannot_stand_in_for_the_original() -> None:
    with pytest.raises(VaultError):
        opened(sealed(b"copy", binding="attachments.attachment:1#copy"))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(VaultError):
        b"".join(stream.unseal(io.BytesIO(sealed(b"x")), key=OTHER, binding=HERE))


def test_pieces_before_the_false_one_were_already_proven() -> None:
    raw = sealed(file_of(2 * CHUNK_BYTES))
    pieces = stream.unseal(io.BytesIO(raw[:-1]), key=KEY, binding=HERE)
    assert next(pieces) == file_of(2 * CHUNK_BYTES)[:CHUNK_BYTES]
    with pytest.raises(VaultError):
        next(pieces)
