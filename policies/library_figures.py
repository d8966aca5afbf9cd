"""What the clause register counts of the library."""

from django.db.models import QuerySet

from policies import figures
from policies.clauses import Clause
from policies.models import Question, Version


def register() -> None:
    """Tell the register what is held so that employees stay informed."""
    figures.register(Clause.III_STAY, "Published versions of policies", _published)
    figures.register(Clause.III_STAY, "Questions asked", _asked)


def _published() -> QuerySet[Version]:
    return Version.objects.filter(status=Version.Status.PUBLISHED)


def _asked() -> QuerySet[Question]:
    return Question.objects.all()
