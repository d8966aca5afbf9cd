"""A browser's requests without a browser: kept connections and as little work as possible beside what is measured."""

import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

TIMEOUT = 120
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
# What a browser sends with every request, since a server reads it all.
_USUAL = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
    "Accept-Language: en-US,en;q=0.5",
    "Accept-Encoding: gzip, deflate, br",
    "Connection: keep-alive",
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Dest: document",
)


class Unexpected(Exception):
    """The server answered with something else than was measured for."""


@dataclass(frozen=True)
class Request:
    """One request, ready to be sent, and the status it is answered with when all is well."""

    data: bytes
    expected: int


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes


def get(port: int, path: str, cookies: str) -> Request:
    """A page asked for by somebody signed in."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *_USUAL, f"Cookie: {cookies}", "", ""]
    return Request("\r\n".join(lines).encode(), expected=200)


def post(port: int, path: str, cookies: str, fields: Sequence[tuple[str, str]]) -> Request:
    """A form sent as a browser sends one that may carry files; a success leads elsewhere."""
    boundary = "----benchmark7MA4YWxkTrZu0gW"
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields]
    body = "\r\n".join([*parts, f"--{boundary}--", ""]).encode()
    origin = f"http://127.0.0.1:{port}"
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        *_USUAL,
        f"Origin: {origin}",
        f"Referer: {origin}{path}",
        f"Cookie: {cookies}",
        f"Content-Type: multipart/form-data; boundary={boundary}",
        f"Content-Length: {len(body)}",
    ]
    return Request("\r\n".join([*lines, "", ""]).encode() + body, expected=302)


def said_on(page: str) -> str:
    """The first words of a page's main part."""
    words = _TAG.sub(" ", page[max(page.find("<main"), 0) :])
    return " ".join(words.split())[:400]


class Connection:
    """One kept connection, opened anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def ask(self, request: Request) -> Answer:
        """Send and read the whole answer; raises Unexpected for another status than the one expected."""
        answer = self._exchange(request.data)
        if answer.status != request.expected:
            first = request.data.split(b"\r\n", 1)[0].decode()
            raise Unexpected(f"{first}: {answer.status} instead of {request.expected}. {said_on(answer.body.decode())}")
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _exchange(self, data: bytes) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), TIMEOUT)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(data)
        received = self._socket.recv(1 << 16)
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end]
        length = _LENGTH.search(head)
        whole = end + 4 + (int(length[1]) if length else 0)
        pieces, held = [received], len(received)
        while held < whole:
            pieces.append(self._more())
            held += len(pieces[-1])
        if b"\r\nConnection: close" in head:
            self.close()
        return Answer(int(head[9:12]), head, b"".join(pieces)[end + 4 :])

    def _more(self) -> bytes:
        piece = self._socket.recv(1 << 18) if self._socket else b""
        if not piece:
            raise Unexpected("The server hung up in the middle of an answer.")
        return piece


@dataclass(frozen=True)
class Burst:
    """Some requests and how long each took, in seconds; `bytes` is the size of the last body."""

    latencies: list[float]
    elapsed: float
    bytes: int


def burst(port: int, requests: Sequence[Request], *, at_once: int) -> Burst:
    """Send all of these over so many kept connections; raises what went wrong on any of them."""
    waiting, latencies, sizes, problems = iter(requests), list[float](), [0], list[BaseException]()

    def visit() -> None:
        connection = Connection(port)
        try:
            # A list's iterator may be shared between threads: next() is one step.
            for request in waiting:
                began = time.perf_counter()
                answer = connection.ask(request)
                latencies.append(time.perf_counter() - began)
                sizes[0] = len(answer.body)
        except BaseException as problem:  # noqa: BLE001  raised below, in the thread that asked
            problems.append(problem)
        finally:
            connection.close()

    began = time.perf_counter()
    visitors = [threading.Thread(target=visit) for _ in range(at_once)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    if problems:
        raise problems[0]
    return Burst(latencies, time.perf_counter() - began, sizes[0])
