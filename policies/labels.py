"""How a policy's sections and clauses are numbered: "II.", "(A)", "(3)", "(iv)", and how they are cited: II(A)(3)."""

import re
from dataclasses import dataclass, field

_HEADING = re.compile(
    r"(?:(?:Section|Chapter|Part|Article)\s+)?(?:(?P<name>[IVXLC]{1,6}|[A-Z]|[0-9]{1,3})[.)]|(?P<deep>[0-9]{1,3}(?:\.[0-9]{1,3})+)\.?)\s+(?=\S)"
)
_CLAUSE = re.compile(r"(?:\*\*|__)?\((?P<name>[A-Za-z]{1,6}|[0-9]{1,3})\)(?:\*\*|__)?(?:\s+|$)")
_ROMAN = (
    "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv xxvi xxvii xxviii"
    " xxix xxx"
).split()


def label_of_heading(title: str) -> tuple[str, str]:
    """The number a heading begins with, as in "II" or "2.1", and the rest of it; no number for most words."""
    found = _HEADING.match(title)
    if found is None:
        return "", title
    return found["name"] or found["deep"], title[found.end() :]


def label_of_clause(text: str) -> tuple[str, str]:
    """What stands in the parentheses a paragraph begins with, and the rest; nothing for words, as in "(see below)"."""
    found = _CLAUSE.match(text)
    if found is None or not _kinds(found["name"]):
        return "", text
    return found["name"], text[found.end() :]


def _kinds(name: str) -> list[str]:
    """What a label can be; "(i)" is both a letter and a Roman number."""
    if name.isdigit():
        return ["number"]
    case = "upper" if name.isupper() else "lower" if name.islower() else ""
    letters = len(set(name.lower())) == 1 and len(name) <= 2
    roman = name.lower() in _ROMAN
    return [f"{case} {kind}" for kind, fits in (("letter", letters), ("roman", roman)) if fits and case]


def _follows(name: str, before: str) -> bool:
    return len(before) == len(name) == 1 and ord(name) == ord(before) + 1


@dataclass
class Place:
    """Where in a text one is: the numbered sections around, and the clauses one is inside of."""

    _sections: list[tuple[int, str]] = field(default_factory=list)
    _clauses: list[tuple[str, str]] = field(default_factory=list)

    def enter_section(self, label: str, level: int) -> None:
        """Begin a section; one without a number stays in the numbered one around it."""
        self._clauses = []
        self._sections = [(above, name) for above, name in self._sections if above < level]
        if label:
            self._sections.append((level, label))

    def enter_clause(self, label: str) -> int:
        """Begin a clause after or beneath those before it; returns how deep it is nested, from 1."""
        kinds = _kinds(label)
        for depth, (kind, before) in reversed(list(enumerate(self._clauses))):
            if kind in kinds and (len(kinds) == 1 or _goes_on(kind, label, before)):
                self._clauses[depth:] = [(kind, label)]
                return depth + 1
        # A first "(i)" begins Roman numbers, a first "(a)" letters; another "(i)" begins them anew, not within itself.
        around = [kind for kind, _ in self._clauses]
        depth = around.index(kinds[-1]) if kinds[-1] in around else len(around)
        self._clauses[depth:] = [(kinds[-1], label)]
        return depth + 1

    def anchor(self) -> str:
        """Where it is found on the page, as in "ii-a-3"."""
        names = [*(name for _, name in self._around()), *(name for _, name in self._clauses)]
        return "-".join(name.lower().replace(".", "-") for name in names)

    def citation(self) -> str:
        """How people cite it, as in "II(A)(3)"."""
        return ".".join(name for _, name in self._around()) + "".join(f"({name})" for _, name in self._clauses)

    def _around(self) -> list[tuple[int, str]]:
        """The numbered sections; "2.1" names the one around it already."""
        deep = [place for place, (_, name) in enumerate(self._sections) if "." in name]
        return self._sections[deep[-1] :] if deep else self._sections


def _goes_on(kind: str, label: str, before: str) -> bool:
    """Whether a label that can be two things carries on this row of letters, or of Roman numbers."""
    if kind.endswith("letter"):
        return _follows(label, before)
    return before.lower() in _ROMAN and _ROMAN.index(label.lower()) == _ROMAN.index(before.lower()) + 1
