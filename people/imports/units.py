"""The units a file names: gathered from its lines, checked as one tree, then stored."""

from dataclasses import dataclass, field

from people.imports.complaints import Complaints
from people.models import Unit


@dataclass(frozen=True)
class Description:
    """What one line says of a unit."""

    line: int
    name: str
    kind: str
    parent: str

    def same_as(self, other: "Description") -> bool:
        """Whether two lines say the same."""
        return (self.name, self.kind, self.parent) == (other.name, other.kind, other.parent)


@dataclass
class UnitLines:
    """Every unit of the file: described in full at least once, or only named where the portal knows it."""

    described: dict[str, Description] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, code: str, name: str, kind: str, parent: str, *, complaints: Complaints) -> None:
        """Take in one line's four cells."""
        if not code:
            if name or kind or parent:
                complaints.add(line, "unit_code", "it is empty, but the unit is described.")
            return
        self.named.setdefault(code, line)
        if not (name or kind or parent):
            return
        new = Description(line, name, kind.lower(), parent)
        known = self.described.setdefault(code, new)
        if known is new:
            self._check_words(code, new, complaints)
        elif not known.same_as(new):
            complaints.add(line, "unit_code", f"“{code}” is described otherwise on line {known.line}.")

    def check(self, complaints: Complaints) -> None:
        """Complain of units nobody describes and of trees that bite their tail; asks the database what it has."""
        parents: dict[str, str | None] = dict(Unit.objects.values_list("code", "parent__code"))
        parents.update({code: unit.parent for code, unit in self.described.items()})
        for code, line in self.named.items():
            if code not in parents:
                complaints.add(line, "unit_code", f"“{code}” is new, so it needs a unit_name and a unit_kind.")
        for code, unit in self.described.items():
            if unit.parent and unit.parent not in parents:
                words = f"“{unit.parent}” is not known. Describe it on a line of its own with the unit's columns only."
                complaints.add(unit.line, "parent_unit_code", words)
            elif _circles(code, parents):
                complaints.add(unit.line, "parent_unit_code", f"“{code}” would stand above itself.")

    def store(self) -> None:
        """Create and change units as the file has them; units it does not name stay."""
        wanted = [Unit(code=code, name=unit.name, kind=unit.kind) for code, unit in self.described.items()]
        Unit.objects.bulk_create(
            wanted, batch_size=1000, update_conflicts=True, unique_fields=["code"], update_fields=["name", "kind"]
        )
        units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        moved = [units[code] for code, unit in self.described.items() if _code(units[code].parent) != unit.parent]
        for unit in moved:
            unit.parent = units.get(self.described[unit.code].parent)
        Unit.objects.bulk_update(moved, ["parent"], batch_size=1000)

    def _check_words(self, code: str, unit: Description, complaints: Complaints) -> None:
        if not unit.name:
            complaints.add(unit.line, "unit_name", f"“{code}” needs a name.")
        if unit.kind not in Unit.Kind.values:
            words = f"“{unit.kind}” is none of {', '.join(Unit.Kind.values)}."
            complaints.add(unit.line, "unit_kind", words)


def _code(unit: Unit | None) -> str:
    return unit.code if unit else ""


def _circles(code: str, parents: dict[str, str | None]) -> bool:
    """Whether a unit is met again on the way up from it."""
    passed, above = {code}, parents.get(code)
    while above and above not in passed:
        passed.add(above)
        above = parents.get(above)
    return above == code
