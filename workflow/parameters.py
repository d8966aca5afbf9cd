"""Numbers and lists the policy leaves to the department: declared by features, changed by administrators."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from workflow.models import Setting

T = TypeVar("T", int, list[str])

DECLARED: dict[str, "Parameter[int] | Parameter[list[str]]"] = {}


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """One setting with its default, its words for the administrator and, for numbers, its bounds."""

    name: str
    label: str
    default: T
    least: int = 1
    most: int = 365

    def value(self) -> T:
        """What is in force now; one query."""
        changed = Setting.objects.filter(pk=self.name).values_list("value", flat=True).first()
        return self.default if changed is None else changed


def number(name: str, label: str, default: int, *, least: int = 1, most: int = 365) -> Parameter[int]:
    """Declare a whole number within bounds, both included."""
    return _declare(Parameter(name, label, default, least, most))


def lines(name: str, label: str, default: list[str]) -> Parameter[list[str]]:
    """Declare a list of words."""
    return _declare(Parameter(name, label, default))


def _declare(parameter: Parameter[T]) -> Parameter[T]:
    DECLARED[parameter.name] = parameter
    return parameter
