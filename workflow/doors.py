"""The door to one record: theirs or not there at all, and a knock at someone else's is written down once a day."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from audit import trail
from people.models import User

M = TypeVar("M", bound=Model)


def row_or_404(rows: QuerySet[M], *, actor: User, pk: Any) -> M:
    """The record among the rows this person may see; else 404, and their first try of a day is written down."""
    found = rows.filter(pk=pk).first()
    if found is not None:
        return found
    hidden = rows.model._default_manager.filter(pk=pk).first()  # noqa: SLF001  Django's documented way in
    if hidden is not None:
        name = rows.model._meta.model_name  # noqa: SLF001
        trail.refused_once_a_day(f"{name}.read", actor=actor, record=hidden, reason="Not theirs to see.")
    raise Http404
