"""What the pages about questions show: who would get one, what awaits someone, what happens next, who had it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from people.models import User
from policies import conflicts, lifecycle, manuscript, routing, rules
from policies.manuscript import Part
from policies.models import Document, PublishedAnswer, Question
from policies.routing import Step

MOST = 25


@dataclass(frozen=True)
class Recipients:
    """Who gets a question on the way most take, and on the way of one that concerns the supervisor."""

    document: Document
    usual: Step | None
    supervisor: User | None
    concerning: Step | None

    @property
    def anybody(self) -> bool:
        """Whether there is a way at all."""
        return bool(self.usual or self.concerning)

    @property
    def reader(self) -> User | None:
        """The policy's owner, where they can read a question on the usual way that is not theirs to answer."""
        owner = self.document.owner
        others = self.usual is not None and self.usual.person.pk != owner.pk
        return owner if others and owner.is_active else None

    @property
    def as_shown(self) -> str:
        """All three as ids: what a page says of them must still be so when the question is sent."""
        people = (self.usual and self.usual.person, self.supervisor, self.concerning and self.concerning.person)
        return ".".join(str(person.pk) if person else "" for person in people)


@dataclass(frozen=True)
class Happened:
    """One line of a question's timeline."""

    sentence: str
    at: datetime
    detail: str = ""
    actor_name: str = ""


def recipients(document: Document, asker: User) -> Recipients:
    """Who would get a question of this person about this policy now."""
    supervisor = routing.supervisor_of(asker)
    usual = routing.first_step(document, asker, about=None)
    concerning = routing.first_step(document, asker, about=supervisor) if supervisor else None
    return Recipients(document, usual, supervisor, concerning)


def waiting_for(user: User) -> QuerySet[Question]:
    """The questions whose turn is this person's, due first."""
    theirs = rules.questions_for(user).filter(holder=user, status=Question.Status.OPEN)
    return theirs.order_by("due_at", "pk")


def asked_by(user: User) -> QuerySet[Question]:
    """Everything this person asked."""
    return rules.questions_for(user).filter(asked_by=user)


def to_publish(user: User) -> QuerySet[Question]:
    """What was answered about this person's policies and is not published, newest first."""
    out = PublishedAnswer.objects.filter(question=OuterRef("pk"), withdrawn_at=None)
    answered = rules.questions_for(user).filter(document__owner=user, status=Question.Status.ANSWERED)
    return answered.exclude(conflicts.keeps_out(user)).filter(~Exists(out)).order_by("-answered_at", "-pk")


def answers_of(document: Document, user: User, *, anchor: str | None = None) -> QuerySet[PublishedAnswer]:
    """The published answers of a policy, or those at one anchor ("" for the whole policy), newest first."""
    answers = rules.answers_for(user).filter(document=document)
    answers = answers if anchor is None else answers.filter(anchor=anchor)
    return answers.order_by("-published_at", "-pk")


def grouped(answers: list[PublishedAnswer], body: str) -> list[tuple[str, str, list[PublishedAnswer]]]:
    """Answers by citation and anchor, in the order of the policy; what it no longer has comes last."""
    places = {part.anchor: number for number, part in enumerate(manuscript.read(body), start=1)} | {"": 0}
    groups: dict[tuple[str, str], list[PublishedAnswer]] = {}
    for answer in answers:
        groups.setdefault((answer.anchor, answer.citation or "The whole policy"), []).append(answer)
    in_order = sorted(groups.items(), key=lambda group: (places.get(group[0][0], len(places)), group[0][1]))
    return [(citation, anchor if anchor in places else "", found) for (anchor, citation), found in in_order]


def page(question: Question, user: User) -> dict[str, Any]:
    """Everything the page of a question shows this person."""
    can_pass_on = rules.may_pass_on(user, question)
    return {
        "question": question,
        "is_asker": user.pk == question.asked_by_id,
        "sentence": _what_happens_next(question, user),
        "who": (question.holder or "Nobody") if question.is_open else "",
        "clause": _clause(question),
        "timeline": timeline(question),
        "may_answer": bool(lifecycle.ANSWER.check(user, question)),
        "may_withdraw": bool(lifecycle.WITHDRAW.check(user, question)),
        "may_publish": bool(rules.may_publish_answer(user, question)),
        "next_step": routing.next_step(question) if can_pass_on else None,
        "published": question.published.filter(withdrawn_at=None).first() if question.answered_at else None,
    }


def timeline(question: Question) -> list[Happened]:
    """Who asked, who had it and why, and how it ended."""
    lines = [Happened("asked the question", question.asked_at, actor_name=question.asked_by.name)]
    turns = question.turns.select_related("person").order_by("pk")
    lines += [Happened(f"{turn.person} got the question", turn.since, turn.why) for turn in turns]
    if question.answered_at and question.answered_by:
        lines.append(Happened("answered it", question.answered_at, actor_name=question.answered_by.name))
    return lines


def _clause(question: Question) -> Part | None:
    return manuscript.find(question.version.body, question.anchor) if question.anchor else None


def _what_happens_next(question: Question, user: User) -> str:
    if question.status == Question.Status.WITHDRAWN:
        return "The question was taken back. Nobody needs to answer it."
    is_asker = user.pk == question.asked_by_id
    if not question.is_open:
        return _once_answered(question, user, is_asker=is_asker)
    if question.holder is None:
        return "Nobody is left who could answer this. The communications office (OCCE) was told."
    if question.holder_id == user.pk:
        return "It is your turn: answer below. If you do not, it goes to the next person once it is overdue."
    whose = "your question" if is_asker else "this question"
    return f"{question.holder} has {whose}. If no answer comes in time, it goes to the next person."


def _once_answered(question: Question, user: User, *, is_asker: bool) -> str:
    if rules.may_publish_answer(user, question):
        return "It is answered. If others would ask the same, publish it beside the policy in words that name nobody."
    whose = "Your question" if is_asker else "This question"
    return f"{whose} was answered by {question.answered_by}. Nothing more will happen."
