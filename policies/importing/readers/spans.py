"""Words with their weight and their links, written as Markdown that says the same and nothing else."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

_SPECIAL = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,31};)")
_AT_A_START = re.compile(r"^(?:(?P<sign>[#>=|]|[-+](?=\s|$|-))|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$))")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SPACES = re.compile(r"[^\S\n]+")
_SAFE = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_ODD_IN_ADDRESS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '()<>\\"`[]|*'})
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"


@dataclass(frozen=True)
class Span:
    """Some words of one weight, perhaps with the address they lead to."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


def cleaned(text: str) -> str:
    """The text without characters that nobody sees or that reorder others; line breaks stay, other spaces are one."""
    joined = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    lines = joined.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    seen = "".join(sign for sign in lines if sign in "\n\t" or not _is_hidden(sign))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", seen))


def hides_something(text: str) -> bool:
    """Whether some of the text cannot be seen; soft hyphens and the usual breaks do not count."""
    return any(sign not in "\n\t\r\x0b\x0c\u00ad\u2028\u2029" and _is_hidden(sign) for sign in text)


def _is_hidden(sign: str) -> bool:
    return sign in _FILLERS or (not sign.isprintable() and unicodedata.category(sign) in _HIDDEN)


def plain(spans: Iterable[Span]) -> str:
    """The words alone, on one line."""
    return " ".join("".join(span.text for span in spans).split())


def escaped(text: str) -> str:
    """The text so that Markdown reads every sign in it as itself, wherever on a line it stands."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def escaped_start(line: str) -> str:
    """The same for what would make a heading, a list or a quotation at the start of a line."""
    return _AT_A_START.sub(lambda found: f"{found['number'] or ''}\\{found['dot'] or found['sign']}", line)


def stripped(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without spaces at either end, and none that is empty."""
    kept = [span for span in _merged(spans) if span.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def without_start(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    """The spans after so many characters."""
    kept = []
    for span in spans:
        kept.append(replace(span, text=span.text[length:]))
        length = max(0, length - len(span.text))
    return stripped(kept)


def split_at_breaks(spans: Iterable[Span]) -> list[tuple[Span, ...]]:
    """The lines of a paragraph, as its author broke them."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=other)] for other in others]
    return [line for line in map(stripped, lines) if line]


def markdown(spans: Iterable[Span], *, emphasis: bool = True) -> str:
    """The spans on one line of Markdown."""
    written = ""
    pieces = [span if emphasis else replace(span, bold=False, italic=False) for span in spans]
    merged = _merged(replace(span, text=span.text.replace("\n", " ")) for span in pieces)
    for position, span in enumerate(merged):
        after = merged[position + 1].text[:1] if position + 1 < len(merged) else ""
        written += _written(span, before=written[-1:], after=after)
    return _SPACES.sub(" ", written).strip()


def _merged(spans: Iterable[Span]) -> list[Span]:
    groups = groupby(spans, key=lambda span: (span.bold, span.italic, _address(span.link)))
    return [Span("".join(span.text for span in group), *alike) for alike, group in groups]


def _written(span: Span, *, before: str, after: str) -> str:
    core = span.text.strip()
    if not core:
        return span.text
    lead, tail = span.text[: len(span.text) - len(span.text.lstrip())], span.text[len(span.text.rstrip()) :]
    text = escaped(core)
    if span.link:
        return f"{lead}[{_emphasised(text, span, '[', ']')}]({span.link}){tail}"
    return f"{lead}{_emphasised(text, span, lead[-1:] or before, tail[:1] or after)}{tail}"


def _emphasised(text: str, span: Span, before: str, after: str) -> str:
    """Emphasis as CommonMark's rules on what stands beside the asterisks allow; else the words alone."""
    signs = "**" * span.bold + "*" * span.italic
    if not signs or before == "*" or not any(sign.isalnum() for sign in text):
        return text
    opens = _is_word(text[0]) or not _is_word(before)
    closes = _is_word(text[-1]) or not _is_word(after)
    return f"{signs}{text}{signs}" if opens and closes else text


def _is_word(sign: str) -> bool:
    return bool(sign) and not sign.isspace() and not unicodedata.category(sign).startswith(("P", "S"))


def _address(link: str) -> str:
    """The address where it leads to the web or to a mailbox, written so that it ends where it should; else nothing."""
    if not link:
        return ""
    address = cleaned(link).strip().replace(" ", "%20")
    return address.translate(_ODD_IN_ADDRESS) if _SAFE.fullmatch(address) else ""


def is_web_address(link: str) -> bool:
    """Whether a link may be kept."""
    return bool(_address(link))
