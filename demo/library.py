"""The demonstration's policies with their history and drafts, and what employees asked about them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from demo import days
from demo.questions import QUESTIONS, Asked
from demo.teller import Teller
from people.models import Unit, User
from policies import manuscript, rules
from policies.models import Document, Question, Version
from policies.operations import asking, drafting, publishing
from policies.operations.asking import Place
from policies.operations.drafting import Text
from workflow import clock

FOLDER = Path(__file__).parent / "policies"
# So many days before it takes effect a version is written, and the day after next approved and published.
WRITTEN_BEFORE = 20
# Questions asked in the last days are still open; of those before, all are answered.
STILL_OPEN = 4
IN_A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Sheet:
    """One file of the folder: a version of a policy with what stands above its text."""

    number: str
    title: str
    unit: str
    owner: str
    effective: date
    summary: str
    body: str


def tell(teller: Teller) -> None:
    """Everything in the library, the oldest first."""
    for sheet in sorted(sheets(), key=lambda sheet: sheet.effective):
        _publish(teller, sheet)
    _coming(teller)
    _drafts(teller)
    _ask(teller)


def sheets() -> Iterator[Sheet]:
    """Every file, by number and version."""
    for file in sorted(FOLDER.glob("*.md")):
        _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
        facts = dict(line.partition(":")[::2] for line in head.splitlines())
        said = {name: value.strip() for name, value in facts.items()}
        day = date.fromisoformat(said.pop("effective"))
        yield Sheet(effective=day, body=body.strip(), **said)


def _publish(teller: Teller, sheet: Sheet) -> Version:
    """A version written by the communications office, approved by counsel, in force from its day."""
    people = teller.personas
    text = Text(sheet.title, sheet.body, sheet.summary, sheet.effective)
    with clock.held_at(_morning(sheet.effective, WRITTEN_BEFORE)):
        version = _begun(sheet, text, people)
        publishing.submit(version, actor=people["occe"])
    with clock.held_at(_morning(sheet.effective, WRITTEN_BEFORE - 2)):
        publishing.approve(version, actor=people["counsel"])
        version = publishing.publish(version, actor=people["occe"])
    with clock.held_at(_morning(sheet.effective, 0)):
        publishing.bring_into_force()
    return version


def _begun(sheet: Sheet, text: Text, people: dict[str, User]) -> Version:
    document = Document.objects.filter(number=sheet.number).first()
    if document is not None:
        return drafting.begin_version(document, actor=people["occe"], text=text)
    division = Unit.objects.filter(code=sheet.unit).first()
    owner = people[sheet.owner]
    return drafting.begin_policy(sheet.number, text, owner=owner, division=division, actor=people["occe"])


def _coming(teller: Teller) -> None:
    """One policy changes in a month, and everyone can read the new version now."""
    people, day = teller.personas, teller.today + IN_A_MONTH
    document = Document.objects.get(number="1040")
    with clock.held_at(teller.now - timedelta(days=6)):
        last = document.versions.get(number=1)
        text = Text(last.title, f"{last.body}\n\n{_LATER}", "Adds who speaks for the department after hours.", day)
        version = drafting.begin_version(document, actor=people["occe"], text=text)
        publishing.submit(version, actor=people["occe"])
        publishing.approve(version, actor=people["counsel"])
        publishing.publish(version, actor=people["occe"])


def _drafts(teller: Teller) -> None:
    """A draft in each state: being written, in review after it was returned once, approved."""
    people = teller.personas
    with clock.held_at(teller.now - timedelta(days=5)):
        written = _draft("5005", people["occe"], "Says more about phones that two people share.")
        review = _draft("4010", people["occe"], "Asks for consent again when a picture is used a second time.")
        approved = _draft("4002", people["occe"], "Shortens the list of examples.")
        publishing.remark(written, actor=people["counsel"], body="Section II could use an example. Otherwise fine.")
        publishing.submit(review, actor=people["occe"])
        publishing.give_back(review, actor=people["counsel"], reason="Please say for how long a consent is kept.")
    with clock.held_at(teller.now - timedelta(days=2)):
        publishing.submit(review, actor=people["occe"])
        publishing.submit(approved, actor=people["occe"])
        publishing.approve(approved, actor=people["privacy-officer"])


def _draft(number: str, author: User, summary: str) -> Version:
    document = Document.objects.get(number=number)
    version = drafting.begin_version(document, actor=author)
    text = Text(version.title, f"{version.body}\n\n{_LATER}", summary)
    return drafting.write(version, text, actor=author, seen=0)


def _ask(teller: Teller) -> None:
    """Questions of a quarter of a year; the newest wait for an answer."""
    for number, asked in enumerate(QUESTIONS):
        back = 3 * (len(QUESTIONS) - number)
        _answer(teller, _asked(teller, asked, back), asked, back)
    with clock.held_at(days.morning(days.business_days_before(teller.today, 2))):
        for asked, slug in zip(QUESTIONS[:STILL_OPEN], ("employee", "", "", "supervisor"), strict=True):
            _question(teller, asked, teller.personas.get(slug) or _colleague(teller))
    with clock.held_at(days.morning(days.business_days_before(teller.today, 1))):
        _question(teller, QUESTIONS[-1], teller.personas["employee"], about_supervisor=True)


def _asked(teller: Teller, asked: Asked, back: int) -> Question:
    asker = teller.personas["employee"] if back % 4 == 0 else teller.chance.choice(teller.staff)
    with clock.held_at(days.morning(days.business_days_before(teller.today, back))):
        return _question(teller, asked, asker)


def _question(teller: Teller, asked: Asked, asker: User, *, about_supervisor: bool = False) -> Question:
    document = Document.objects.get(number=asked.policy)
    version = rules.in_force_on(document, clock.today())
    if version is None:
        raise LookupError(asked.policy)
    part = manuscript.find(version.body, asked.clause)
    place = Place(version, asked.clause, part.citation if part else "")
    number = uuid.UUID(int=teller.chance.getrandbits(128))
    return asking.ask(place, actor=asker, body=asked.question, concerns_supervisor=about_supervisor, submission=number)


def _answer(teller: Teller, question: Question, asked: Asked, back: int) -> None:
    """The supervisor answers, or passes it on to the owner, who publishes what everyone should know."""
    with clock.held_at(days.morning(days.business_days_before(teller.today, back - 1), later=90)):
        owner = question.document.owner
        if asked.published_question and question.holder != owner and question.asked_by != owner:
            question = asking.pass_on(question, actor=_holder(question))
        question = asking.answer(question, actor=_holder(question), body=asked.answer)
        if asked.published_question and question.asked_by != owner:
            words = {"asked": asked.published_question, "answered": asked.published_answer}
            asking.publish_answer(question, actor=owner, **words)


def _holder(question: Question) -> User:
    if question.holder is None:
        raise LookupError(question)
    return question.holder


def _colleague(teller: Teller) -> User:
    """Someone who reports to the supervisor a visitor can be."""
    supervisor = teller.personas["supervisor"]
    return teller.chance.choice([person for person in teller.staff if person.supervisor_id == supervisor.pk])


def _morning(day: date, before: int) -> datetime:
    return datetime.combine(day - timedelta(days=before), time(15), tzinfo=UTC)


_LATER = (
    "## After hours\n\nOutside office hours, the officer on call of the communications office decides, and says so in"
    " writing on the next business day."
)
