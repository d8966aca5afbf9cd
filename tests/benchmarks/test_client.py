"""The client that stands in for a browser, against a server of a few lines."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from benchmarks import processes
from benchmarks.client import Connection, Request, Unexpected, burst, get, post, said_on
from benchmarks.filing import answers, hidden_in
from policies.screening import may_be_stored

BODY = b"x" * 200_000


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers every page with the same body, a form with the way on, and /gone with 404."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(404 if self.path == "/gone" else 200, BODY)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(302 if b'name="draft"\r\n\r\n7\r\n' in sent else 422, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_a_page_is_read_whole_and_the_connection_kept(port: int) -> None:
    connection = Connection(port)
    answers = [connection.ask(get(port, "/", "session=1")) for _ in range(3)]
    connection.close()
    assert {len(answer.body) for answer in answers} == {len(BODY)}


def test_a_form_is_sent_as_a_browser_sends_it(port: int) -> None:
    connection = Connection(port)
    assert connection.ask(post(port, "/", "session=1", [("draft", "7")])).status == 302
    connection.close()


@pytest.mark.parametrize("at_once", [1, 8])
def test_a_burst_times_every_request(port: int, at_once: int) -> None:
    done = burst(port, [get(port, "/", "")] * 40, at_once=at_once)
    assert len(done.latencies) == 40
    assert done.bytes == len(BODY)
    assert max(done.latencies) <= done.elapsed


def test_an_answer_nobody_measured_for_ends_the_burst(port: int) -> None:
    with pytest.raises(Unexpected, match=r"GET /gone HTTP/1\.1: 404 instead of 200"):
        burst(port, [get(port, "/gone", "")], at_once=1)


def test_what_a_page_says_is_told_without_its_markup() -> None:
    assert said_on("<header>DHS</header><main id='m'>\n<h1>Error</h1> <p>Say what happened.</p></main>") == (
        "Error Say what happened."
    )


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(OSError, match="refused"):
        burst(1, [Request(b"GET / HTTP/1.1\r\n\r\n", 200)], at_once=2)


def test_what_a_form_brings_along_is_sent_back() -> None:
    page = (
        '<input type="hidden" name="elsewhere" value="1"><form id="report">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="a&amp;b"><input type="hidden" name="draft" value="7">'
    )
    assert hidden_in(page) == [("csrfmiddlewaretoken", "a&b"), ("draft", "7")]
    with pytest.raises(Unexpected):
        hidden_in('<form id="report"></form>')


def test_no_answer_is_stopped_by_a_screen() -> None:
    assert all(may_be_stored(value) for _ in range(200) for _, value in answers("A picture was posted."))


def test_computing_shows_in_a_processs_clock_and_memory_in_its_size() -> None:
    own = threading.main_thread().native_id or 0
    before = processes.cpu_seconds([own])
    while processes.spent_between(before, processes.cpu_seconds([own])) < 0.01:
        sum(range(1000))
    assert processes.resident_mib(own) > 10
    assert processes.cpu_seconds([2**22 + 1]) == {}
