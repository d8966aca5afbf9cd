"""The figures of one target at one size, and the few sums they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)) - 1, 0)]


def median(values: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@dataclass(frozen=True)
class Figures:
    """What one target costs at one size: milliseconds, requests a second, CPU in milliseconds a request.

    `rows` are those of the page's table, by which a search shows that it searched.
    """

    name: str
    p50: float
    p95: float
    p95_of_8: float
    rate: float
    rate_of_8: float
    web_cpu: float
    database_cpu: float
    ratio: float
    bytes: int
    queries: int = 0
    rows: int = 0

    @property
    def cpu(self) -> float:
        """CPU a request, workers and database together."""
        return self.web_cpu + self.database_cpu


@dataclass(frozen=True)
class AtSize:
    """Everything measured at one number of incidents; memory in MiB, of the larger of the two workers."""

    size: int
    bare: Figures
    targets: tuple[Figures, ...]
    portal_mib: float
    bare_mib: float
    filled_in: float

    def named(self, name: str) -> Figures:
        """The figures of one target; raises LookupError where it was not measured."""
        return next(iter([figures for figures in self.targets if figures.name == name]))
