"""The people in what somebody typed, for every form that asks who was involved."""

import re
from collections.abc import Iterable

from people import directory
from people.models import User


def people_in(typed: str, *, chosen: Iterable[User] = ()) -> tuple[list[User], str]:
    """Those chosen or named by their whole name, address or number; and the words about nobody known."""
    parts = [part for each in re.split(r"[,;\n]", typed) if (part := each.strip())]
    found = list(directory.named_exactly(parts))
    people = {person.pk: person for person in (*chosen, *found)}
    unknown = [part for part in parts if not any(directory.is_named_by(person, part) for person in found)]
    return list(people.values()), ", ".join(unknown)
