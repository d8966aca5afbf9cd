"""What can be said of a file before it is parsed: its name, its size, and how it begins."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from attachments import kinds, names
from attachments.kinds import ACCEPTED, Kind, Welcome
from attachments.rejection import Rejected


@dataclass(frozen=True)
class Seen:
    """A file that may be taken further, under its clean name and as the kind it claims to be."""

    name: str
    kind: Kind


def look(upload: UploadedFile[bytes], accepted: Welcome = ACCEPTED) -> Seen:
    """Look at a file without parsing it; raises Rejected with the sentence for whoever chose it."""
    name = names.clean(upload.name or "")
    kind = kinds.named(name, accepted)
    _refuse_size(upload.size or 0)
    _refuse_disguise(kind, _head(upload))
    return Seen(name, kind)


def limit() -> str:
    """The largest size in words, as in "25.0 MB"."""
    return filesizeformat(settings.UPLOAD_MAX_BYTES).replace("\xa0", " ")


def _refuse_size(size: int) -> None:
    if size == 0:
        raise Rejected("This file is empty. Choose it again, or save it again first.")
    if size > settings.UPLOAD_MAX_BYTES:
        raise Rejected(f"This file is too large. The limit is {limit()} a file.")


def _head(upload: UploadedFile[bytes]) -> bytes:
    upload.seek(0)
    head: bytes = upload.read(kinds.HEAD_BYTES)
    upload.seek(0)
    return head


def _refuse_disguise(kind: Kind, head: bytes) -> None:
    if kind.begins(head):
        return
    found = kinds.found_in(head)
    told = f"It is a {found}" if found else f"It is not a {kind.label}"
    raise Rejected(f"This file is not what its name says. {told}. Save it again as the kind you mean, then add that.")
