"""Where a line break inside a paragraph parts two paragraphs, and where it only ends a line."""

from collections.abc import Iterable

from policies.importing.readers import labels
from policies.importing.readers.facts import states_a_fact
from policies.importing.readers.spans import Span, plain

Line = tuple[Span, ...]


def grouped(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of a paragraph, together with those they go on from; a label or a fact stands by itself."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins_anew(plain(line), plain(groups[-1][-1])):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def joined(lines: Iterable[Line], between: str) -> Line:
    """The lines as one, with this between them."""
    spans: list[Span] = []
    for line in lines:
        spans += [Span(between), *line] if spans else line
    return tuple(spans)


def _begins_anew(line: str, before: str) -> bool:
    return labels.at_the_start(line) is not None or states_a_fact(line) or states_a_fact(before)
