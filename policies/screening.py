"""What may never be written down here: a login's value, and numbers that identify a client."""

import re

from policies.clauses import Clause, enforces
from policies.logins import gives_login
from workflow.decisions import ALLOWED, Decision, Denied, first_denial
from workflow.refusals import note
from workflow.text import as_read

# Three, two and four digits, however they are kept apart; not a year, a phone number or a longer number's middle.
_APART = r"\s?[-‐‑‒–—−.,·•*/_ \t]{1,2}\s?"
_SSN = re.compile(rf"(?<!\d)(?<!\d[-.])\d{{3}}{_APART}\d{{2}}{_APART}\d{{4}}(?!\d)(?!-\d)")
_MASKED_SSN = re.compile(r"(?<!\w)[x*#]{3}-?[x*#]{2}-?\d{4}(?!\d)", re.IGNORECASE)
_PICTURE = r"\.(?:png|jpe?g|gif|heic|webp|bmp|mp4|mov)\b"
_NINE_DIGITS = re.compile(
    rf"(?<![\d./=_-])(?<!%2F)(?!000|666)\d{{3}}(?!00)\d{{2}}(?!0000)\d{{4}}(?!\d|_|[./-]\d|{_PICTURE})", re.IGNORECASE
)
_CALLED_SSN = re.compile(
    r"(?<![a-z])(?:s\.?s\.?n|ss\s?(?:#|no)|soc(?:ial)?(?:\ssecurity|\s?#|\snumber|\sis|\swas|:))\D{0,20}"
    r"(?:\d{3}[\W_]{0,3}\d{2}[\W_]{0,3}\d{4}|\d{3}[\W_]\d{3}[\W_]\d{3})(?!\d)",
    re.IGNORECASE,
)


@enforces(Clause.II_B_1)
def holds_no_login(text: str) -> Decision:
    """Denied when the text seems to give a username, password or other login value; naming one is fine."""
    if gives_login(as_read(text)):
        return Denied("Do not enter a username, password or login here (II(B)(1); Ark. Code 11-2-124).")
    return ALLOWED


@enforces(Clause.II_A)
def identifies_no_client(text: str) -> Decision:
    """Denied when the text has a number shaped like a Social Security number."""
    read = as_read(text)
    if any(shape.search(read) for shape in (_SSN, _MASKED_SSN, _NINE_DIGITS, _CALLED_SSN)):
        return Denied("Remove names, numbers and case details. Describe what happened without identifying the client.")
    return ALLOWED


def may_be_stored(text: str) -> Decision:
    """Both screens, the one for logins first; the text itself never leaves this function."""
    return first_denial(holds_no_login(text), identifies_no_client(text))


def may_name_a_file(name: str) -> Decision:
    """Both screens for a file's name; which clause refuses it is counted with the request."""
    decision = may_be_stored(name)
    note(decision)
    return decision
