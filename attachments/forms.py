"""The one field for files in any form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from attachments import first_look, kinds, names
from attachments.rejection import Rejected

MOST_FILES = 10


class EvidenceInput(forms.FileInput):
    """A file input that takes several files and tells the browser which kinds to offer."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[bytes]]:  # noqa: ARG002  Django's call
        """Every file that was chosen, in order."""
        return files.getlist(name) if isinstance(files, MultiValueDict) else list(files.get(name) or [])


class EvidenceField(forms.FileField):
    """Files looked at before they are taken in: `cleaned_data` is a list for `intake.receive`, one call each."""

    widget = EvidenceInput

    def __init__(self, *, most: int = MOST_FILES, **kwargs: Any) -> None:
        words = f"You can add {kinds.ACCEPTED.words}, {first_look.limit()} a file, {most} files at most."
        kwargs.setdefault("help_text", words)
        super().__init__(**kwargs)
        self.most = most

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The kinds offered, and that several files may be chosen."""
        return {**super().widget_attrs(widget), "accept": kinds.ACCEPTED.endings, "multiple": True}

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:  # noqa: ARG002  Django's call
        """The files in order; raises ValidationError with a sentence for each that cannot be added."""
        uploads: list[UploadedFile[bytes]] = list(data or [])
        if self.required and not uploads:
            raise ValidationError("Choose a file.", code="required")
        if len(uploads) > self.most:
            raise ValidationError(f"Choose {self.most} files at most.", code="too_many")
        if complaints := [words for position, file in enumerate(uploads, 1) if (words := _complaint(file, position))]:
            raise ValidationError(complaints)
        return uploads


def _complaint(upload: UploadedFile[bytes], position: int) -> str:
    try:
        first_look.look(upload)
    except Rejected as rejected:
        return f"{_called(upload, position)}: {rejected.sentence}"
    return ""


def _called(upload: UploadedFile[bytes], position: int) -> str:
    # A name that was refused is not repeated: it may hold the very thing that must not be written down.
    try:
        return f"“{names.clean(upload.name or '')}”"
    except Rejected:
        return f"File {position}"
