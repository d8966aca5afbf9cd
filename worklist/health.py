"""Answers for whoever watches over the portal: does its process live, and can it do its work."""

import functools
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.checks import checkpoint_lag
from notifications.checks import outbox_lag

# A few rounds of the work that should have brought each to nothing.
LONGEST_OUTBOX_LAG = timedelta(minutes=5)
LONGEST_CHECKPOINT_LAG = timedelta(minutes=5)


@login_not_required
@never_cache
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """Answer, and thereby say that this process does; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Say what keeps the portal from its work: an empty list and 200, or 503 and what is wrong, in general words."""
    try:
        wrong = list(_wrong())
    except DatabaseError:
        wrong = ["The database does not answer as it should."]
    return JsonResponse({"wrong": wrong}, status=HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK)


def _wrong() -> Iterator[str]:
    if not _known_migrations() <= MigrationRecorder(connection).applied_migrations().keys():
        yield "The database has not had all of its migrations."
        # Nothing else can be asked of tables that may not be there.
        return
    if outbox_lag() > LONGEST_OUTBOX_LAG:
        yield "Messages wait for delivery: see that the worker and the timetable run."
    if (checkpoint_lag() or timedelta()) > LONGEST_CHECKPOINT_LAG:
        yield "The trail waits for its signature: see that the worker and the timetable run."


@functools.cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    # Read from the disk once: it changes only with the code.
    return frozenset(MigrationLoader(None).disk_migrations)
