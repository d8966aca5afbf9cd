"""The way of a draft to the library: review, approval by someone who did not write it, and coming into force."""

import logging
from collections.abc import Iterator

from django.db import DatabaseError, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from audit import trail
from audit.canonical import hashed
from people.models import User
from policies import bounds, lifecycle, manuscript, notices, rules
from policies.models import Document, Passage, Remark, Version
from policies.models.library import LONGEST_TITLE
from policies.operations.drafting import last_published, locked
from workflow import clock
from workflow.decisions import Denied, Refused, require
from workflow.lifecycle import advance

UNSEEN = Denied("The text has changed since you opened it. Read it again before you approve it.", conflict=True)
logger = logging.getLogger(__name__)
# PostgreSQL indexes at most a megabyte of words in one row.
LONGEST_PASSAGE = 50_000


@transaction.atomic
def submit(version: Version, *, actor: User) -> Version:
    """Send a complete draft to its reviewers."""
    version = locked(version)
    require(lifecycle.SUBMIT.check(actor, version), action="version.submit", record=version)
    _require_order(version, last_published(version.document))
    event = advance(version, lifecycle.SUBMIT, actor=actor)
    notices.tell_reviewers(event, version, actor=actor)
    return version


@transaction.atomic
def approve(version: Version, *, actor: User, seen: int | None = None) -> Version:
    """Approve a text one did not write, as it was at revision `seen`; it may be published so and in no other way."""
    version = locked(version)
    require(lifecycle.APPROVE.check(actor, version), action="version.approve", record=version)
    if seen not in (None, version.revision):
        raise Refused(UNSEEN, action="version.approve", record=version)
    version.approved_by, version.approved_at = actor, clock.now()
    event = advance(version, lifecycle.APPROVE, actor=actor, also=("approved_by", "approved_at"))
    notices.tell_writers("approved", event, version, actor=actor)
    return version


@transaction.atomic
def give_back(version: Version, *, actor: User, reason: str) -> Version:
    """Return a draft to its writers with words on what to change."""
    version = locked(version)
    for decision in (lifecycle.RETURN.check(actor, version), bounds.says_why(reason)):
        require(decision, action="version.return", record=version)
    event = advance(version, lifecycle.RETURN, actor=actor)
    Remark.objects.create(version=version, author=actor, body=reason, sent_at=clock.now())
    notices.tell_writers("returned", event, version, actor=actor)
    return version


@transaction.atomic
def take_back(version: Version, *, actor: User) -> Version:
    """Make a draft of it again; an approval it had is gone."""
    version = locked(version)
    version.approved_by, version.approved_at = None, None
    advance(version, lifecycle.TAKE_BACK, actor=actor, also=("approved_by", "approved_at"))
    return version


@transaction.atomic
def discard(version: Version, *, actor: User) -> Version:
    """Give a draft up; it stays on record and is in nobody's way."""
    version = locked(version)
    advance(version, lifecycle.DISCARD, actor=actor)
    return version


@transaction.atomic
def remark(version: Version, *, actor: User, body: str) -> Remark:
    """Say something to the others who write or review a draft."""
    # Locked before the trail is: whoever moves it on at this moment takes the two in the same order.
    version = locked(version)
    require(rules.may_remark(actor, version), action="version.remark", record=version)
    said = Remark.objects.create(version=version, author=actor, body=body, sent_at=clock.now())
    event = trail.write("version.remarked", actor=actor, record=version)
    notices.tell_writers("remarked", event, version, actor=actor)
    return said


@transaction.atomic
def publish(version: Version, *, actor: User) -> Version:
    """Fix an approved text for good, with its number and its hash; today's takes effect at once."""
    # The document first: of two publications of one policy, the second sees the first one's number.
    document = Document.objects.select_for_update(of=("self",)).get(pk=version.document_id)
    version = locked(version)
    require(lifecycle.PUBLISH.check(actor, version), action="version.publish", record=version)
    version.effective_on = version.effective_on or clock.today()
    last = last_published(document)
    _require_order(version, last)
    version.number = (last.number or 0) + 1 if last else 1
    version.published_by, version.published_at = actor, clock.now()
    columns = ("number", "effective_on", "published_by", "published_at")
    facts = {"number": version.number, "sha256": fingerprint(version)}
    event = advance(version, lifecycle.PUBLISH, actor=actor, also=columns, **facts)
    version.refresh_from_db(fields=["sha256"])
    settle(document)
    notices.tell_writers("published", event, version, actor=actor)
    return version


def fingerprint(version: Version) -> str:
    """The SHA-256 of all that is fixed; the trail holds it, signed, beside the one the database computes by itself."""
    day = version.effective_on.isoformat() if version.effective_on else None
    return hashed([version.document.number, str(version.number), version.title, day, version.summary, version.body])


def _require_order(version: Version, last: Version | None) -> None:
    if version.effective_on is not None:
        decision = rules.takes_effect_in_order(version.effective_on, last=last, today=clock.today())
        require(decision, action="version.publish", record=version)


def settle(document: Document) -> bool:
    """Have the library and the search hold what is in force today; says whether that was something else before."""
    version = rules.in_force_on(document, clock.today())
    if version is None or version.pk == document.in_force_id:
        return False
    document.in_force, document.title = version, version.title
    document.save(update_fields=["in_force", "title"])
    Passage.objects.filter(document=document).delete()
    Passage.objects.bulk_create(passages(document, version), batch_size=500)
    trail.write("version.in_force", actor=None, record=version)
    return True


def passages(document: Document, version: Version) -> list[Passage]:
    """What the search finds: the title with the number, then every section and clause."""
    title = Passage(document=document, position=0, title=version.title, text=document.number)
    pieces = [(part, text) for part in manuscript.read(version.body) for text in _pieces(part.text)]
    parts = [
        Passage(
            document=document,
            position=position,
            anchor=part.anchor,
            citation=part.citation,
            title=part.title[:LONGEST_TITLE],
            text=text,
        )
        for position, (part, text) in enumerate(pieces, start=1)
    ]
    return [title, *parts]


def _pieces(text: str) -> Iterator[str]:
    """A text as it can be indexed: whole, or cut between words where it is longer than any policy's clause."""
    while len(text) > LONGEST_PASSAGE:
        end = text.rfind(" ", 1, LONGEST_PASSAGE) + 1 or LONGEST_PASSAGE
        yield text[:end]
        text = text[end:]
    yield text


def bring_into_force() -> int:
    """Settle every policy of which a version's day has come since it was last looked at; returns how many."""
    return sum(_settled(number) for number in list(_overdue().values_list("pk", flat=True)))


def _settled(number: int) -> bool:
    """Each by itself: one that fails must not keep the others from their day."""
    try:
        with transaction.atomic():
            return settle(Document.objects.select_for_update().get(pk=number))
    except DatabaseError:
        logger.exception("Policy %s could not be brought into force.", number)
        return False


def _overdue() -> QuerySet[Document]:
    begun = Version.objects.filter(
        document=OuterRef("pk"), status=Version.Status.PUBLISHED, effective_on__lte=clock.today()
    )
    newest = begun.order_by("-effective_on", "-number").values("pk")[:1]
    found = Document.objects.alias(newest=Subquery(newest)).filter(newest__isnull=False)
    return found.exclude(in_force=F("newest")).order_by("pk")
