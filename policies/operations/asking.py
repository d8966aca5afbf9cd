"""Questions about a clause: asked, answered, passed on, withdrawn, and published without names."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from audit import trail
from audit.models import Entry
from people.models import User
from policies import lifecycle, notices, routing, rules
from policies.models import PublishedAnswer, Question, Turn, Version
from policies.models.questions import LONGEST_WHY
from policies.parameters import ANSWER_DAYS
from policies.routing import Step
from workflow import calendar, clock
from workflow.decisions import Denied, Refused, require
from workflow.lifecycle import advance

NOBODYS_TURN: dict[str, Any] = {"holder": None, "acting_for": None}
NOBODY = Denied("Nobody can answer this in the portal. Ask the communications office (OCCE).")


@dataclass(frozen=True)
class Place:
    """What a question is about: a version, and a part of it (its anchor and citation, empty for all of it)."""

    version: Version
    anchor: str = ""
    citation: str = ""


@transaction.atomic
def ask(place: Place, *, actor: User, body: str, concerns_supervisor: bool, submission: uuid.UUID) -> Question:
    """Ask one's supervisor, or the policy's owner where it concerns the supervisor; sent twice, it is one question."""
    about = routing.supervisor_of(actor) if concerns_supervisor else None
    # Whom it concerns counts as well: nobody is shown as sent to the owner what their supervisor has.
    words = f"{actor.pk} {place.version.pk} {place.anchor} {about and about.pk} {body}"
    number = uuid.uuid5(submission, words)
    known = Question.objects.filter(submission=number).first()
    return known or _ask_once(place, actor, body, about, number)


@transaction.atomic
def answer(question: Question, *, actor: User, body: str) -> Question:
    """Answer for good; whoever asked hears of it."""
    question = locked(question)
    said = {"answer": body, "answered_by": actor, "answered_at": clock.now()}
    event = advance(question, lifecycle.ANSWER, actor=actor, also={**said, **NOBODYS_TURN})
    notices.tell_asker("answered", event, question)
    return question


@transaction.atomic
def pass_on(question: Question, *, actor: User) -> Question:
    """Hand a question to the policy's owner, or where the owner had it or may not have it, to those above the owner."""
    question = locked(question)
    require(rules.may_pass_on(actor, question), action="question.pass_on", record=question)
    step = routing.next_step(question)
    if step is None:
        raise Refused(NOBODY, action="question.pass_on", record=question)
    event = give_to(question, step, "question.passed_on", actor=actor, because=f"{actor} passed it on.")
    notices.tell_asker("passed_on", event, question)
    return question


@transaction.atomic
def withdraw(question: Question, *, actor: User) -> Question:
    """Take one's own question back before it is answered."""
    question = locked(question)
    holder = question.holder
    event = advance(question, lifecycle.WITHDRAW, actor=actor, also=NOBODYS_TURN)
    notices.tell_of_withdrawal(event, question, had_it=holder)
    return question


@transaction.atomic
def publish_answer(question: Question, *, actor: User, asked: str, answered: str) -> PublishedAnswer:
    """Put an answer beside the policy for everyone, in words that name nobody."""
    question = locked(question)
    require(rules.may_publish_answer(actor, question), action="question.publish", record=question)
    for said in (asked, answered):
        require(rules.names_nobody(said, question), action="question.publish", record=question)
    published = PublishedAnswer.objects.create(
        question=question,
        document=question.document,
        anchor=question.anchor,
        citation=question.citation,
        asked=asked,
        answered=answered,
        published_by=actor,
        published_at=clock.now(),
    )
    event = trail.write("question.published", actor=actor, record=question)
    notices.tell_asker("answer_published", event, question)
    return published


@transaction.atomic
def withdraw_answer(published: PublishedAnswer, *, actor: User) -> PublishedAnswer:
    """Take a published answer out again; what was asked and answered stays on record."""
    rows = PublishedAnswer.objects.select_for_update(of=("self",)).select_related("document", "question")
    published = rows.get(pk=published.pk)
    require(rules.may_withdraw_answer(actor, published), action="question.withdraw_answer", record=published.question)
    published.withdrawn_by, published.withdrawn_at = actor, clock.now()
    published.save(update_fields=["withdrawn_by", "withdrawn_at"])
    trail.write("question.answer_withdrawn", actor=actor, record=published.question)
    return published


def give_to(question: Question, step: Step, action: str, *, actor: User | None, because: str) -> Entry:
    """Make a locked question somebody's turn, with their full time to answer, and tell them."""
    question.holder, question.acting_for = step.person, step.acting_for
    question.due_at = calendar.due_after(clock.now(), ANSWER_DAYS.value())
    question.save(update_fields=["holder", "acting_for", "due_at"])
    return _turn(question, step, action, actor, because)


def locked(question: Question) -> Question:
    """The question as it stands now, with nobody else changing it until the transaction ends."""
    Question.objects.select_for_update().get(pk=question.pk)
    # Read once it is ours: a join in the statement that waited would still find whoever had it before.
    people = ("asked_by", "holder", "answered_by", "about", "acting_for")
    return Question.objects.select_related("document__owner", "version", *people).get(pk=question.pk)


def _ask_once(place: Place, actor: User, body: str, about: User | None, submission: uuid.UUID) -> Question:
    try:
        with transaction.atomic():
            return _ask(place, actor, body, about, submission)
    except IntegrityError:
        # The other click of a double click was a moment faster.
        if known := Question.objects.filter(submission=submission).first():
            return known
        raise


def _ask(place: Place, actor: User, body: str, about: User | None, submission: uuid.UUID) -> Question:
    question = Question(
        document=place.version.document,
        version=place.version,
        anchor=place.anchor,
        citation=place.citation,
        asked_by=actor,
        body=body,
        about=about,
        asked_at=clock.now(),
        due_at=calendar.due_after(clock.now(), ANSWER_DAYS.value()),
        submission=submission,
    )
    step = routing.next_step(question)
    if step is None:
        raise Refused(NOBODY, action="question.ask", record=place.version)
    question.holder, question.acting_for = step.person, step.acting_for
    question.save(force_insert=True)
    _turn(question, step, "question.asked", actor)
    return question


def _turn(question: Question, step: Step, action: str, actor: User | None, because: str = "") -> Entry:
    why = f"{because} {step.why}".strip()[:LONGEST_WHY]
    Turn.objects.create(question=question, person=step.person, acting_for=step.acting_for, why=why, since=clock.now())
    event = trail.write(action, actor=actor, record=question, to=step.person.pk)
    notices.tell_holder(event, question)
    return event
