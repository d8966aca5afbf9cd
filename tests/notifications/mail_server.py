"""A mail server of the tests' own: takes, defers, refuses, hangs or hangs up, as told."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread


class _Conversation(socketserver.StreamRequestHandler):
    """One client's SMTP session."""

    server: "MailServer"

    def handle(self) -> None:
        """Speak just enough SMTP, until the client has said goodbye or is gone."""
        with suppress(ConnectionError):
            self.server.calls += 1
            self._say(self.server.greeting)
            while line := self.rfile.readline():
                self._answer(line.strip().upper())

    def _answer(self, line: bytes) -> None:
        if line == b"QUIT":
            self._say("221 bye")
        elif line.startswith(b"RCPT"):
            known = not any(address.upper().encode() in line for address in self.server.unknown)
            self._say(self.server.to_recipients if known else "550 nobody of that name")
        elif line == b"DATA":
            self._say("354 go on")
            self._take(list(iter(self.rfile.readline, b".\r\n")))
        else:
            self._say("250 ok")

    def _take(self, lines: list[bytes]) -> None:
        if self.server.hangs:
            self.server.holds_one.set()
            self.rfile.read()
        elif self.server.to_messages.startswith("250"):
            self.server.received.append(_parsed(lines))
        self._say(self.server.to_messages)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it took in `received`; its answers may be changed while it runs.

    While it `hangs` it reads a message, tells `holds_one`, and neither answers nor keeps it until the client is gone.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Conversation)
        self.greeting = "220 test"
        self.to_recipients = self.to_messages = "250 ok"
        self.received: list[EmailMessage] = []
        self.calls = 0
        self.unknown: set[str] = set()
        self.hangs = False
        self.holds_one = Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


@contextmanager
def running(port: int = 0) -> Iterator[MailServer]:
    """A mail server for the length of a test."""
    with MailServer(port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _parsed(lines: list[bytes]) -> EmailMessage:
    message = message_from_bytes(b"".join(lines), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
