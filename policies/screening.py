"""What may never be written down here: a login's value, and numbers that identify a client."""

import re

from policies.clauses import Clause, enforces
from workflow.decisions import ALLOWED, Decision, Denied, first_denial
from workflow.text import as_read

_KEYWORD = r"(?:password|passwd|passcode|passphrase|passwort|pass\s?code|pwd|pw|pin|contraseña)"
_LOGIN = (
    rf"(?:{_KEYWORD}|pass|user\s?name|user\s?id|login(?:\s?(?:id|name))?|log-?in|credentials?|2fa\scode|one-time\scode)"
)
_VALUE = r"[\"'“”‘’«]?(?P<value>[^\s\"'“”‘’»,;]{3,64})[\"'“”‘’»]?"
_NAMED = re.compile(rf"\b{_LOGIN}s?\s*(?P<link>:|=|->|→|\bis\b|\bwas\b|-\s)\s*{_VALUE}(?P<rest>[^\n]*)", re.IGNORECASE)
_BESIDE = re.compile(rf"\b{_LOGIN}s?\s+{_VALUE}", re.IGNORECASE)
_PAIR = re.compile(r"[\w.+-]{2,64}(?:@[\w-]+(?:\.[\w-]+)+)?\s?[:/|]\s?(?P<value>[^\s:/|]{6,64})")
_IN_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/@:]+:[^\s/@]+@", re.IGNORECASE)
_SSN = re.compile(r"(?<![\d.-])\d{3}\s?[-‐‑‒–—−. ]\s?\d{2}\s?[-‐‑‒–—−. ]\s?\d{4}(?![\d-])")
_NINE_DIGITS = re.compile(r"(?<![\d./=_-])(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}(?![\d./_-])")
# Words that follow "the password is/was" in a report without being one.
_PLAIN_WORDS = frozenset(
    [
        "about",
        "again",
        "also",
        "always",
        "bad",
        "being",
        "case",
        "changed",
        "compromised",
        "correct",
        "different",
        "easy",
        "enough",
        "given",
        "gone",
        "here",
        "hers",
        "his",
        "important",
        "known",
        "leaked",
        "lost",
        "mine",
        "missing",
        "necessary",
        "needed",
        "never",
        "new",
        "none",
        "not",
        "okay",
        "old",
        "one",
        "only",
        "optional",
        "ours",
        "out",
        "private",
        "protected",
        "public",
        "required",
        "reset",
        "right",
        "safe",
        "saved",
        "secret",
        "secure",
        "seen",
        "sent",
        "shared",
        "shown",
        "simple",
        "still",
        "stolen",
        "strong",
        "taken",
        "that",
        "the",
        "their",
        "theirs",
        "there",
        "this",
        "too",
        "used",
        "valid",
        "visible",
        "weak",
        "what",
        "when",
        "who",
        "written",
        "wrong",
        "yours",
    ]
)


@enforces(Clause.II_B_1)
def holds_no_login(text: str) -> Decision:
    """Denied when the text seems to give a username, password or other login value; naming one is fine."""
    read = as_read(text)
    if _IN_ADDRESS.search(read) or _gives_named_value(read) or _gives_value_beside(read) or _gives_pair(read):
        return Denied("Do not enter a username, password or login here (II(B)(1); Ark. Code 11-2-124).")
    return ALLOWED


@enforces(Clause.II_A)
def identifies_no_client(text: str) -> Decision:
    """Denied when the text has a number shaped like a Social Security number."""
    read = as_read(text)
    if _SSN.search(read) or _NINE_DIGITS.search(read):
        return Denied("Remove names, numbers and case details. Describe what happened without identifying the client.")
    return ALLOWED


def may_be_stored(text: str) -> Decision:
    """Both screens, the one for logins first; the text itself never leaves this function."""
    return first_denial(holds_no_login(text), identifies_no_client(text))


def _gives_named_value(text: str) -> bool:
    return any(_is_value(match) for match in _NAMED.finditer(text))


def _is_value(match: re.Match[str]) -> bool:
    value = match["value"].rstrip(".!?)")
    if _looks_made_up(value):
        return True
    ends_the_sentence = match["value"] != value or not match["rest"].strip(" .!?)\"'”’")
    is_a_word = value.lower() in _PLAIN_WORDS or value.lower().endswith(("ed", "ing"))
    return ends_the_sentence and len(value) >= 4 and not is_a_word


def _gives_value_beside(text: str) -> bool:
    return any(_looks_made_up(match["value"].rstrip(".!?)")) for match in _BESIDE.finditer(text))


def _gives_pair(text: str) -> bool:
    return any(
        "@" in match[0] and _looks_made_up(match["value"].rstrip(".!?)")) and not match["value"].isdigit()
        for match in _PAIR.finditer(text)
    )


def _looks_made_up(value: str) -> bool:
    """Whether a token mixes letters with digits or signs the way passwords do and words do not."""
    has_letter = any(c.isalpha() for c in value)
    has_digit = any(c.isdigit() for c in value)
    has_sign = any(not c.isalnum() and c not in "-'’.()/" for c in value)
    odd_capitals = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    return (has_letter and (has_digit or has_sign)) or (has_digit and len(value) >= 4 and has_sign) or odd_capitals
