"""The people in what somebody typed, for every form that asks who was involved."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from people import directory
from people.models import User


class ChosenPeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The people chosen from the directory, whose ids the page's picker sends along."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.MultipleHiddenInput, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Them; for nobody no query is put together."""
        return super().clean(value) if value else []


def people_in(typed: str, *, chosen: Iterable[User] = ()) -> tuple[list[User], str]:
    """Those chosen or named by their whole name, address or number; and the words about nobody known."""
    parts = [part for each in re.split(r"[,;\n]", typed) if (part := each.strip())]
    found = list(directory.named_exactly(parts)) if parts else []
    people = {person.pk: person for person in (*chosen, *found)}
    unknown = [part for part in parts if not any(directory.is_named_by(person, part) for person in found)]
    return list(people.values()), ", ".join(unknown)
