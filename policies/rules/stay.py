"""Staying informed (III): who writes, approves and publishes policies, and who answers questions about them."""

import re
from datetime import date, timedelta

from django.utils.formats import date_format

from people.models import User
from policies import conflicts
from policies.clauses import Clause, enforces
from policies.models import Contribution, Document, PublishedAnswer, Question, Version
from policies.rules.sight import APPROVERS, WRITERS
from workflow.decisions import ALLOWED, Decision, Denied, first_denial
from workflow.text import as_read

SHORTEST_NAME = 3
# A slip in the year must not block every later version.
FARTHEST = timedelta(days=731)
_WORD = re.compile(r"\w+")


# --- Writing and approving


def may_start(actor: User) -> Decision:
    """Policies are begun by those whose work they are."""
    if actor.has_role(*WRITERS):
        return ALLOWED
    return Denied("Only the communications office, counsel, Privacy Officers and office heads begin a policy.")


def may_begin_version(actor: User, document: Document) -> Decision:
    """The writers of policies, and the owner of this one, begin its next version."""
    if actor.has_role(*WRITERS) or owns(actor, document):
        return ALLOWED
    return Denied("Only those who write policies and the owner of this one begin a new version.")


def owns(person: User, document: Document) -> bool:
    """Whether a policy is this person's, who still works here."""
    return person.is_active and person.pk == document.owner_id


def may_hand_over(actor: User, document: Document) -> Decision:
    """The owner and the writers of policies say who answers for one."""
    return may_begin_version(actor, document)


def may_own(person: User) -> Decision:
    """Someone who works here answers for a policy."""
    return ALLOWED if person.is_active else Denied(f"{person} has left. Choose someone who works here.")


@enforces(Clause.III_STAY)
def is_still_written(version: Version) -> Decision:
    """What was published stands; what is under review stands while it is looked at."""
    if version.is_published:
        return Denied("Published policy text cannot be edited. Create a new version.", conflict=True)
    if version.status != Version.Status.DRAFT:
        return Denied(f"This is {version.get_status_display().lower()} now. Take it back to change it.", conflict=True)
    return ALLOWED


def may_write(actor: User, version: Version) -> Decision:
    """The writers of policies, and the owner of this one."""
    if actor.has_role(*WRITERS) or owns(actor, version.document):
        return ALLOWED
    return Denied("Only those who write policies and the owner of this one change its drafts.")


def may_edit(actor: User, version: Version) -> Decision:
    """Whether this person may change this text now."""
    return first_denial(may_write(actor, version), is_still_written(version))


def may_take_back(actor: User, version: Version) -> Decision:
    """Who may write it may take it back from review."""
    return may_write(actor, version)


@enforces(Clause.III_STAY)
def is_complete(version: Version) -> Decision:
    """A reviewer needs the text, and in a sentence what is new in it; a title it has from the beginning."""
    if not version.body.strip():
        return Denied("Write the text of the policy first.")
    return ALLOWED if version.summary.strip() else Denied("Say what changed in a sentence or two first.")


def may_submit(actor: User, version: Version) -> Decision:
    """A complete draft goes to review."""
    return first_denial(may_write(actor, version), is_complete(version))


@enforces(Clause.III_STAY)
def was_written_by_others(actor: User, version: Version) -> Decision:
    """Nobody approves a text they wrote in."""
    if actor.pk == version.author_id or Contribution.objects.filter(version=version, person=actor).exists():
        return Denied("You wrote in this draft. Someone else must approve it.")
    return ALLOWED


def may_review(actor: User, _version: Version) -> Decision:
    """Those with the role for it approve a draft, or give it back with words.

    Owning the policy is not enough: its writers choose who owns it.
    """
    if actor.has_role(*APPROVERS):
        return ALLOWED
    return Denied("Only counsel, Privacy Officers and office heads review drafts.")


def may_remark(actor: User, version: Version) -> Decision:
    """Writers and reviewers talk about what is not published yet."""
    if version.status not in Version.OPEN:
        return Denied("This draft is over, so nothing more is said about it.", conflict=True)
    return ALLOWED if may_review(actor, version) else may_write(actor, version)


def may_approve(actor: User, version: Version) -> Decision:
    """A reviewer who did not write in it approves a draft."""
    return first_denial(may_review(actor, version), was_written_by_others(actor, version))


@enforces(Clause.III_STAY)
def is_approved(version: Version) -> Decision:
    """Nothing is published that nobody approved: waiting is not approving."""
    if version.approved_by_id is None:
        return Denied("Nobody has approved this draft yet. Send it for review first.", conflict=True)
    return ALLOWED


def may_publish(actor: User, version: Version) -> Decision:
    """Those who write or review it publish what was approved."""
    allowed = ALLOWED if may_review(actor, version) else may_write(actor, version)
    return first_denial(allowed, is_approved(version))


@enforces(Clause.III_STAY)
def takes_effect_in_order(effective_on: date, *, last: Version | None, today: date) -> Decision:
    """Only a policy's first version may have applied before it came here; later ones never rewrite the past."""
    if effective_on > today + FARTHEST:
        return Denied("Choose a day within the next two years.")
    if last is None or last.effective_on is None:
        return ALLOWED
    if effective_on < today:
        return Denied("A new version takes effect today or later. Choose another day.")
    if effective_on < last.effective_on:
        day = date_format(last.effective_on, "F j, Y")
        return Denied(f"Version {last.number} takes effect on {day}. Choose that day or later.")
    return ALLOWED


# --- Questions


@enforces(Clause.III_STAY)
def may_answer(actor: User, question: Question) -> Decision:
    """Whose turn it is answers, or the policy's owner; nobody answers themselves, or a question about themselves."""
    if actor.pk == question.asked_by_id:
        return Denied("You asked this, so someone else answers it.")
    if isinstance(refusal := _is_impartial(actor, question), Denied):
        return refusal
    if question.is_open and actor.pk not in (question.holder_id, question.document.owner_id):
        return _is_with(question.holder)
    return ALLOWED


def may_pass_on(actor: User, question: Question) -> Decision:
    """Whose turn it is hands it on; the policy's owner, and whoever stands in for them, cannot."""
    if isinstance(refusal := _is_impartial(actor, question), Denied):
        return refusal
    if not question.is_open:
        state = question.get_status_display().lower()
        return Denied(f"This question is {state} now, so nobody passes it on.", conflict=True)
    if actor.pk != question.holder_id:
        return _is_with(question.holder)
    if question.document.owner_id in (question.holder_id, question.acting_for_id):
        return Denied("You answer for this policy, so the question ends with you. Answer it.")
    return ALLOWED


def may_withdraw(actor: User, question: Question) -> Decision:
    """Whoever asked may take the question back."""
    return ALLOWED if actor.pk == question.asked_by_id else Denied("Only the person who asked can withdraw this.")


def may_publish_answer(actor: User, question: Question) -> Decision:
    """The policy's owner publishes what was answered, and again once it was withdrawn."""
    if actor.pk != question.document.owner_id or actor.pk in conflicts.kept_from(question):
        return Denied("Only the owner of the policy publishes answers.")
    if question.status != Question.Status.ANSWERED:
        return Denied("There is no answer to publish.", conflict=True)
    if PublishedAnswer.objects.filter(question=question, withdrawn_at=None).exists():
        return Denied("This answer has been published already.", conflict=True)
    return ALLOWED


def may_withdraw_answer(actor: User, answer: PublishedAnswer) -> Decision:
    """The policy's owner takes a published answer out again, once."""
    if actor.pk != answer.document.owner_id:
        return Denied("Only the owner of the policy withdraws a published answer.")
    if answer.withdrawn_at is not None:
        return Denied("This answer has been withdrawn already.", conflict=True)
    return ALLOWED


@enforces(Clause.III_STAY)
def names_nobody(text: str, question: Question) -> Decision:
    """What everyone reads names neither who asked nor who answered nor whom it is about."""
    said = _WORD.findall(as_read(text))
    for person in (question.asked_by, question.answered_by, question.about):
        names = _WORD.findall(as_read(person.name)) if person else []
        if found := _name_in(said, names):
            return Denied(f"Take out the name “{found}”: everyone reads this.")
    return ALLOWED


def _name_in(said: list[str], names: list[str]) -> str:
    """The name among these words, or nothing: one name with a capital, since "may" is a word, or all in any letters."""
    capitals = {word.lower() for word in said if word != word.lower()}
    for name in names:
        if len(name) >= SHORTEST_NAME and name.lower() in capitals:
            return name
    together = " ".join(names)
    return together if len(names) > 1 and f" {together} ".lower() in f" {' '.join(said)} ".lower() else ""


def _is_impartial(actor: User, question: Question) -> Decision:
    if actor.pk == question.about_id:
        return Denied("This question is about you, so someone else answers it.")
    if actor.pk in conflicts.kept_from(question):
        return Denied(f"You stand in for {question.about} today, so someone else answers this.")
    return ALLOWED


def _is_with(holder: User | None) -> Denied:
    return Denied(f"{holder or 'Nobody'} has this question now.", conflict=True)
