"""What the clause register counts of access: totals alone."""

from functools import partial

from django.db.models import QuerySet

from access_requests.models import AccessRequest
from policies import figures
from policies.clauses import Clause

Status = AccessRequest.Status


def register() -> None:
    """Tell the register which requests stand under the clause."""
    figures.register(Clause.II_I, "Requests for access", partial(_sent, *Status))
    figures.register(Clause.II_I, "Access in force", partial(_sent, Status.ACTIVE))


def _sent(*statuses: str) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(submitted_at__isnull=False, status__in=statuses)
