"""The figures as they are written down."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks import bars, names, reporting
from benchmarks.profiling import Profile, Spent
from compliance_portal.paths import BASE_DIR
from tests.benchmarks.test_figures import PAGE, at, of_policies

PLACE = reporting.INCIDENTS
MACHINE = {"Processor": "Some CPU, 2 cores", "Memory": "24 GiB"}


def test_a_run_says_where_when_and_what() -> None:
    results = [at(10_000), at(1_000_000, changed=replace(PAGE, ratio=5.0))]
    profile = Profile(2, whole=Spent(web=0.02, database=0.01))
    profile.parts["The trail"] = Spent(web=0.004, database=0.002)
    told = reporting.of_run(results, bars.verdicts(results), MACHINE, date(2026, 3, 2), profile)
    assert "| The trail | 2.00 | 1.00 | 20% |" in told
    assert "| 8.00 | 4.00 | 80% |" in told
    assert told.startswith("Measured on 2026-03-02: Some CPU, 2 cores, Memory 24 GiB.")
    assert "| Queue, first page: CPU at most 4 x A (2 x is the dream) | 5.00 x | **no** |" in told
    assert "### 10,000 incidents" in told
    assert "### 1,000,000 incidents" in told
    assert "| Queue, first page | 5.0 | 9.0 | 40 | 150 | 300 | 5.00 | 1.00 | 5.00 | 6 | 30.0 |" in told


def test_every_row_of_a_table_has_as_many_cells_as_its_heading() -> None:
    lines = reporting.of_size(at(10_000)).splitlines()
    assert {line.count("|") for line in lines if line.startswith("|")} == {len(reporting.HEADINGS) + 1}


def test_the_figures_take_the_place_of_the_former_ones(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"Before\n{PLACE.begin}\nold\n{PLACE.end}\nAfter\n")
    for _ in range(2):
        reporting.put_into(page, "new")
    assert page.read_text() == f"Before\n{PLACE.begin}\n\nnew\n\n{PLACE.end}\nAfter\n"


def test_a_page_without_a_place_for_them_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("Only words.")
    with pytest.raises(ValueError, match=r"performance\.md lacks"):
        reporting.put_into(page, "new")
    assert page.read_text() == "Only words."


def test_the_policies_have_a_place_of_their_own(tmp_path: Path) -> None:
    page, policies = tmp_path / "performance.md", reporting.POLICIES
    page.write_text(f"{PLACE.begin}\nold\n{PLACE.end}\n{policies.begin}\nold\n{policies.end}\n")
    reporting.put_into(page, "new", policies)
    assert page.read_text() == f"{PLACE.begin}\nold\n{PLACE.end}\n{policies.begin}\n\nnew\n\n{policies.end}\n"


def test_a_run_of_the_policies_holds_many_beside_few() -> None:
    results = [of_policies(20), of_policies(2_000, changed=replace(PAGE, name=names.POLICY, ratio=2.5))]
    told = reporting.of_policies(results, bars.of_policies(*results), MACHINE, date(2026, 3, 2))
    assert "| One policy: at 2,000 at most 1.3 x what it costs at 20 | 1.25 x (2.00 and 2.50 x A) | yes |" in told
    assert "### 20 policies" in told
    assert "### 2,000 policies" in told


@pytest.mark.parametrize("place", [reporting.INCIDENTS, reporting.POLICIES], ids=lambda place: place.of_what)
def test_the_projects_page_has_a_place_for_them(place: reporting.Place) -> None:
    page = (BASE_DIR / "docs" / "performance.md").read_text(encoding="utf-8")
    assert page.count(place.begin) == page.count(place.end) == 1
