"""Numbers and lists the policy leaves to the department: declared by features, changed by administrators."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError

from people.lately import Lately
from workflow.models import Setting
from workflow.text import as_read, refuse_hidden_characters, says_nothing

T = TypeVar("T", int, list[str])

MOST_LINES = 200
# The group of everything that says how long something takes.
TIMES = "Time limits"

DECLARED: dict[str, "Parameter[int] | Parameter[list[str]]"] = {}


def values_in_force() -> dict[str, Any]:
    """What every declared setting is now; one query."""
    forget()
    changed = _CHANGED.value()
    return {name: changed.get(name, parameter.default) for name, parameter in DECLARED.items()}


def forget() -> None:
    """Have the settings read again at their next use: someone changed one."""
    _CHANGED.forget()


def _changed() -> dict[str, Any]:
    return dict(Setting.objects.values_list("name", "value"))


# A page asks for several settings, and they change some times a year: each process reads them all at most this often.
_CHANGED = Lately(_changed, seconds=2.0)


def any_words(_line: str) -> None:
    """The check of a list that takes any line."""


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """One setting with its default, its words for the administrator and its bounds.

    Settings of one group stand together. A number has a least and a most; a line a greatest length, and a check that
    raises ValidationError.
    """

    name: str
    label: str
    default: T
    least: int = 1
    most: int = 365
    longest: int = 60
    check: Callable[[str], None] = any_words
    group: str = "Other"
    hint: str = ""

    def value(self) -> T:
        """What is in force, as read within the last two seconds; one query for all settings together."""
        value: T = _CHANGED.value().get(self.name, self.default)
        return value


def number(name: str, label: str, default: int, *, group: str, least: int = 1, most: int = 365) -> Parameter[int]:
    """Declare a whole number within bounds, both included."""
    return _declare(Parameter(name, label, default, least, most, group=group))


def lines(
    name: str,
    label: str,
    default: list[str],
    *,
    group: str,
    hint: str = "",
    longest: int = 60,
    check: Callable[[str], None] = any_words,
) -> Parameter[list[str]]:
    """Declare a list of words: how long a line may be, and what else must be so of each."""
    return _declare(Parameter(name, label, default, longest=longest, check=check, group=group, hint=hint))


def typed_lines(parameter: Parameter[list[str]], text: str) -> list[str]:
    """What was typed as the setting keeps it, a line each; raises ValidationError with a sentence."""
    refuse_hidden_characters(text)
    words = [line.strip() for line in text.splitlines() if not says_nothing(line)]
    if len(words) > MOST_LINES:
        raise ValidationError(f"These are {len(words)} lines. At most {MOST_LINES} fit: remove some.")
    if len({as_read(line).casefold() for line in words}) != len(words):
        raise ValidationError("The same line stands here twice. Remove one.")
    for line in words:
        if len(line) > parameter.longest:
            raise ValidationError(f"Shorten “{line[:30]}…”: a line has at most {parameter.longest} characters.")
        parameter.check(line)
    return words


def _declare(parameter: Parameter[T]) -> Parameter[T]:
    DECLARED[parameter.name] = parameter
    return parameter
