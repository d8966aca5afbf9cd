"""The brokers the worker is tried with: files always, and the servers that answer on their standard local port."""

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from kombu import Connection, Queue
from redis import Redis

from tests import servers

FILES = "filesystem://"


def every_broker() -> list[object]:
    """A pytest parameter for the files and for each server that answered when the run began."""
    return [pytest.param(url, id=url.partition(":")[0]) for url in (FILES, *os.environ[servers.BROKERS].split())]


@contextmanager
def own_queue(url: str) -> Iterator[str]:
    """The name of a queue nobody else uses, gone afterwards."""
    name = f"test-{uuid.uuid4().hex}"
    yield name
    if url.startswith("amqp"):
        with Connection(url) as connection:
            Queue(name, channel=connection.default_channel).delete()
    if url.startswith("redis"):
        with Redis.from_url(url) as server:
            server.delete(name, *server.scan_iter(f"*{name}"))


@contextmanager
def frozen_server() -> Iterator[int]:
    """A port where connections are taken and nothing is ever said, like a stopped server's."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:
        yield listening.getsockname()[1]


@contextmanager
def black_hole() -> Iterator[int]:
    """A port where even the connection is never made."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        port = listening.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        yield port
        for each in waiting:
            each.close()


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
