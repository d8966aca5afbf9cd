"""The figures as people read them: tables for the terminal and for docs/performance.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.bars import Verdict
from benchmarks.chores import Chore
from benchmarks.figures import AtSize, Figures
from benchmarks.plans import Plan
from benchmarks.profiling import Profile


@dataclass(frozen=True)
class Place:
    """Where in docs/performance.md the figures of one run stand: between two lines."""

    of_what: str
    begin: str
    end: str


INCIDENTS = Place("incidents", "<!-- figures: written by `make bench` -->", "<!-- end of the figures -->")
POLICIES = Place(
    "policies",
    "<!-- figures of the policies: written by `ONLY=policies make bench` -->",
    "<!-- end of the figures of the policies -->",
)
ACCESS = Place(
    "grants in force",
    "<!-- figures of access requests: written by `ONLY=access make bench` -->",
    "<!-- end of the figures of access requests -->",
)
HEADINGS = (
    "",
    "p50 ms",
    "p95 ms",
    "p95 ms, 8 at once",
    "req/s",
    "req/s, 8 at once",
    "CPU ms",
    "of it database",
    "x A",
    "queries",
    "KB",
)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers_from: int = 1) -> str:
    """A table in Markdown; columns from `numbers_from` on are numbers."""
    line = ["---" if place < numbers_from else "---:" for place in range(len(headings))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (headings, line, *rows))


def of_target(figures: Figures) -> list[str]:
    """One line of the table of figures."""
    return [
        figures.name,
        f"{figures.p50:.1f}",
        f"{figures.p95:.1f}",
        f"{figures.p95_of_8:.0f}",
        f"{figures.rate:.0f}",
        f"{figures.rate_of_8:.0f}",
        f"{figures.cpu:.2f}",
        f"{figures.database_cpu:.2f}",
        f"{figures.ratio:.2f}",
        f"{figures.queries}",
        f"{figures.bytes / 1000:.1f}",
    ]


def of_size(result: AtSize, of_what: str = INCIDENTS.of_what) -> str:
    """Everything measured at one size."""
    figures = table(HEADINGS, [of_target(each) for each in (result.bare, *result.targets)])
    memory = f"Memory a worker: portal {result.portal_mib:.0f} MiB, A {result.bare_mib:.0f} MiB."
    return f"### {result.size:,} {of_what}\n\n{figures}\n\n{memory}"


def of_profile(profile: Profile) -> str:
    """Where the CPU of filing a report goes."""
    headings = ("", "here, ms", "database, ms", "share")
    rows = [(name, f"{web:.2f}", f"{base:.2f}", f"{share:.0%}") for name, web, base, share in profile.rows()]
    return f"### Filing a report, part by part\n\n{table(headings, rows)}"


def of_run(
    results: Sequence[AtSize], verdicts: Sequence[Verdict], machine: Mapping[str, str], today: date, profile: Profile
) -> str:
    """The whole run: what it ran on, the bars, the figures at each size, and the parts of filing."""
    sizes = "\n\n".join(of_size(result) for result in results)
    parts = of_profile(profile)
    return f"{ran_on(machine, today)}\n\n### Bars\n\n{_bars(verdicts)}\n\n{sizes}\n\n{parts}"


def of_policies(results: Sequence[AtSize], verdicts: Sequence[Verdict], machine: Mapping[str, str], today: date) -> str:
    """The run of the library: what it ran on, the bars, and the figures at each size."""
    sizes = "\n\n".join(of_size(result, POLICIES.of_what) for result in results)
    return f"{ran_on(machine, today)}\n\n{_bars(verdicts)}\n\n{sizes}"


def of_access(
    results: Sequence[AtSize],
    verdicts: Sequence[Verdict],
    chores: Sequence[Chore],
    plans: Sequence[Plan],
    ran_on: str,
) -> str:
    """The run of access requests: bars, figures at each size, what runs by the clock, and the plans."""
    sizes = "\n\n".join(of_size(result, ACCESS.of_what) for result in results)
    clockwork = f"### Without a page\n\n{_chores(chores)}"
    found = f"### How the database finds it\n\n{_plans(plans)}"
    return f"{ran_on}\n\n{_bars(verdicts)}\n\n{sizes}\n\n{clockwork}\n\n{found}"


def _chores(chores: Sequence[Chore]) -> str:
    headings = ("", "grants in force", "rows", "seconds", "rows a second", "MiB more than before")
    rows = [
        (each.name, f"{each.size:,}", f"{each.rows:,}", f"{each.seconds:,.2f}", f"{each.rate:,.0f}", f"{each.mib:,.0f}")
        for each in chores
    ]
    return table(headings, rows)


def _plans(plans: Sequence[Plan]) -> str:
    headings = ("", "indexes used", "its own", "ms", "pages of 8 KB")
    rows = [
        (
            plan.name,
            ", ".join([*plan.used, *(f"all of {name}" for name in plan.whole)]),
            "yes" if plan.by_index else "**no**",
            f"{plan.ms:,.2f}",
            f"{plan.pages:,}",
        )
        for plan in plans
    ]
    return table(headings, rows, numbers_from=3)


def ran_on(machine: Mapping[str, str], today: date) -> str:
    """What it ran on, in a sentence."""
    facts = ", ".join(f"{name} {value}" if name != "Processor" else value for name, value in machine.items())
    return f"Measured on {today.isoformat()}: {facts}."


def _bars(verdicts: Sequence[Verdict]) -> str:
    rows = [(verdict.bar, verdict.measured, "yes" if verdict.met else "**no**") for verdict in verdicts]
    return table(("Bar", "Measured", "Met"), rows, numbers_from=3)


def put_into(page: Path, figures: str, place: Place = INCIDENTS) -> None:
    """Replace what stands between the markers of a page; raises ValueError where it has none."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(place.begin)
    _, end, after = rest.partition(place.end)
    if not begin or not end:
        raise ValueError(f"{page.name} lacks the lines between which the figures go.")
    page.write_text(f"{before}{begin}\n\n{figures}\n\n{end}{after}", encoding="utf-8")
