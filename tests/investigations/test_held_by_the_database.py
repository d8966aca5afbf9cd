"""What the database refuses in investigations, whoever writes: the portal's own role and the owner of the tables."""

import re
from itertools import product

import pytest
from django.db import DatabaseError, connections, transaction

from investigations import lifecycle, triggers
from investigations.models import Investigation
from tests.investigations.stage import closed, investigator, joined, opened
from tests.personas import employee
from workflow.refusals import MOVED_ON, denied_by

Ids = dict[str, int]


@pytest.fixture(scope="module")
def ids(committed: None) -> Ids:
    """An open and a closed investigation, each with a member beside its opener."""
    ivan, erin, new = investigator(), employee(), employee("New Nan")
    still_open, done = opened("IA-2026-1", by=ivan), opened("IA-2026-2", by=ivan)
    open_member, done_member = joined(still_open, erin), joined(done, erin)
    closed(done)
    people = {"ivan": ivan.pk, "erin": erin.pk, "new": new.pk}
    return {
        **people,
        "open": still_open.pk,
        "closed": done.pk,
        "open_member": open_member.pk,
        "closed_member": done_member.pk,
    }


def tried(ids: Ids, alias: str, statement: str) -> None:
    """Done by one of the two roles, and undone again."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(statement, ids)
        assert cursor.rowcount == 1
        transaction.set_rollback(True, using=alias)


def of_investigation(row: str, change: str) -> str:
    return f"UPDATE investigations_investigation SET {change} WHERE id = %({row})s"  # noqa: S608  from fixed lists


def of_member(row: str, change: str) -> str:
    return f"UPDATE investigations_member SET {change} WHERE id = %({row})s"  # noqa: S608  from fixed lists


def new_investigation(**other: str) -> str:
    """A rightful opening as SQL, but for what is given otherwise."""
    row = {
        "number": "'IA-2026-3'",
        "office": "'privacy'",
        "allegation": "'state_law'",
        "status": "'open'",
        "opened_by_id": "%(ivan)s",
        "opened_at": "now()",
        "outcome": "''",
        "submission": "'00000000-0000-0000-0000-000000000001'",
    } | other
    columns, values = ", ".join(row), ", ".join(row.values())
    return f"INSERT INTO investigations_investigation ({columns}) VALUES ({values})"  # noqa: S608  from fixed lists


def new_member(investigation: str = "open", person: str = "new", **other: str) -> str:
    """Someone joins, as SQL, but for what is given otherwise."""
    row = {
        "investigation_id": f"%({investigation})s",
        "person_id": f"%({person})s",
        "added_by_id": "%(ivan)s",
        "added_at": "now()",
    } | other
    columns, values = ", ".join(row), ", ".join(row.values())
    return f"INSERT INTO investigations_member ({columns}) VALUES ({values})"  # noqa: S608  from fixed lists


CLOSING = "status = 'closed', closed_by_id = %(ivan)s, closed_at = now(), outcome = 'Nothing.'"
ENDING = "removed_at = now(), removed_by_id = %(ivan)s"
RIGHTFUL = [new_investigation(), new_member(), of_investigation("open", CLOSING), of_member("open_member", ENDING)]


def test_what_is_rightful_passes_so_that_the_refusals_below_are_for_their_own_reason(ids: Ids) -> None:
    for alias, statement in product(("default", "owner"), RIGHTFUL):
        tried(ids, alias, statement)


STANDS = "what an investigation was opened as does not change"
REFUSED = {
    # Nothing is taken away.
    "DELETE FROM investigations_investigation WHERE id = %(open)s": "never deleted",
    "DELETE FROM investigations_investigation WHERE id = %(closed)s": "never deleted",
    "DELETE FROM investigations_member WHERE id = %(open_member)s": "keeps its history",
    "TRUNCATE investigations_investigation CASCADE": "permission denied|only ever added to",
    "TRUNCATE investigations_member CASCADE": "permission denied|only ever added to",
    # It begins open, under a number that reads well, for an office.
    new_investigation(
        status="'closed'", closed_by_id="%(ivan)s", closed_at="now()", outcome="'Nothing.'"
    ): "an investigation begins open",
    new_investigation(number="'IA-2026-1'"): "investigations_investigation_number",
    new_investigation(number="'ia-2026-3'"): "investigation_number_reads_well",
    new_investigation(number="'IA-1926-3'"): "investigation_number_reads_well",
    new_investigation(number="'I-2026-3'"): "investigation_number_reads_well",
    new_investigation(number="E'IA-2026-3\\n'"): "investigation_number_reads_well",
    new_investigation(office="''"): "investigation_of_an_office",
    new_investigation(outcome="'Nothing.'"): "investigation_closed_by_someone_with_words",
    new_investigation(closed_by_id="%(ivan)s"): "investigation_closed_by_someone_with_words",
    # What it was opened as stands, on its way as well.
    **{
        of_investigation("open", change): STANDS
        for change in (
            "number = 'IA-2026-9'",
            "office = 'privacy'",
            "allegation = 'local_law'",
            "opened_by_id = %(erin)s",
            "opened_at = now()",
            "submission = '00000000-0000-0000-0000-000000000001'",
            "id = id + 100",
            f"{CLOSING}, number = 'IA-2026-9'",
        )
    },
    # It is closed by someone, with words.
    of_investigation("open", "status = 'closed'"): "investigation_closed_by_someone_with_words",
    of_investigation("open", f"{CLOSING[: CLOSING.rindex(',')]}"): "investigation_closed_by_someone_with_words",
    of_investigation("open", "outcome = 'Nothing.'"): "does not go from open to open",
    of_investigation("open", "status = 'paused'"): "does not go from open to paused",
    # Closed it stays as it is.
    **{
        of_investigation("closed", change): "a closed investigation does not change"
        for change in (
            "status = 'open', closed_by_id = NULL, closed_at = NULL, outcome = ''",
            "outcome = 'Other.'",
            "closed_by_id = %(erin)s",
            "closed_at = now()",
            "number = number",
        )
    },
    # Members join once at a time, only end, and stand once it is closed.
    new_member(person="erin"): "member_once_at_a_time",
    new_member(removed_at="now()", removed_by_id="%(ivan)s"): "whoever joins an investigation takes part",
    new_member("closed"): "who took part in a closed investigation stands",
    of_member("closed_member", ENDING): "who took part in a closed investigation stands",
    of_member("open_member", "removed_at = now()"): "member_removed_by_someone",
    of_member("open_member", "removed_by_id = %(ivan)s"): "only be ended",
    of_member("open_member", "person_id = %(new)s"): "only be ended",
    of_member("open_member", f"{ENDING}, added_by_id = %(erin)s"): "only be ended",
}
UNIQUE = ("investigations_investigation_number", "member_once_at_a_time")


def test_the_database_refuses_each_of_these(ids: Ids) -> None:
    for (statement, words), alias in product(REFUSED.items(), ("default", "owner")):
        with pytest.raises(DatabaseError, match=words) as refusal:
            tried(ids, alias, statement)
        said = str(refusal.value)
        # The page of it is a 409, not a failure; what is taken twice, the operations answer for.
        assert denied_by(refusal.value) == MOVED_ON or "permission denied" in said or words in UNIQUE, said


def test_a_member_who_was_taken_out_stays_so(ids: Ids) -> None:
    again = "removed_at = NULL, removed_by_id = NULL"
    for alias in ("default", "owner"):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(of_member("open_member", ENDING), ids)
            with pytest.raises(DatabaseError, match="only be ended"):
                cursor.execute(of_member("open_member", again), ids)
            transaction.set_rollback(True, using=alias)


def test_the_trigger_knows_the_same_steps_as_the_table() -> None:
    steps = {(str(source), step.target) for step in lifecycle.TABLE for source in step.sources}
    (listed,) = re.findall(r"NOT IN \((.*?)\) THEN", triggers.INVESTIGATIONS, re.DOTALL)
    assert set(re.findall(r"\('(\w+)', '(\w+)'\)", listed)) == steps == {("open", "closed")}


def test_the_table_reads_aloud() -> None:
    read = [f"{step.label}: {', '.join(sorted(step.sources))} -> {step.target}" for step in lifecycle.TABLE]
    assert read == ["Close the investigation: open -> closed"]
    assert {status for status, _ in Investigation.Status.choices} == {"open", "closed"}
