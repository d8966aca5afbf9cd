"""Finding people: by the beginnings of words, by the roles they hold, and page by page."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from people.models import Role, RoleGrant, Unit, User
from people.prepared import Prepared

PAGE = 25
MOST_WORDS = 8
LARGEST_ID = 2**63 - 1


def find(text: str, limit: int = 8) -> QuerySet[User]:
    """Active people each of these words begins a name, address or number of, by name."""
    return matching(text).filter(is_active=True)[:limit]


def matching(text: str) -> QuerySet[User]:
    """Everyone, leavers included, each of these words begins a name, address or number of; nobody for no words."""
    words = _words(text)
    if not words:
        return User.objects.none()
    stored = RawSQL("people_user.words", [], output_field=SearchVectorField())
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
    return everyone().alias(stored=stored).filter(stored=query)


def named_exactly(parts: Iterable[str]) -> QuerySet[User]:
    """Active people whose whole name, address or number one of these parts is, by name; namesakes are all found."""
    asked = list(parts)
    queries = {" & ".join(words) for part in asked if (words := _words(part))}
    if not queries:
        return User.objects.none()
    wanted = set().union(*map(_exact_forms, asked))
    stored = RawSQL("people_user.words", [], output_field=SearchVectorField())
    query = SearchQuery(" | ".join(f"({words})" for words in sorted(queries)), search_type="raw", config="simple")
    alike = User.objects.filter(is_active=True).alias(stored=stored).filter(stored=query)
    # Compared here, for the database's own lower() leaves accented capitals alone in some locales.
    alike = alike.only("name", "email", "employee_number")
    return everyone().filter(pk__in=[person.pk for person in alike if not wanted.isdisjoint(_called(person))])


def is_named_by(person: User, part: str) -> bool:
    """Whether this is someone's whole name, address or number, whatever its capitals and accents."""
    return not _called(person).isdisjoint(_exact_forms(part))


def _called(person: User) -> set[str]:
    return {_folded(person.name), person.email.lower(), person.employee_number.lower()}


def _exact_forms(part: str) -> set[str]:
    return {_folded(part), part.strip().lower()} - {""}


def everyone() -> QuerySet[User]:
    """All people, leavers included, by name, each with their unit."""
    return User.objects.select_related("unit").order_by("name", "id")


def holders_of(*roles: Role) -> QuerySet[User]:
    """Active people who hold any of these roles now, by name."""
    held = RoleGrant.objects.in_force().filter(user=OuterRef("pk"), role__in=roles)
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "id")


def read_holders(*roles: Role) -> list[User]:
    """The same, read at once: for those who are told of news."""
    return _prepared_holders(roles).rows()


@cache
def _prepared_holders(roles: tuple[Role, ...]) -> Prepared[User]:
    return Prepared(lambda _number: holders_of(*roles))


def people_of(units: Iterable[Unit]) -> QuerySet[User]:
    """Active people who work directly in these units, by name."""
    return User.objects.filter(unit__in=list(units), is_active=True).order_by("name", "id")


@dataclass(frozen=True)
class Page:
    """One screenful of people, and the ids to ask with for those before and after it; None where there are none."""

    people: list[User]
    before: int | None
    after: int | None


def page(people: QuerySet[User], *, after: str = "", before: str = "", size: int = PAGE) -> Page:
    """The people who follow (or precede) the person with this id in the order of names; the first ones for a bad id."""
    back, mark = (True, _mark(before)) if before else (False, _mark(after))
    if mark is None:
        return _first(people, size)
    found = list(_beyond(people, mark, back=back)[: size + 1])
    more, found = len(found) > size, found[:size]
    if not back:
        return Page(found, found[0].pk if found else None, found[-1].pk if more else None)
    found.reverse()
    return Page(found, found[0].pk if more else None, found[-1].pk if found else None)


def _first(people: QuerySet[User], size: int) -> Page:
    found = list(people[: size + 1])
    return Page(found[:size], None, found[size - 1].pk if len(found) > size else None)


def _mark(typed: str) -> tuple[str, int] | None:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(LARGEST_ID)) and int(typed) <= LARGEST_ID):
        return None
    return User.objects.filter(pk=int(typed)).values_list("name", "id").first()


def _beyond(people: QuerySet[User], mark: tuple[str, int], *, back: bool) -> QuerySet[User]:
    name, pk = mark
    # The first condition bounds the walk of the index; the second settles people of one name.
    if back:
        earlier = people.filter(name__lte=name).filter(Q(name__lt=name) | Q(pk__lt=pk))
        return earlier.order_by("-name", "-id")
    return people.filter(name__gte=name).filter(Q(name__gt=name) | Q(pk__gt=pk))


def _words(text: str) -> list[str]:
    """What was typed, as people_user.words has it: no accents, no capitals, an address by its first part."""
    return _folded(re.sub(r"(\w)@\S*", r"\1", text)).split()[:MOST_WORDS]


def _folded(text: str) -> str:
    """The words alone, without accents, capitals and signs."""
    folded = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in folded if not unicodedata.combining(c)).replace("_", " ")
    return " ".join(re.findall(r"\w+", plain))


def brief(person: User) -> dict[str, Any]:
    """What one employee may learn of another from a picker: id, name, title, unit."""
    unit = person.unit.name if person.unit else ""
    return {"id": person.pk, "name": person.name, "title": person.title, "unit": unit}
