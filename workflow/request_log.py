"""One line a request in the log: what kind of page, how it ended; never whose, never which record."""

import uuid

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """django-structlog's request lines without person, browser or address: a confidential report has no trace."""

    def prepare(self, request: HttpRequest) -> None:  # noqa: ARG002  the library calls it so
        """Give the request its id; its line is written once its route is known."""
        structlog.contextvars.bind_contextvars(request_id=str(uuid.uuid4()))

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """The method and the route's pattern: no reference, nothing that was searched for."""
        match = request.resolver_match
        return f"{request.method} /{match.route}" if match else f"{request.method} (no such page)"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Leave out who asks: the trail says it where it should be said."""
