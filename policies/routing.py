"""Whose turn a question is: the asker's supervisor, then the policy's owner, then those above the owner."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from people.chain import Link, chain_of_command
from people.models import Delegation, User
from policies.models import Question
from workflow import clock


@dataclass(frozen=True)
class Step:
    """One whose turn it can be, in whose name, and why."""

    person: User
    acting_for: User | None
    why: str


def next_step(question: Question) -> Step | None:
    """The first of those who may answer and had no turn yet, as things stand today; None where nobody is left."""
    had = set(question.turns.values_list("person", flat=True)) if question.pk else set()
    kept_out = had | {question.asked_by_id, *_everyone_like(question.about)}
    return next((step for step in _route(question) if step.person.pk not in kept_out and step.person.is_active), None)


def to_the_owner(question: Question) -> Step:
    """The policy's owner, asked by whoever had the question."""
    owner = question.document.owner
    return Step(owner, None, f"{owner} owns policy {question.document.number}.")


def _route(question: Question) -> Iterator[Step]:
    asker, owner = question.asked_by, question.document.owner
    if question.about is None:
        # Only the nearest: a question goes to one's supervisor, then to those who know the policy.
        yield from map(_step, chain_of_command(asker)[:1])
    yield to_the_owner(question)
    yield from map(_step, chain_of_command(owner))


def _step(link: Link) -> Step:
    return Step(link.person, link.acting_for, link.why)


def _everyone_like(person: User | None) -> set[int]:
    """Someone the question is about, and whoever stands in for them today."""
    if person is None:
        return set()
    stands_in: QuerySet[Delegation] = Delegation.objects.covering(clock.today()).filter(delegator=person)
    return {person.pk, *stands_in.values_list("delegate", flat=True)}
