"""What the library can hold: a number that fits into an address, and a text that fits into the database."""

import re

from policies.models.library import LONGEST_BODY, LONGEST_TITLE, NUMBER
from workflow.decisions import ALLOWED, Decision, Denied

_NOT_STORABLE = re.compile(r"[\x00\ud800-\udfff]")


def is_a_number(number: str) -> Decision:
    """Whether a policy can be known by this for good."""
    if re.fullmatch(NUMBER, number):
        return ALLOWED
    return Denied(
        "Number the policy with up to 20 capital letters, digits, points and hyphens, at least one digit among them,"
        " like 1021 or HR-7."
    )


def fits(title: str, body: str, summary: str) -> Decision:
    """Whether a draft can be kept as it is; it needs its title from the beginning."""
    if not title.strip():
        return Denied("Give the policy a title.")
    if len(title) > LONGEST_TITLE:
        return Denied(f"Shorten the title to {LONGEST_TITLE} characters (it has {len(title)}).")
    if len(body) > LONGEST_BODY:
        return Denied(f"A policy has at most {LONGEST_BODY:,} characters (this one has {len(body):,}). Divide it.")
    return says_only_characters(title, body, summary)


def says_why(reason: str) -> Decision:
    """Whether there are words with which its writers can do something."""
    return says_only_characters(reason) if reason.strip() else Denied("Say what should change first.")


def says_only_characters(*texts: str) -> Decision:
    """Whether the database can store each of these."""
    if any(_NOT_STORABLE.search(text) for text in texts):
        return Denied("Remove the control characters. They come from copying; type the words again.")
    return ALLOWED
