"""What is wrong with a file, each with its line and column."""

from dataclasses import dataclass, field

SHOWN = 50


class Unusable(Exception):
    """The file cannot be taken over; carries every complaint worth reading."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints


@dataclass
class Complaints:
    """Gathers what is wrong, so that one reading names it all; beyond the first fifty it only counts."""

    listed: list[tuple[int, str]] = field(default_factory=list)
    unlisted: int = 0

    def add(self, line: int, column: str, words: str) -> None:
        """Note one fault at a place in the file."""
        if len(self.listed) < SHOWN:
            self.listed.append((line, f"Line {line}, {column}: {words}"))
        else:
            self.unlisted += 1

    def settle(self) -> None:
        """Raise Unusable, in the file's order, where there is anything to complain of."""
        if not self.listed:
            return
        words = [words for _, words in sorted(self.listed, key=lambda complaint: complaint[0])]
        if self.unlisted:
            words.append(f"… and {self.unlisted:,} more.")
        raise Unusable(words)
