"""Logs for people (console) or machines (JSON): one line an event, the request's id on each, nobody's words."""

import logging as standard
import re
import traceback
from collections.abc import Iterator
from typing import Any

import psycopg2
import structlog
from django.db import Error as DatabaseError

LEFT_OUT = "(address left out)"
# What PostgreSQL adds beneath the first line of an error quotes rows and statements, and so whatever people typed.
_QUOTED = re.compile(r"\s*(\n|\\n)(DETAIL|CONTEXT|HINT|QUERY|LINE \d+):.*", re.DOTALL)


def said_safely(error: BaseException) -> str:
    """The words of an exception; of one from the database, the first line alone."""
    words = str(error)
    if isinstance(error, DatabaseError | psycopg2.Error):
        words = words.partition("\n")[0]
    return f"{type(error).__qualname__}: {words}"


def told_safely(exc_info: structlog.typing.ExcInfo) -> str:
    """The traceback, plain: no local variables, and of the database's errors no details."""
    parts = []
    for error in _and_its_causes(exc_info[1]):
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{frames}{said_safely(error)}")
    return "\n\nwhich led to:\n\n".join(reversed(parts))


def _and_its_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def without_details(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Cut what PostgreSQL quoted out of words that others have made of its errors."""
    for name, value in event.items():
        words = said_safely(value) if isinstance(value, BaseException) else value
        if isinstance(words, str) and not name.startswith("_"):
            event[name] = _QUOTED.sub("", words)
    return event


class WithoutAddresses(standard.Filter):
    """Takes the address out of what Django and gunicorn say of a request: it names a record or what was searched."""

    def filter(self, record: standard.LogRecord) -> bool:
        """Change the record; every record passes."""
        path = getattr(getattr(record, "request", None), "path", None)
        if path is not None and isinstance(record.args, tuple):
            record.args = tuple(LEFT_OUT if part == path else part for part in record.args)
        if record.name == "gunicorn.error" and record.args and str(record.msg).startswith("Error handling request"):
            record.msg, record.args = "Error handling request", ()
        return True


_BEFORE_RENDERING: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    # The plain traceback: the pretty one prints local variables, and with them whatever people have typed.
    structlog.processors.ExceptionRenderer(told_safely),
    without_details,
]


def logging(*, form: str, level: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING; `form` is json or console."""
    structlog.configure(
        processors=[*_BEFORE_RENDERING, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderers: dict[str, structlog.typing.Processor] = {
        "json": structlog.processors.JSONRenderer(),
        "console": structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"addresses": {"()": WithoutAddresses}},
        "formatters": {name: _formatter(renderer) for name, renderer in renderers.items()},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["addresses"]}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": _LOGGERS,
    }


_LOGGERS: dict[str, Any] = {
    # Without handlers of its own: one of Django's would mail whole requests.
    "django": {"handlers": [], "propagate": True},
    # workflow.request_log has a line for every request already, and one without the address.
    "django.request": {"level": "CRITICAL"},
    "django.security.DisallowedHost": {"level": "CRITICAL"},
    "gunicorn.error": {"handlers": [], "propagate": True},
}


def _formatter(renderer: structlog.typing.Processor) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processor": renderer,
        "foreign_pre_chain": _BEFORE_RENDERING,
    }
