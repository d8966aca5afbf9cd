"""Finding words in all policies in force: clause by clause, best first, with what was found marked."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString

from people.planned import Planned

# So many clauses are put in order; of words that more of them have, a longer question finds the right ones.
MOST = 200
PER_PAGE, PER_POLICY = 10, 4
# What PostgreSQL puts around a found word: signs that mean nothing, and that are taken out of the text before.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS = f"StartSel={_OPEN}, StopSel={_CLOSE}, MaxFragments=2, MinWords=12, MaxWords=32, FragmentDelimiter= … "

_ASKED = "websearch_to_tsquery('english', %s)"
# A policy's title stands at position 0, has an index of its own and is asked first: no title is lost among many
# clauses, and no clause is read to find one. Both walks stop once they have enough, and only what they took is ranked.
_FOUND_SQL = f"""
    WITH asked AS MATERIALIZED (SELECT {_ASKED} AS query),
    found AS MATERIALIZED (
        (SELECT p.id, p.document_id, p.position, ts_rank(p.words, asked.query) AS rank
            FROM policies_passage p, asked WHERE p.words @@ asked.query AND p.position = 0 {{of}} LIMIT {MOST})
        UNION ALL
        (SELECT p.id, p.document_id, p.position, ts_rank(p.words, asked.query) AS rank
            FROM policies_passage p, asked WHERE p.words @@ asked.query AND p.position > 0 {{of}} LIMIT {MOST + 1})
    )
    SELECT found.id, found.document_id, found.position FROM found ORDER BY found.rank DESC, found.id
    """  # noqa: S608  put together from constants
_OF_DIVISION = "AND EXISTS (SELECT 1 FROM policies_document d WHERE d.id = p.document_id AND d.division_id = %s)"
_FOUND = Planned(_FOUND_SQL.format(of=""), ["words"], asks=["words"])
_FOUND_OF_DIVISION = Planned(
    _FOUND_SQL.format(of=_OF_DIVISION), ["words", "division", "division"], asks=["words", "division"]
)
_SHOWN = Planned(
    f"""
    SELECT p.id, d.number, d.title, p.anchor, p.citation, p.title,
        ts_headline('english', translate(p.title, '{_OPEN}{_CLOSE}', ''), {_ASKED}, %s),
        ts_headline('english', translate(p.text, '{_OPEN}{_CLOSE}', ''), {_ASKED}, %s)
    FROM policies_passage p JOIN policies_document d ON d.id = p.document_id
    WHERE p.id = ANY(%s)
    """,  # noqa: S608  put together from constants
    ["words", f"HighlightAll=true, {_MARKS}", "words", _MARKS, "ids"],
    asks=["words", "ids"],
)


@dataclass(frozen=True)
class Passage:
    """A clause in which something was found, and its words with that marked."""

    anchor: str
    citation: str
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Hit:
    """A policy in which something was found: its best clauses, and how many more there are."""

    number: str
    title: str
    passages: tuple[Passage, ...]
    more: int


@dataclass(frozen=True)
class Found:
    """One page of what was found; `is_capped` where more clauses have the words than were put in order."""

    hits: list[Hit]
    policies: int
    is_capped: bool
    page: int
    pages: int

    @property
    def before(self) -> str:
        """The query string of the page before this one, as `people.keyset` has it; empty on the first."""
        return f"page={self.page - 1}" if self.page > 1 else ""

    @property
    def after(self) -> str:
        """The same of the page after this one; empty on the last."""
        return f"page={self.page + 1}" if self.page < self.pages else ""


def says_something(words: str) -> bool:
    """Whether anything is left to search for once the words every sentence has are gone; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(websearch_to_tsquery('english', %s))", [words])
        ((nodes,),) = cursor.fetchall()
    return bool(nodes)


def find(words: str, page: int = 1, *, division: int | None = None) -> Found:
    """The policies in force (of one division) whose clauses have these words, best first; two queries."""
    rows = _FOUND.rows(words) if division is None else _FOUND_OF_DIVISION.rows(words, division)
    by_policy: dict[int, list[int]] = {}
    for passage, document, _position in rows:
        by_policy.setdefault(document, []).append(passage)
    policies = list(by_policy.values())
    pages = max(1, -(-len(policies) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = policies[(page - 1) * PER_PAGE : page * PER_PAGE]
    passages = _passages(words, [number for each in shown for number in each[:PER_POLICY]])
    hits = [_hit(passages, each) for each in shown]
    clauses = sum(1 for row in rows if row[2])
    return Found(hits, len(policies), clauses > MOST, page, pages)


def _passages(words: str, ids: list[int]) -> dict[int, tuple[Any, ...]]:
    return {row[0]: row for row in (_SHOWN.rows(words, ids) if ids else [])}


def _hit(passages: dict[int, tuple[Any, ...]], ids: list[int]) -> Hit:
    rows = [passages[each] for each in ids[:PER_POLICY]]
    _, number, title, *_ = rows[0]
    return Hit(number, title, tuple(_passage(row) for row in rows), len(ids) - len(rows))


def _passage(row: tuple[Any, ...]) -> Passage:
    _, _, _, anchor, citation, title, marked_title, marked_text = row
    return Passage(anchor, "" if citation == title else citation, _marked(marked_title), _marked(marked_text))


def _marked(text: str) -> SafeString:
    return SafeString(escape(text).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>"))
