"""Whose turn a question is: the asker's supervisor, then the policy's owner, then those above the owner."""

from collections.abc import Iterator
from dataclasses import dataclass

from people.chain import Link, chain_of_command, decides_for, superiors
from people.models import User
from policies import conflicts
from policies.models import Document, Question
from workflow import clock


@dataclass(frozen=True)
class Step:
    """One whose turn it can be, in whose name, and why; `title` is what they are to whoever asked."""

    person: User
    acting_for: User | None
    why: str
    title: str


def next_step(question: Question) -> Step | None:
    """The first of those who may answer and had no turn yet, as things stand today; None where nobody is left."""
    had = set(question.turns.values_list("person", flat=True)) if question.pk else set()
    kept_out = had | {question.asked_by_id} | conflicts.kept_from(question)
    return next((step for step in _route(question) if step.person.pk not in kept_out and step.person.is_active), None)


def first_step(document: Document, asker: User, *, about: User | None) -> Step | None:
    """Who would get a question of this person now; None where nobody can answer it."""
    return next_step(Question(document=document, asked_by=asker, about=about))


def supervisor_of(asker: User) -> User | None:
    """Whom a question that concerns "my supervisor" is about: the nearest above who still works here."""
    return next(iter(superiors(asker)), None)


def _route(question: Question) -> Iterator[Step]:
    asker, owner = question.asked_by, question.document.owner
    if question.about_id is None:
        # Only the nearest: a question goes to one's supervisor, then to those who know the policy.
        for link in chain_of_command(asker, on=clock.today())[:1]:
            is_theirs = (link.acting_for or link.person).pk == asker.supervisor_id
            yield _step(link, "your supervisor" if is_theirs else "the next above you")
    why = f"{owner} owns policy {question.document.number}."
    if at_the_owner := decides_for(owner, why, on=clock.today()):
        yield _step(at_the_owner, "the owner of the policy")
    for link in chain_of_command(owner, on=clock.today()):
        yield _step(link, "above the owner of the policy")


def _step(link: Link, title: str) -> Step:
    in_whose_name = f"who stands in for {link.acting_for}, {title}" if link.acting_for else title
    return Step(link.person, link.acting_for, link.why, in_whose_name)
