"""What changed between two texts of a policy: clause by clause, and word by word within a clause."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from policies import manuscript
from policies.manuscript import Part

# Words, the space between them, and each sign by itself.
_WORD = re.compile(r"\s+|\(\w{1,6}\)|\w+(?:['’-]\w+)*|[^\w\s]")
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


def lines(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    """What differs beside the text, such as the title: word by word, each under the name it has in both."""
    return [
        Change(CHANGED, name, name, 1, tuple(_joined(_runs(_WORD.findall(old[name]), _WORD.findall(new[name])))))
        for name in new
        if old[name] != new[name]
    ]


def _same(old: Part, new: Part) -> Change:
    return Change(SAME, old.citation, new.citation, new.level, (Run(SAME, _said(new)),))


def _said(part: Part) -> str:
    """A heading on a line of its own, a label before its words."""
    return "\n".join(filter(None, (part.heading, " ".join(filter(None, (part.label, part.text))))))


def _replaced(old: list[Part], new: list[Part]) -> Iterator[Change]:
    """Each new clause beside the old one most like it; the others are added, or removed where they stood."""
    partners, done = _partners(old, new), 0
    for place, part in enumerate(new):
        if place not in partners:
            yield Change(ADDED, "", part.citation, part.level, (Run(ADDED, _said(part)),))
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
    return Change(REMOVED, part.citation, "", part.level, (Run(REMOVED, _said(part)),))


def _changed(old: Part, new: Part) -> Change:
    return Change(
        CHANGED,
        old.citation,
        new.citation,
        new.level,
        tuple(_joined(_runs(_WORD.findall(_said(old)), _WORD.findall(_said(new))))),
    )


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    if len(old) * len(new) > MOST_WORD_PAIRS:
        yield from (Run(REMOVED, "".join(old)), Run(ADDED, "".join(new)))
        return
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run(SAME, "".join(new[b1:b2]))
            continue
        yield Run(REMOVED, "".join(old[a1:a2]))
        yield Run(ADDED, "".join(new[b1:b2]))


def _edge(text: str) -> str:
    """The space a text begins with."""
    return text[: len(text) - len(text.lstrip())]


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Changes with nothing but a space between them as one: a reader takes in a phrase, not its words one by one."""
    removed, added, space = "", "", ""
    for run in (*runs, Run(SAME, "")):
        if run.kind == SAME and run.text.isspace() and (removed or added):
            space = run.text
        elif run.kind == SAME:
            before, after = _edge(removed or added), _edge((removed or added)[::-1])
            changed = (Run(REMOVED, removed.strip()), Run(ADDED, added.strip()))
            runs_on = Run(SAME, after + space + run.text)
            yield from (each for each in (Run(SAME, before), *changed, runs_on) if each.text)
            removed, added, space = "", "", ""
        else:
            removed += space + (run.text if run.kind == REMOVED else "")
            added += space + (run.text if run.kind == ADDED else "")
            space = ""
