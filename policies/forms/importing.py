"""What is said beside a file that becomes a policy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from attachments import first_look, kinds
from people.layout import Actions, Button, Link, PeoplePicker, Section, form_helper
from policies.fields import ScreenedCharField
from policies.forms.drafts import OwnerForm, policy_number
from policies.models.library import LONGEST_TITLE


class PolicyFileField(forms.FileField):
    """One file of a kind that can become a policy."""

    widget = forms.FileInput(attrs={"accept": kinds.POLICY.endings})

    def __init__(self, **kwargs: Any) -> None:
        words = f"You can import {kinds.POLICY.words}, {first_look.limit()} at most."
        super().__init__(help_text=words, error_messages={"required": "Choose a file."}, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[bytes]:  # noqa: ARG002  Django's call
        """The file; raises ValidationError with a sentence where it is of no such kind, empty or too large."""
        if not data:
            raise ValidationError(self.error_messages["required"], code="required")
        first_look.look(data, kinds.POLICY)
        upload: UploadedFile[bytes] = data
        return upload


class ImportForm(OwnerForm):
    """A file, and what it may not say itself."""

    file = PolicyFileField(label="File")
    number = forms.CharField(
        label="Number",
        help_text="Leave empty to take it from the file. With the number of a policy that is here, it becomes that"
        " policy's next version.",
        max_length=20,
        required=False,
    )
    title = ScreenedCharField(
        label="Title", help_text="Leave empty to take it from the file.", max_length=LONGEST_TITLE, required=False
    )

    field_order = ("file", "number", "title", "owner", "typed", "division")

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].validators = []
        self.fields["typed"].required = False
        self.helper = form_helper(
            "file",
            "number",
            "title",
            Section(
                "For a new policy",
                PeoplePicker("owner", typed="typed", most=1),
                "division",
                hint="The next version of a policy that is here keeps its owner and division.",
            ),
            Actions(Button("Import"), Link("Cancel", back)),
        )

    def clean_number(self) -> str:
        """As policies are numbered, or nothing."""
        typed = str(self.cleaned_data["number"]).strip()
        return policy_number(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """An owner only where one was named."""
        named = self.data.get("owner") or str(self.data.get("typed", "")).strip()
        return super().clean() if named else {**self.cleaned_data, "owner": None}
