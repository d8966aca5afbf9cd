"""A policy written elsewhere becomes a draft here: its text to be checked, its file sealed, and nothing published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from attachments import first_look, intake, kinds
from attachments.rejection import Rejected
from people.models import Unit, User
from policies import manuscript, rules
from policies.importing import conversion
from policies.importing.conversion import Imported
from policies.models import Document, Remark, Version
from policies.models.library import LONGEST_TITLE
from policies.operations import drafting
from policies.operations.drafting import Text
from policies.originals import RECORD
from policies.screening import may_be_stored
from workflow import clock
from workflow.decisions import Denied, require

NO_NUMBER = "No policy number was found in this file. Type it in."
NO_TITLE = "No title was found in this file. Type it in."
NO_OWNER = "This is a new policy. Choose who owns it."
CHECK = "What to check after the import:"


class Missing(Exception):
    """The file does not say something a policy needs; carries the field to fill in and the sentence at it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True)
class Given:
    """What the person says of the policy; what they leave out is taken from the file."""

    number: str = ""
    title: str = ""
    owner: User | None = None
    division: Unit | None = None


def import_file(upload: UploadedFile[bytes], given: Given, *, actor: User) -> Version:
    """Begin a policy, or the next version of one, with a file's text; raises Rejected, Missing or Refused."""
    require(rules.may_start(actor), action="policy.import")
    seen = first_look.look(upload, kinds.POLICY)
    content = upload.read()
    upload.seek(0)
    imported = conversion.read(content, seen.kind)
    _refuse_what_may_not_be_stored(imported)
    given = replace(given, number=given.number or imported.number, title=given.title or imported.title)
    return _keep(upload, seen.name, imported, given, actor)


@transaction.atomic
def _keep(upload: UploadedFile[bytes], name: str, imported: Imported, given: Given, actor: User) -> Version:
    version = _begin(name, imported, given, actor)
    if imported.notes:
        notes = "\n".join([CHECK, *(f"- {note}" for note in imported.notes)])
        Remark.objects.create(version=version, author=actor, body=notes, sent_at=clock.now())
    intake.receive(upload, actor=actor, record_type=RECORD, record_id=str(version.pk), accepted=kinds.POLICY)
    return version


def _begin(name: str, imported: Imported, given: Given, actor: User) -> Version:
    if not given.number:
        raise Missing("number", NO_NUMBER)
    document = Document.objects.filter(number=given.number).first()
    title = given.title or (document.title if document else "")
    if not title:
        raise Missing("title", NO_TITLE)
    text = Text(title[:LONGEST_TITLE], imported.body, effective_on=_day(document, imported))
    if document is not None:
        return drafting.begin_version(document, actor=actor, text=text, imported_from=name)
    if given.owner is None:
        raise Missing("typed", NO_OWNER)
    return drafting.begin_policy(
        given.number, text, owner=given.owner, division=given.division, actor=actor, imported_from=name
    )


def _day(document: Document | None, imported: Imported) -> date | None:
    """The day the file names, where it may count: a later version's never lies in the past."""
    day = imported.effective_on
    is_later = document is not None and drafting.last_published(document) is not None
    return None if day is None or (is_later and day < clock.today()) else day


def _refuse_what_may_not_be_stored(imported: Imported) -> None:
    if isinstance(decision := may_be_stored(imported.title), Denied):
        raise Rejected(f"In the title: {decision.reason} Correct the file, then import it again.")
    for part in manuscript.read(imported.body):
        decision = may_be_stored(part.words)
        if isinstance(decision, Denied):
            raise Rejected(
                f"In {part.citation or 'the text'}: {decision.reason} Correct the file, then import it again."
            )
