"""Policies as a large department has them: each published and in force, with thirty-odd passages of different lengths.

What the search finds of a text is derived by the portal itself; only the texts are made up.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.agency import DIVISIONS, Agency
from benchmarks.copying import Load, Row
from benchmarks.words import COMMON, MIDDLING, RARE, SENTENCE, VOCABULARY, WEIGHTS, dice
from policies.models import Document, Version
from policies.operations import publishing

FIRST_NUMBER = 1001
CLAUSES = 25
# Before which of its clauses a policy has a heading.
SECTIONS = (0, 4, 9, 13, 18, 22)
ROMAN = ("I", "II", "III", "IV", "V", "VI")
# Half of all clauses; one in a hundred, and every other of these has both; and one of all, which is there at any size.
COMMON_EVERY, MIDDLING_EVERY, RARE_AT = 2, 101, 255
COMMON_TITLE_EVERY = 20
SHORTEST, LONGEST, USUAL = 8, 220, 45
AGE = timedelta(days=2000)

_DOCUMENT = "id number title owner_id division_id started_at in_force_id"
_VERSION = (
    "id document_id number status title body summary effective_on author_id started_at revision imported_from"
    " approved_by_id approved_at published_by_id published_at sha256"
)
_PASSAGE = "document_id position anchor citation title text"


@dataclass(frozen=True)
class Shelf:
    """So many policies, the same ones every time but for the moment they were published at."""

    size: int
    now: datetime
    agency: Agency

    def loads(self) -> list[Load]:
        """Everything there is of them, table by table."""
        made = [_made(number, self) for number in range(self.size)]
        return [
            Load("policies_document", tuple(_DOCUMENT.split()), [_row(each, _DOCUMENT) for each, _ in made]),
            Load("policies_version", tuple(_VERSION.split()), [_row(each, _VERSION) for _, each in made]),
            Load("policies_passage", tuple(_PASSAGE.split()), _passages(made)),
        ]


def words_placed_in(clause: int) -> list[str]:
    """What the so-manieth clause of all (from 0) must hold."""
    return [
        *([COMMON] if clause % COMMON_EVERY == 0 else []),
        *([MIDDLING] if clause % MIDDLING_EVERY == 3 else []),
        *([RARE] if clause == RARE_AT else []),
    ]


def title_of(number: int) -> str:
    """What the so-manieth policy is called."""
    drawn = " ".join(dice(f"title {number}").choices(VOCABULARY, cum_weights=WEIGHTS, k=5)).capitalize()
    return f"{drawn} {COMMON}" if number % COMMON_TITLE_EVERY == 7 else drawn


def body_of(number: int) -> str:
    """The so-manieth policy as it is written: sections, and clauses by letter in each."""
    chance, parts, letter = dice(f"policy {number}"), list[str](), 0
    for place in range(CLAUSES):
        if place in SECTIONS:
            heading = " ".join(chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=chance.randint(1, 4))).capitalize()
            parts.append(f"## {ROMAN[SECTIONS.index(place)]}. {heading}")
            letter = 0
        parts.append(f"({'ABCDEF'[letter]}) {_clause(number * CLAUSES + place, chance)}")
        letter += 1
    return "\n\n".join(parts)


def _clause(clause: int, chance: random.Random) -> str:
    """Most are a sentence or three, a few of them half a page."""
    length = min(LONGEST, SHORTEST + int(chance.expovariate(1 / USUAL)))
    drawn = chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=length)
    for word in words_placed_in(clause):
        drawn[chance.randrange(length)] += f" {word}"
    sentences = [" ".join(drawn[start : start + SENTENCE]).capitalize() for start in range(0, length, SENTENCE)]
    return f"{'. '.join(sentences)}."


def _made(number: int, shelf: Shelf) -> tuple[Document, Version]:
    people, began = shelf.agency, shelf.now - AGE * ((shelf.size - number) / shelf.size)
    # Every other one is the whole department's.
    division = 2 + number // 2 % len(DIVISIONS) if number % 2 else None
    document = Document(
        id=number + 1,
        number=str(FIRST_NUMBER + number),
        title=title_of(number),
        owner_id=people.staff[number % 60],
        division_id=division,
        started_at=began,
        in_force_id=number + 1,
    )
    return document, _version(document, body_of(number), people, began)


def _version(document: Document, body: str, people: Agency, began: datetime) -> Version:
    author, officer = people.officers[:2]
    version = Version(
        id=document.pk,
        document=document,
        number=1,
        status=Version.Status.PUBLISHED,
        title=document.title,
        body=body,
        summary="The first version that everyone can read here.",
        effective_on=began.date(),
        author_id=author,
        started_at=began,
        approved_by_id=officer,
        approved_at=began,
        published_by_id=author,
        published_at=began,
    )
    version.sha256 = publishing.fingerprint(version)
    return version


def _passages(made: Sequence[tuple[Document, Version]]) -> Iterator[Row]:
    for document, version in made:
        for passage in publishing.passages(document, version):
            yield _row(passage, _PASSAGE)


def _row(model: object, columns: str) -> Row:
    return [getattr(model, column) for column in columns.split()]
