"""Tells headings from paragraphs, by their style or else by how they look, and how deep each one is."""

from collections.abc import Sequence

from policies.importing.readers import labels
from policies.importing.readers.notes import Notes
from policies.importing.readers.pieces import Part, Piece

TOP, DEEPEST = 2, 6
LONGEST = 120
_LARGER = 1.15
Weight = tuple[float, ...]


class Headings:
    """The headings of one document, each with its depth from 2 for the top."""

    def __init__(self, parts: Sequence[Part], notes: Notes) -> None:
        self._usual_size = _usual_size(parts)
        self._notes = notes
        weighed = ((position, self._weight(part)) for position, part in enumerate(parts))
        self._weights = {position: weight for position, weight in weighed if weight}

    def weight(self, position: int) -> Weight | None:
        """How weighty the heading at this position is, the smallest the weightiest; None where there is none."""
        return self._weights.get(position)

    def demote(self, positions: set[int]) -> None:
        """Let these be no headings: they are the title, or stand around it."""
        for position in positions:
            self._weights.pop(position, None)

    def depths(self) -> dict[int, int]:
        """The depth of each heading, by its position; where looks alone told them, that is noted."""
        self._notes.count("headings", any(weight[0] for weight in self._weights.values()))
        ranks = {weight: rank for rank, weight in enumerate(sorted(set(self._weights.values())))}
        return {position: min(TOP + ranks[weight], DEEPEST) for position, weight in self._weights.items()}

    def _weight(self, part: Part) -> Weight | None:
        if not isinstance(part, Piece) or part.is_bullet or not part.text:
            return None
        if part.level is not None:
            return (0, part.level)
        return self._look(part) if self._looks_like_one(part) else None

    def _look(self, piece: Piece) -> Weight:
        # A size is hardly ever exact, and bold capitals weigh more than bold words of the same size.
        beneath = _has_letter(piece)
        return (1, -round(piece.size), not piece.is_bold, not piece.is_capitals, beneath)

    def _looks_like_one(self, piece: Piece) -> bool:
        text = piece.text
        if len(text) > LONGEST or text.endswith((".", ";", ",")) or text.startswith("("):
            return False
        if not any(sign.isalpha() for sign in text) or piece.number.startswith("("):
            return False
        larger = bool(self._usual_size) and piece.size > self._usual_size * _LARGER
        return larger or piece.is_bold or (piece.is_capitals and not text.endswith(":") and " " in text)


def _has_letter(piece: Piece) -> bool:
    """Whether it is labelled with a letter or a small roman number, and so lies beneath one with a large one."""
    label = labels.of_a_number(piece.number) if piece.number else labels.at_the_start(piece.text)
    return label is not None and not any(form in {"1", "upper roman"} for form, _ in label.readings)


def _usual_size(parts: Sequence[Part]) -> float:
    """The size most words are in; 0 where sizes are not known."""
    words: dict[float, int] = {}
    for part in parts:
        if isinstance(part, Piece):
            words[part.size] = words.get(part.size, 0) + len(part.text)
    return max(words, key=lambda size: words[size], default=0.0)
