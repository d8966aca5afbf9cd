"""The clause register as people get it: the page, the spreadsheet, the file for programs."""

import csv
import json
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from audit.models import Entry
from people import lately
from people.models import Role
from policies import register_files, tally
from policies.charter import CHARTER
from policies.clauses import AWAITED, Clause
from tests.conftest import At
from tests.incidents.stage import browser, reported
from tests.personas import employee
from tests.worklist.dom import Drawn, attribute, words

pytestmark = pytest.mark.django_db
PAGE, CSV, JSON = (reverse(f"policies:{name}") for name in ("coverage", "coverage_csv", "coverage_json"))


def auditors() -> Client:
    """The browser of an auditor."""
    return browser(employee("Audrey Auditor", roles=(Role.AUDITOR,)))


def drawn() -> Drawn:
    """What is on the auditor's page."""
    html = auditors().get(PAGE).content.decode()
    return Drawn(html[html.index("<main") : html.index("</main>") + len("</main>")])


def lines() -> list[list[str]]:
    """The auditor's spreadsheet, its headings first."""
    text = auditors().get(CSV).content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


# --- Who gets it


def test_an_employee_finds_nothing_there_and_no_way_to_it() -> None:
    client = browser(employee())
    assert [client.get(address).status_code for address in (PAGE, CSV, JSON)] == [404, 404, 404]
    assert PAGE not in client.get("/").content.decode()
    assert not Entry.objects.filter(action="register.exported").exists()


def test_an_auditor_finds_it_from_home() -> None:
    assert f'href="{PAGE}"' in auditors().get("/").content.decode()


@pytest.mark.parametrize("address", [PAGE, CSV, JSON])
def test_nothing_of_it_stays_in_the_browser_and_it_is_only_read(address: str) -> None:
    client = auditors()
    assert client.get(address)["Cache-Control"] == "no-store"
    assert client.post(address).status_code == 405


# --- The page


def test_the_page_says_how_many_clauses_are_enforced_and_leads_to_each() -> None:
    page = drawn()
    enforced, awaited = len(Clause) - len(AWAITED), len(AWAITED)
    summary = f"{enforced} of {len(Clause)} clauses are enforced; {awaited} are not built yet"
    assert words(page.one("h2", id="summary")) == summary
    for clause in Clause:
        link, row = page.one("a", href=f"#{clause.value}"), page.one("tr", id=clause.value)
        assert words(link) == clause
        assert words(row).startswith(clause)


def test_a_clause_shows_what_it_demands_what_enforces_it_and_what_the_refused_read() -> None:
    tally.count([Clause.II_F])
    reported(kind="dhs_email")
    said = words(drawn().one("tr", id="II_F"))
    for part in (
        "Policy 1021, II(F)",
        "Enforced",
        CHARTER[Clause.II_F].demands,
        "incidents.rules.report. account_left_dhs_email",
        "A personal account opened with a DHS e-mail must have been moved to a personal one.",
        "“Use a personal e-mail for personal accounts (II(F)).”",
        "Reports of a DHS e-mail address: 1",
    ):
        assert part in said


def test_a_clause_that_is_not_built_says_so_and_where_it_will_be() -> None:
    said = words(drawn().one("tr", id="L_ESIGN"))
    assert "Not yet enforced" in said
    assert "Its home will be consent" in said


def test_more_than_three_sentences_are_folded_and_three_are_not() -> None:
    page = drawn()
    folded = {words(summary) for summary in page.all("summary")}
    assert "What a refused person reads (25 sentences)" in folded
    assert len(page.all("details")) == len(folded) == 6
    assert all(attribute(details, "open") is None for details in page.all("details"))


def test_the_page_says_when_its_figures_were_read(at: At) -> None:
    with at("2026-03-04 10:15"):
        assert "Read from the running portal March 4, 2026 at 10:15 a.m." in drawn().words()


def test_the_page_names_nobody() -> None:
    reported(employee("Rita Reporter"), people=(employee("Nora Named"),), confidential=True)
    page = drawn().words()
    assert "Rita" not in page
    assert "Nora" not in page


@pytest.mark.parametrize("records", [1, 200])
def test_the_page_takes_the_same_few_queries_however_much_is_held(
    records: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    erin = employee()
    for _ in range(records):
        reported(erin, platform="Facebook", information=["health"])
        tally.count(Clause)
    client = auditors()
    client.get(PAGE)
    lately.forget_all()
    # The sign-in, who it is and their roles, unread notices, the time; then one for all records, one for refusals.
    with django_assert_num_queries(6):
        assert client.get(PAGE).status_code == 200


# --- The files


def test_the_spreadsheet_has_a_line_for_each_clause() -> None:
    headings, *rows = lines()
    assert tuple(headings) == register_files.HEADINGS
    assert [row[0] for row in rows] == list(Clause)
    assert all(len(row) == len(headings) for row in rows)
    stay = dict(zip(headings, rows[list(Clause).index(Clause.III_STAY)], strict=True))
    assert stay["State"] == "Enforced"
    first = stay["Enforced by"].split(" | ")[0]
    assert (first.split(".")[:2], first.split(".")[-1]) == (["policies", "rules"], "is_still_written")
    assert "Published policy text cannot be edited. Create a new version." in stay["What a refused person reads"]
    assert stay["Records"] == "Published versions of policies: 0 | Questions asked: 0"


def test_the_spreadsheet_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHARTER, Clause.II_F, type(CHARTER[Clause.II_F])("=HYPERLINK(1)", "+1", "@x", "-incidents"))
    cells = [cell for row in lines() for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert "'=HYPERLINK(1)" in cells


def test_a_program_finds_the_members_that_are_promised(settings: Settings) -> None:
    settings.DEPARTMENT = "Department of Examples"
    tally.count([Clause.II_B_1])
    reported(kind="asked", verb="required", asked_for=["login"])
    read: dict[str, Any] = json.loads(auditors().get(JSON).content)
    assert datetime.fromisoformat(read.pop("generated_at")) >= datetime.fromisoformat(read.pop("records_counted_at"))
    found = read.pop("clauses")
    assert read == {"department": "Department of Examples", "refusals_over_days": 90, "records_counted_up_to": 1000}
    assert [each["id"] for each in found] == list(Clause)
    assert found[list(Clause).index(Clause.II_B_1)] == {
        "id": "II_B_1",
        "part": "II. Social media",
        "source": "Policy 1021, II(B)(1)",
        "title": "No disclosure of logins",
        "demands": CHARTER[Clause.II_B_1].demands,
        "home": "policies",
        "enforced": True,
        "enforced_by": [
            {
                "name": "policies.screening.holds_no_login",
                "promise": "Denied when the text seems to give a username, password or other login value; "
                "naming one is fine.",
            }
        ],
        "refused_with": ["Do not enter a username, password or login here (II(B)(1); Ark. Code 11-2-124)."],
        "refusals": 1,
        "records": [{"label": "Asked for a login", "count": 1, "capped": False}],
    }


@pytest.mark.parametrize(("address", "form"), [(CSV, "csv"), (JSON, "json")])
def test_whoever_takes_a_file_stands_in_the_trail(address: str, form: str, at: At) -> None:
    client = auditors()
    with at("2026-03-04 10:15"):
        response = client.get(address)
    assert response["Content-Disposition"] == f'attachment; filename="clause-register-2026-03-04.{form}"'
    entry = Entry.objects.get(action="register.exported")
    assert (str(entry.actor), entry.facts) == ("Audrey Auditor", {"form": form})
