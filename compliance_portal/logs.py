"""Logs for people (console) or machines (JSON): one line an event, the request's id on each."""

from typing import Any

import structlog

_BEFORE_RENDERING: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    # The plain traceback: the pretty one prints local variables, and with them whatever people have typed.
    structlog.processors.format_exc_info,
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
        "formatters": {name: _formatter(renderer) for name, renderer in renderers.items()},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
    }


def _formatter(renderer: structlog.typing.Processor) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processor": renderer,
        "foreign_pre_chain": _BEFORE_RENDERING,
    }
