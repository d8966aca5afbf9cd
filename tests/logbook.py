"""Reads the log as the portal writes it, in its form for machines."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from compliance_portal import logs

Written = Callable[[], list[dict[str, Any]]]


@contextmanager
def written_by(*names: str) -> Iterator[Written]:
    """Whatever these loggers write meanwhile, at every level from information upwards, a line each."""
    stream, loggers = io.StringIO(), [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    handler = _handler(stream)
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


def _handler(stream: io.StringIO) -> logging.Handler:
    settings = logs.logging(form="json", level="INFO")
    formatter = dict(settings["formatters"]["json"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter.pop("()")(**formatter))
    for name in settings["handlers"]["stderr"]["filters"]:
        handler.addFilter(settings["filters"][name]["()"]())
    return handler
