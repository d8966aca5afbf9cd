"""The virus scanner: ClamAV's INSTREAM conversation over a socket. Whatever is not a clean answer is a no."""

import socket
import struct

from django.conf import settings

CONNECT_SECONDS = 5
ANSWER_SECONDS = 60
CHUNK_BYTES = 64 * 1024
LONGEST_ANSWER = 4096


class Infected(Exception):
    """The scanner found something; carries its name."""


class ScannerAway(Exception):
    """No clear answer came: not configured right, down, too slow, or not understood."""


def scan(content: bytes) -> None:
    """Have a file scanned where a scanner is configured; raises Infected, or ScannerAway when nobody can tell."""
    if not settings.CLAMAV_SOCKET:
        return
    try:
        answer = _asked(memoryview(content))
    except OSError as error:
        raise ScannerAway(str(error)) from error
    _read(answer)


def _read(answer: str) -> None:
    verdict = answer.removeprefix("stream: ")
    if verdict.endswith(" FOUND"):
        raise Infected(verdict.removesuffix(" FOUND"))
    if verdict != "OK":
        raise ScannerAway(f"unexpected answer: {verdict[:100]!r}")


def _asked(content: memoryview) -> str:
    with _connected(settings.CLAMAV_SOCKET) as line:
        line.settimeout(ANSWER_SECONDS)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK_BYTES):
            piece = content[start : start + CHUNK_BYTES]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        return _answer(line)


def _connected(address: str) -> socket.socket:
    host, separator, port = address.rpartition(":")
    if separator and port.isdecimal():
        return socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(CONNECT_SECONDS)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < LONGEST_ANSWER:
        if not (piece := line.recv(LONGEST_ANSWER)):
            raise ConnectionError("the scanner hung up before it answered")
        received += piece
    return received.rstrip(b"\0").decode(errors="replace")
