"""Who hears of what in the policy library; every line names a policy by its number, and never what was asked."""

from collections.abc import Iterable

from django.urls import reverse

from audit.models import Entry
from notifications.outbox import owe
from people.directory import holders_of
from people.models import Role, User
from policies import conflicts, rules
from policies.models import Document, Question, Version


def policy_url(number: str) -> str:
    """The policy as everyone reads it."""
    return reverse("policies:policy", args=[number])


def draft_url(version: Version) -> str:
    """A draft as its writers and reviewers see it."""
    return reverse("policies:draft", args=[version.pk])


def question_url(question: Question) -> str:
    """A question as those concerned see it."""
    return reverse("policies:question", args=[question.pk])


def tell_reviewers(event: Entry, version: Version, *, actor: User) -> None:
    """All who may approve it hear that a draft awaits their review."""
    wrote = {actor.pk, version.author_id, *version.contributions.values_list("person", flat=True)}
    able = [each for each in holders_of(*rules.APPROVERS) if each.pk not in wrote]
    _tell_of_draft("in_review", event, version, able)


def tell_owner(event: Entry, document: Document, *, actor: User) -> None:
    """Whoever owns a policy now hears of it, unless they took it themselves."""
    to = [document.owner] if document.owner != actor else []
    reference, url = f"Policy {document.number}", policy_url(document.number)
    owe("policies/owner", event=_key(event), to=to, reference=reference, url=url)


def tell_writers(template: str, event: Entry, version: Version, *, actor: User) -> None:
    """All who wrote in a draft, and the policy's owner, hear what became of it."""
    writers = User.objects.filter(pk__in=version.contributions.values("person"))
    people = [*writers, version.author, version.document.owner]
    _tell_of_draft(template, event, version, (each for each in people if each != actor))


def tell_holder(event: Entry, question: Question) -> None:
    """Whose turn it is hears that a question awaits them."""
    if question.holder is not None:
        _tell_of_question("question", event, question, [question.holder])


def tell_of_escalation(event: Entry, question: Question, *, had_it: User | None) -> None:
    """Whoever did not answer in time, and whoever asked, hear that someone else has the question now."""
    _tell_of_question("escalated", event, question, [question.asked_by])
    if had_it is not None:
        _tell_of_question("passed_over", event, question, [had_it])


def tell_of_moving_on(event: Entry, question: Question, *, had_it: User | None) -> None:
    """Whoever asked, and whoever is away and had the question, hear that someone else has it now."""
    _tell_of_question("moved_on", event, question, [question.asked_by])
    if had_it is not None and had_it.is_active:
        _tell_of_question("taken_over", event, question, [had_it])


def tell_office_of_silence(question: Question) -> None:
    """The communications office hears once of a question that nobody is left to answer."""
    kept_from = conflicts.kept_from(question)
    owe(
        "policies/unanswered",
        event=f"question {question.pk} unanswered",
        to=[person for person in holders_of(Role.OCCE) if person.pk not in kept_from],
        reference=f"Policy {question.document.number}",
        url=policy_url(question.document.number),
    )


def tell_asker(template: str, event: Entry, question: Question) -> None:
    """Whoever asked hears that there is an answer, or that someone else has the question."""
    _tell_of_question(template, event, question, [question.asked_by])


def tell_of_withdrawal(event: Entry, question: Question, *, had_it: User | None) -> None:
    """Whoever had a question hears that it was taken back."""
    if had_it is not None:
        _tell_of_question("question_withdrawn", event, question, [had_it])


def _tell_of_draft(template: str, event: Entry, version: Version, to: Iterable[User]) -> None:
    url = policy_url(version.document.number) if version.is_published else draft_url(version)
    reference = f"Policy {version.document.number}"
    owe(f"policies/{template}", event=_key(event), to=to, reference=reference, url=url)


def _tell_of_question(template: str, event: Entry, question: Question, to: Iterable[User]) -> None:
    reference = f"Policy {question.document.number}"
    kept_from = conflicts.kept_from(question)
    owe(
        f"policies/{template}",
        event=f"{_key(event)} {template}",
        to=[person for person in to if person.pk not in kept_from],
        reference=reference,
        url=question_url(question),
    )


def _key(event: Entry) -> str:
    return f"trail {event.pk}"
