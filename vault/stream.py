"""The sealed form of a file: chunks in the STREAM construction, so none can be cut off, moved, doubled or swapped."""

import os
import struct
from collections.abc import Iterator
from itertools import count
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.envelope import KEY_BYTES, TAG_BYTES, Key, VaultError

VERSION = 2
SALT_BYTES = 32
PREFIX_BYTES = 7
HEADER_BYTES = 1 + SALT_BYTES + PREFIX_BYTES
CHUNK_BYTES = 64 * 1024


class Readable(Protocol):
    """Anything that gives its bytes a piece at a time."""

    def read(self, size: int, /) -> bytes: ...


def seal(source: Readable, *, key: Key, binding: str) -> Iterator[bytes]:
    """The sealed file, piece by piece: a header, then chunks that each know their place and whether they are last."""
    header = bytes([VERSION]) + os.urandom(SALT_BYTES + PREFIX_BYTES)
    cipher = _cipher(key, header, binding)
    yield header
    for number, chunk, last in _numbered(source, CHUNK_BYTES):
        yield cipher.encrypt(_nonce(header, number, last=last), chunk, None)


def unseal(source: Readable, *, key: Key, binding: str) -> Iterator[bytes]:
    """The file as it was sealed, each piece proven before it is given out; raises VaultError at a false one."""
    header = _exactly(source, HEADER_BYTES)
    if len(header) < HEADER_BYTES or header[0] != VERSION:
        raise VaultError("This is not a sealed file, or a newer version of the portal sealed it.")
    cipher = _cipher(key, header, binding)
    for number, chunk, last in _numbered(source, CHUNK_BYTES + TAG_BYTES):
        yield _opened(cipher, _nonce(header, number, last=last), chunk)


def _cipher(key: Key, header: bytes, binding: str) -> AESGCM:
    # A key of its own for each file: two files under one data key can never meet on a nonce, and none opens elsewhere.
    salt = header[1 : 1 + SALT_BYTES]
    info = header + key.id.encode() + b"\0" + binding.encode()
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, info).derive(key.material))


def _nonce(header: bytes, number: int, *, last: bool) -> bytes:
    return header[-PREFIX_BYTES:] + struct.pack(">I?", number, last)


def _opened(cipher: AESGCM, nonce: bytes, chunk: bytes) -> bytes:
    # A cut inside the last tag leaves too few bytes for the cipher to try at all.
    if len(chunk) >= TAG_BYTES:
        try:
            return cipher.decrypt(nonce, chunk, None)
        except InvalidTag:
            pass
    raise VaultError("This sealed file cannot be opened: it was altered, cut short or exchanged for another.")


def _numbered(source: Readable, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Pieces of one size with their number and whether nothing follows; an empty source is one empty last piece."""
    piece = _exactly(source, size)
    for number in count():
        following = _exactly(source, size) if len(piece) == size else b""
        yield number, piece, not following
        if not following:
            return
        piece = following


def _exactly(source: Readable, size: int) -> bytes:
    """As many bytes as asked for; fewer only where the source ends."""
    pieces = []
    while size and (piece := source.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
