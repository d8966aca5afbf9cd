"""Tells which labelled paragraph is a clause and which an item of a list, by what it goes on from or lies beneath."""

from dataclasses import dataclass, field

from policies.importing.readers.labels import Label
from policies.importing.readers.pieces import Piece

CLAUSE, ITEM = "clause", "item"
_SAME_EDGE = 4.0


@dataclass
class _Open:
    """A numbering that a later label may go on with."""

    form: str
    value: int
    dress: str
    role: str
    indent: float
    place: tuple[str, int] | None
    interrupted: bool = False


@dataclass
class Outline:
    """The numberings that are open at a point of the document, the outermost first."""

    _open: list[_Open] = field(default_factory=list)
    _seen: set[tuple[str, int, str]] = field(default_factory=set)

    def accepts(self, label: Label, piece: Piece) -> bool:
        """Whether what looks like a label is one: "C. difficile" is none where no "B." came before."""
        if piece.number or label.is_in_parentheses or label.begins:
            return True
        dress = _dress(label)
        return any((form, value - 1, dress) in self._seen for form, value in label.readings)

    def place(self, label: Label, piece: Piece) -> str:
        """Whether this labelled paragraph is a CLAUSE or an ITEM of an ordered list."""
        going_on = self._going_on(label, piece)
        if going_on is None:
            return self._begin(label, piece)
        while self._open[-1] is not going_on:
            self._open.pop()
        going_on.value = _value(label, going_on.form)
        going_on.interrupted = False
        self._remember(label)
        return going_on.role

    def interrupt(self, indent: float) -> None:
        """An ordinary paragraph came, so far from the margin: what begins after it is not beneath what it ended."""
        for numbering in self._open:
            numbering.interrupted = numbering.interrupted or indent <= numbering.indent + _SAME_EDGE

    def close(self) -> None:
        """A heading came: nothing goes on over it."""
        self._open.clear()

    def _going_on(self, label: Label, piece: Piece) -> _Open | None:
        if piece.place:
            return next((one for one in reversed(self._open) if one.place == piece.place), None)
        fitting = [one for one in reversed(self._open) if one.dress == _dress(label) and _follows(label, one)]
        at_its_edge = [one for one in fitting if abs(one.indent - piece.indent) <= _SAME_EDGE]
        return next(iter(at_its_edge or fitting), None)

    def _begin(self, label: Label, piece: Piece) -> str:
        while self._open and self._open[-1].indent > piece.indent + _SAME_EDGE:
            self._open.pop()
        role = self._role(label, piece)
        form, value = min(label.readings, key=lambda reading: reading[1])
        self._open.append(_Open(form, value, _dress(label), role, piece.indent, piece.place))
        self._remember(label)
        return role

    def _role(self, label: Label, piece: Piece) -> str:
        if not label.is_number or label.is_in_parentheses:
            return CLAUSE
        above = next((one for one in reversed(self._open) if _lies_beneath(piece, one)), None)
        return above.role if above else ITEM

    def _remember(self, label: Label) -> None:
        self._seen |= {(form, value, _dress(label)) for form, value in label.readings}


def _lies_beneath(piece: Piece, numbering: _Open) -> bool:
    if piece.place and numbering.place and piece.place[0] == numbering.place[0]:
        return piece.place[1] > numbering.place[1]
    return not numbering.interrupted


def _follows(label: Label, numbering: _Open) -> bool:
    # "(i)" after "(h)" is a letter, whatever it was taken for before.
    return any(form == numbering.form and value == numbering.value + 1 for form, value in label.readings)


def _value(label: Label, form: str) -> int:
    return dict(label.readings).get(form, 1)


def _dress(label: Label) -> str:
    return label.written.replace(label.token, "1", 1)
