"""Writing a policy: begin one, begin its next version, change the draft, hand the policy to another owner."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from audit import trail
from people.models import Unit, User
from policies import bounds, notices, rules
from policies.models import Contribution, Document, Version
from workflow import clock
from workflow.decisions import Decision, Denied, Refused, require

TAKEN = Denied("There is a policy with this number already. Open it and begin a new version.", conflict=True)
ONE_DRAFT = Denied("This policy has a draft already. Go on with that one.", conflict=True)


@dataclass(frozen=True)
class Text:
    """All of a draft that is written: what it is called, what it says, what is new in it, and from when it counts."""

    title: str
    body: str
    summary: str = ""
    effective_on: date | None = None


class Overtaken(Exception):
    """Someone else changed the draft since this person opened it; carries the draft as it is now."""

    def __init__(self, version: Version) -> None:
        super().__init__(str(version))
        self.version = version


@transaction.atomic
def begin_policy(
    number: str, text: Text, *, owner: User, division: Unit | None, actor: User, imported_from: str = ""
) -> Version:
    """Begin a policy nobody has begun, with its first draft; raises Refused, also where the number is taken."""
    for decision in (rules.may_start(actor), bounds.is_a_number(number), _fits(text), rules.may_own(owner)):
        require(decision, action="policy.start")
    facts: dict[str, Any] = {"title": text.title, "owner": owner, "division": division}
    document = _given_up(number, **facts) or _numbered(number, **facts)
    trail.write("document.started", actor=actor, record=document, number=number, owner=owner.pk)
    return _begin(document, text, actor, imported_from)


@transaction.atomic
def begin_version(document: Document, *, actor: User, text: Text | None = None, imported_from: str = "") -> Version:
    """Begin the next version with the text of the last one, or with this one; raises Refused where a draft is open."""
    document = _locked_document(document)
    require(rules.may_begin_version(actor, document), action="policy.begin_version", record=document)
    if document.versions.filter(status__in=Version.OPEN).exists():
        raise Refused(ONE_DRAFT, action="policy.begin_version", record=document)
    last = last_published(document)
    said = text or (Text(last.title, last.body) if last else Text(document.title, ""))
    require(_fits(said), action="policy.begin_version", record=document)
    return _begin(document, said, actor, imported_from)


@transaction.atomic
def write(version: Version, text: Text, *, actor: User, seen: int) -> Version:
    """Change the draft this person saw at revision `seen`; Overtaken where someone else saved meanwhile."""
    version = locked(version)
    require(rules.may_edit(actor, version), action="version.write", record=version)
    if text == _text_of(version):
        return version
    require(_fits(text), action="version.write", record=version)
    if version.revision != seen:
        raise Overtaken(version)
    return _write(version, text, actor)


@transaction.atomic
def hand_over(document: Document, *, actor: User, to: User, division: Unit | None) -> Document:
    """Give a policy another owner, or another division."""
    document = _locked_document(document)
    require(rules.may_hand_over(actor, document), action="document.hand_over", record=document)
    require(rules.may_own(to), action="document.hand_over", record=document)
    document.owner, document.division = to, division
    document.save(update_fields=["owner", "division"])
    facts = {"owner": to.pk, "division": division and division.pk}
    event = trail.write("document.handed_over", actor=actor, record=document, **facts)
    notices.tell_owner(event, document, actor=actor)
    return document


def locked(version: Version) -> Version:
    """The version as it stands now, with nobody else changing it until the transaction ends."""
    # First the lock, then the reading: a join in the statement that waited would still see who stood there before.
    Version.objects.select_for_update().get(pk=version.pk)
    return Version.objects.select_related("document__owner", "author", "approved_by").get(pk=version.pk)


def last_published(document: Document) -> Version | None:
    """The version published last, whether or not it has come into force."""
    return document.versions.filter(status=Version.Status.PUBLISHED).order_by("-number").first()


def _numbered(number: str, **facts: Any) -> Document:
    try:
        with transaction.atomic():
            return Document.objects.create(number=number, started_at=clock.now(), **facts)
    except IntegrityError:
        raise Refused(TAKEN, action="policy.start") from None


def _given_up(number: str, **facts: Any) -> Document | None:
    """The policy of this number of which nothing is left but discarded drafts, begun anew."""
    document = Document.objects.select_for_update().filter(number=number).first()
    if document is None or document.versions.exclude(status=Version.Status.DISCARDED).exists():
        return None
    Document.objects.filter(pk=document.pk).update(**facts)
    document.refresh_from_db()
    return document


def _locked_document(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


def _begin(document: Document, text: Text, actor: User, imported_from: str) -> Version:
    version = Version.objects.create(
        document=document,
        title=text.title,
        body=text.body,
        summary=text.summary,
        effective_on=text.effective_on,
        author=actor,
        started_at=clock.now(),
        imported_from=imported_from,
    )
    Contribution.objects.create(version=version, person=actor)
    trail.write("version.started", actor=actor, record=version, imported=bool(imported_from))
    return version


def _fits(text: Text) -> Decision:
    return bounds.fits(text.title, text.body, text.summary)


def _text_of(version: Version) -> Text:
    return Text(version.title, version.body, version.summary, version.effective_on)


def _write(version: Version, text: Text, actor: User) -> Version:
    version.title, version.body, version.summary = text.title, text.body, text.summary
    version.effective_on = text.effective_on
    version.revision += 1
    version.save(update_fields=["title", "body", "summary", "effective_on", "revision"])
    Contribution.objects.bulk_create([Contribution(version=version, person=actor)], ignore_conflicts=True)
    trail.write("version.written", actor=actor, record=version, revision=version.revision)
    return version
