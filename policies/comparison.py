"""What changed between two texts of a policy: clause by clause, and word by word within a clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from policies import manuscript
from policies.manuscript import Part

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
# Two clauses are one that was changed where they share this much of their words.
ALIKE = 0.4
# Beyond so many pairs of clauses, or of words, looking for the closest would take longer than anyone waits.
MOST_PAIRS, MOST_WORD_PAIRS = 10_000, 4_000_000


@dataclass(frozen=True)
class Run:
    """Some words in a row that are the same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One clause or section: how it was and is cited and called, and its words."""

    kind: str
    before: str
    citation: str
    level: int
    runs: tuple[Run, ...]

    @property
    def was_renumbered(self) -> bool:
        """Whether it is cited differently now."""
        return bool(self.before and self.citation and self.before != self.citation)


@lru_cache(maxsize=32)
def compare(old: str, new: str) -> tuple[Change, ...]:
    """Every clause of the two texts in the order of the new one, with those that are gone where they stood."""
    before, after = manuscript.read(old), manuscript.read(new)
    matcher = SequenceMatcher(None, [part.words for part in before], [part.words for part in after], autojunk=False)
    changes: list[Change] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            changes += map(_same, before[a1:a2], after[b1:b2])
        else:
            changes += _replaced(list(before[a1:a2]), list(after[b1:b2]))
    return tuple(changes)


def summed_up(old: str, new: str) -> dict[str, Any]:
    """What a page says of a comparison: the clauses that differ, and how many of each kind."""
    changes = compare(old, new)
    different = [change for change in changes if change.kind != SAME]
    kinds = [change.kind for change in different]
    counts = {kind: kinds.count(kind) for kind in (CHANGED, ADDED, REMOVED)}
    return {"changes": different, "counts": counts, "unchanged": len(changes) - len(different)}


def _same(old: Part, new: Part) -> Change:
    return Change(SAME, old.citation, new.citation, new.level, (Run(SAME, new.words),))


def _replaced(old: list[Part], new: list[Part]) -> Iterator[Change]:
    """Each new clause beside the old one most like it; the others are added, or removed where they stood."""
    partners, done = _partners(old, new), 0
    for place, part in enumerate(new):
        if place not in partners:
            yield Change(ADDED, "", part.citation, part.level, (Run(ADDED, part.words),))
            continue
        partner = partners[place]
        yield from map(_removed, old[done:partner])
        yield _changed(old[partner], part)
        done = partner + 1
    yield from map(_removed, old[done:])


def _partners(old: list[Part], new: list[Part]) -> dict[int, int]:
    """Which old clause became which new one, in the same order, by the words they share."""
    if len(old) * len(new) > MOST_PAIRS:
        return {}
    alike = sorted(
        ((_likeness(a, b), -abs(i - j), i, j) for i, a in enumerate(old) for j, b in enumerate(new)), reverse=True
    )
    partners: dict[int, int] = {}
    for likeness, _, i, j in alike:
        in_order = all((i < other) == (j < place) for place, other in partners.items())
        if likeness >= ALIKE and j not in partners and i not in partners.values() and in_order:
            partners[j] = i
    return partners


def _likeness(old: Part, new: Part) -> float:
    a, b = old.words.split(), new.words.split()
    shared = len({*a} & {*b})
    return 2 * shared / ((len({*a}) + len({*b})) or 1)


def _removed(part: Part) -> Change:
    return Change(REMOVED, part.citation, "", part.level, (Run(REMOVED, part.words),))


def _changed(old: Part, new: Part) -> Change:
    return Change(CHANGED, old.citation, new.citation, new.level, tuple(_runs(old.words.split(), new.words.split())))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    if len(old) * len(new) > MOST_WORD_PAIRS:
        yield from (Run(REMOVED, " ".join(old)), Run(ADDED, " ".join(new)))
        return
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run(SAME, " ".join(new[b1:b2]))
            continue
        if a2 > a1:
            yield Run(REMOVED, " ".join(old[a1:a2]))
        if b2 > b1:
            yield Run(ADDED, " ".join(new[b1:b2]))
