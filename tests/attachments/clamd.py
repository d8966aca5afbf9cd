"""A scanner that behaves as told, on a socket of its own."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Clamd:
    """Takes one INSTREAM conversation, remembers the file, and answers (or does not)."""

    def __init__(self, listening: socket.socket, answer: bytes | None) -> None:
        self.listening = listening
        self.answer = answer
        self.heard = b""
        self.released = threading.Event()

    def serve(self) -> None:
        """One conversation; without an answer it hangs up once the file has come."""
        line, _ = self.listening.accept()
        with line, line.makefile("rb") as incoming:
            assert incoming.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", incoming.read(4))[0]:
                self.heard += incoming.read(size)
            if self.answer == b"":
                self.released.wait(20)
            elif self.answer:
                line.sendall(self.answer)


@contextmanager
def clamd(listening: socket.socket, answer: bytes | None) -> Iterator[Clamd]:
    """A scanner with this answer: None hangs up, empty stays silent until the test is over."""
    scanner = Clamd(listening, answer)
    thread = threading.Thread(target=scanner.serve)
    thread.start()
    try:
        yield scanner
    finally:
        scanner.released.set()
        thread.join(20)
        listening.close()


def unix(path: Path) -> socket.socket:
    """A socket listening at a path."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(path))
    listening.listen()
    return listening


def tcp() -> socket.socket:
    """A socket listening at a port of this machine."""
    return socket.create_server(("127.0.0.1", 0))
