"""The sentences of a rule are read from the rule itself, however it comes to them."""

import pytest

from policies.clauses import REGISTER, Clause
from policies.refusal_words import BLANK, Rule, sentences
from workflow.decisions import ALLOWED, Decision, Denied, first_denial

NAMED = "As written above."
SHUT = Denied("Shut.")


def says_it_itself(day: str, *, late: bool) -> Decision:
    """Words in the rule, some of which depend on the day."""
    if late:
        return Denied(f"Too late for {day}: choose {day} or later.", conflict=True)
    return Denied(reason="Too early.")


def says_one_or_the_other(*, late: bool) -> Decision:
    """Two sentences in one place."""
    return Denied("Late." if late else "Early.")


def says_what_is_named() -> Decision:
    """Words that stand under a name, and a whole refusal that does."""
    return Denied(NAMED) if BLANK else SHUT


def _words() -> str:
    return "From below." if BLANK else NAMED


def _is_asked() -> Decision:
    return Denied("Asked below.")


def asks_others() -> Decision:
    """Words of the functions it calls, some of which only find them."""
    return first_denial(_is_asked(), Denied(_words()), _is_asked())


def asks_itself(number: int) -> Decision:
    """A rule that calls itself comes to an end."""
    return asks_itself(number - 1) if number else Denied("Zero.")


def cannot_be_read(words: list[str]) -> Decision:
    """Words that only come with the case."""
    return Denied(words[0])


def has_nothing_against_it() -> Decision:
    """Always a yes."""
    return ALLOWED


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (says_it_itself, ("Too late for …: choose … or later.", "Too early.")),
        (says_one_or_the_other, ("Late.", "Early.")),
        (says_what_is_named, ("As written above.", "Shut.")),
        (asks_others, ("Asked below.", "From below.", "As written above.")),
        (asks_itself, ("Zero.",)),
        (cannot_be_read, ("…",)),
        (has_nothing_against_it, ()),
    ],
)
def test_a_rules_sentences_are_those_in_its_source(rule: Rule, said: tuple[str, ...]) -> None:
    assert sentences(rule) == said


def test_what_another_rule_says_is_left_to_that_one() -> None:
    (may_work_on,) = [rule for rule in REGISTER[Clause.II_A_3] if rule.__name__ == "may_work_on"]
    assert sentences(may_work_on) == ("Only the Privacy Office works on incidents.",)


RULES = [rule for rules in REGISTER.values() for rule in rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.__module__}.{rule.__name__}")
def test_every_rule_of_the_portal_is_written_so_that_its_sentences_can_be_read(rule: Rule) -> None:
    assert BLANK not in sentences(rule)
    assert all(sentence.endswith((".", ")")) for sentence in sentences(rule))
