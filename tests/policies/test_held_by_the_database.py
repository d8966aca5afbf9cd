"""What the database refuses in the library, whoever writes: the portal's own role and the owner of the tables alike."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from policies import bounds
from policies.models import Document, Version
from policies.operations import drafting, publishing
from policies.operations.drafting import Text
from tests.personas import employee
from tests.policies.stage import approved, approver, asked, draft, next_version, published
from tests.policies.test_rules import NO_NUMBERS
from workflow.refusals import MOVED_ON, denied_by

Ids = dict[str, int]
FAR, FARTHER = (timezone.localdate() + timedelta(days=days) for days in (300, 400))
COLUMNS = [str(field.column) for field in Version._meta.concrete_fields if field.column != "id"]


def world() -> Ids:
    """A policy of two versions with a third approved, another with one, and others in review and in draft."""
    first = published(effective_on=date(2019, 5, 1))
    wanda, carla = first.author, first.approved_by
    assert carla is not None
    second = next_version(first, body="Second.")
    third = drafting.begin_version(first.document, actor=wanda, text=Text("Title", "Third.", "New."))
    approved(third, by=carla)
    future = published("2000", author=wanda, effective_on=FAR)
    after = drafting.begin_version(future.document, actor=wanda, text=Text("Title", "After.", "New."))
    approved(after, by=carla)
    dated = approved(draft("3000", author=wanda, effective_on=FARTHER), by=carla)
    reviewed = publishing.submit(draft("4000", author=wanda), actor=wanda)
    unsaid = draft("5000", author=wanda)
    publishing.remark(unsaid, actor=carla, body="Why?")
    asked(second, employee(supervisor=employee("Sue Supervisor")))
    versions = {"first": first, "second": second, "third": third, "future": future, "after": after, "dated": dated}
    people = {"wanda": wanda.pk, "carla": carla.pk, "other": approver("Otto Other").pk}
    named = {name: version.pk for name, version in versions.items()}
    return {**named, **people, "reviewed": reviewed.pk, "draft": unsaid.pk, "document": first.document_id}


@pytest.fixture(scope="module")
def ids(committed: None) -> Ids:
    """The same rows for every test here, which changes none of them."""
    return world()


def refused(ids: Ids, statement: str, words: str) -> None:
    """Neither role gets this done, and both read why; the page of it is a 409, not a failure."""
    for alias in ("default", "owner"):
        with (
            pytest.raises(DatabaseError, match=words) as refusal,
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement, ids)
        assert denied_by(refusal.value) == MOVED_ON or "permission denied" in str(refusal.value)


def changed(row: str, change: str) -> str:
    return f"UPDATE policies_version SET {change} WHERE id = %({row})s"  # noqa: S608  from the fixed lists below


OF_A_PUBLISHED_ROW = [
    "body = 'Nobody posts.'",
    "title = 'Another'",
    "summary = 'Nothing'",
    "effective_on = effective_on - 1",
    "effective_on = NULL",
    "number = 7",
    "sha256 = repeat('a', 64)",
    "approved_by_id = %(other)s",
    "approved_at = now()",
    "published_by_id = %(other)s",
    "published_at = now()",
    "author_id = %(other)s",
    "document_id = %(document)s + 1",
    "started_at = now()",
    "revision = revision + 1",
    "imported_from = 'elsewhere'",
    "status = 'draft'",
    "id = id + 100",
    "body = body",
]


@pytest.mark.parametrize("row", ["first", "second", "future"])
def test_nothing_of_a_published_version_changes(ids: Ids, row: str) -> None:
    for change in OF_A_PUBLISHED_ROW:
        refused(ids, changed(row, change), "a published version of a policy does not change")


REFUSED = {
    # Nothing is taken away.
    "DELETE FROM policies_version WHERE id = %(first)s": "never deleted",
    "DELETE FROM policies_version WHERE id = %(draft)s": "never deleted",
    "DELETE FROM policies_document": "never deleted",
    "TRUNCATE policies_version CASCADE": "permission denied|only ever added to",
    "TRUNCATE policies_document CASCADE": "permission denied|only ever added to",
    # The text stands while it is looked at, and its writers stay its writers.
    changed("reviewed", "body = 'Other'"): "only the text of a draft changes",
    changed("third", "body = 'Other'"): "only the text of a draft changes",
    changed("third", "effective_on = '2099-01-01'"): "only the text of a draft changes",
    changed("draft", "author_id = %(other)s"): "only the text of a draft changes",
    changed("draft", "document_id = %(document)s"): "only the text of a draft changes",
    changed("draft", "started_at = now()"): "only the text of a draft changes",
    changed("draft", "approved_by_id = %(other)s, approved_at = now()"): "only the text of a draft changes",
    changed("draft", "status = 'in_review', body = 'Other'"): "what was reviewed does not change on the way",
    changed("reviewed", "status = 'draft', author_id = %(other)s"): "what was reviewed does not change on the way",
    changed("draft", "status = 'in_review', effective_on = '2099-01-01'"): "was reviewed too",
    # Somebody else approves, and it is theirs.
    changed("reviewed", "status = 'approved', approved_by_id = %(wanda)s, approved_at = now()"): "they wrote in",
    changed("reviewed", "status = 'approved'"): "policy_approved_by_someone",
    changed("reviewed", "status = 'approved', approved_by_id = %(carla)s"): "policy_approved_by_someone",
    changed("draft", "status = 'in_review', approved_by_id = %(carla)s, approved_at = now()"): "is approved anew",
    changed("third", "status = 'draft'"): "is approved anew",
    changed("draft", "status = 'discarded', approved_by_id = %(carla)s"): "is approved anew",
    changed("draft", "status = 'in_review', published_by_id = %(carla)s"): "has no publisher",
    # The library shows what was published of the policy itself, under its number.
    "UPDATE policies_document SET in_force_id = %(third)s WHERE id = %(document)s": "published version of its own",
    "UPDATE policies_document SET in_force_id = %(future)s WHERE id = %(document)s": "published version of its own",
    "UPDATE policies_document SET in_force_id = NULL WHERE id = %(document)s": "published version of its own",
    "UPDATE policies_document SET number = '1022' WHERE id = %(document)s": "the number of a policy stands",
    "UPDATE policies_document SET started_at = now() WHERE id = %(document)s": "the number of a policy stands",
    "UPDATE policies_document SET title = '' WHERE id = %(document)s": "policy_has_a_title",
    """INSERT INTO policies_document (number, title, owner_id, started_at, in_force_id)
       VALUES ('6000', 'Title', %(wanda)s, now(), %(first)s)""": "a policy begins without a version",
}


def test_the_database_refuses_each_of_these(ids: Ids) -> None:
    for statement, words in REFUSED.items():
        refused(ids, statement, words)


def publication(**other: str) -> str:
    """The rightful publication of an approved version as SQL, but for what is given otherwise."""
    rightful = {
        "status": "'published'",
        "number": "3",
        "effective_on": "(now() AT TIME ZONE 'America/Chicago')::date",
        "published_by_id": "%(wanda)s",
        "published_at": "now()",
    }
    return ", ".join(f"{column} = {value}" for column, value in (rightful | other).items())


def test_a_rightful_publication_passes_so_that_the_refusals_below_are_for_their_own_reason(ids: Ids) -> None:
    for alias in ("default", "owner"):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(changed("third", publication()), ids)
            assert cursor.rowcount == 1
            transaction.set_rollback(True, using=alias)


PUBLICATIONS: list[tuple[str, dict[str, str], str]] = [
    ("draft", {"number": "1"}, "does not go from draft to published"),
    ("reviewed", {"number": "1"}, "does not go from in_review to published"),
    ("third", {"number": "4"}, "numbered in their order"),
    ("third", {"number": "2"}, "numbered in their order"),
    ("third", {"number": "NULL"}, "numbered in their order"),
    ("dated", {"number": "2", "effective_on": "effective_on"}, "numbered in their order"),
    ("third", {"effective_on": "(now() - interval '3 days')::date"}, "does not take effect in the past"),
    ("after", {"number": "2"}, "does not take effect in the past"),
    ("after", {"number": "2", "effective_on": f"'{FAR - timedelta(days=1)}'"}, "does not take effect in the past"),
    ("dated", {"number": "1"}, "was reviewed too"),
    ("third", {"effective_on": "NULL"}, "policy_published_whole"),
    ("third", {"published_by_id": "NULL"}, "policy_published_whole"),
    ("third", {"published_at": "NULL"}, "policy_published_whole"),
    ("third", {"approved_by_id": "%(other)s"}, "an approval stands as it was given"),
    ("third", {"approved_by_id": "NULL"}, "an approval stands as it was given"),
    ("third", {"approved_at": "now()"}, "an approval stands as it was given"),
    ("third", {"body": "'Other'"}, "what was reviewed does not change on the way"),
    ("third", {"title": "'Other'"}, "what was reviewed does not change on the way"),
    ("third", {"revision": "0, imported_from = 'x'"}, "what was reviewed does not change on the way"),
]


def test_nothing_is_published_otherwise(ids: Ids) -> None:
    for row, other, words in PUBLICATIONS:
        refused(ids, changed(row, publication(**other)), words)


def inserted(**other: str) -> str:
    """A copy of a published row, as somebody would write who wants one more version."""
    values = [other.get(column, column) for column in COLUMNS]
    listed, chosen = ", ".join(COLUMNS), ", ".join(values)
    return f"INSERT INTO policies_version ({listed}) SELECT {chosen} FROM policies_version WHERE id = %(first)s"  # noqa: S608  fixed names


@pytest.mark.parametrize(
    "other",
    [
        {"number": "4"},
        {"status": "'approved'", "number": "NULL", "published_at": "NULL", "sha256": "''"},
        {"status": "'draft'", "number": "NULL", "published_at": "NULL", "sha256": "''"},
        {"status": "'draft'", "number": "NULL", "published_at": "NULL", "sha256": "''", "approved_by_id": "NULL"},
    ],
    ids=["published", "approved", "draft with an approval", "draft with a publisher"],
)
def test_no_version_comes_in_but_as_a_draft(ids: Ids, other: dict[str, str]) -> None:
    refused(ids, inserted(**other), "begins as a draft")


@pytest.mark.parametrize("table", ["policies_contribution", "policies_remark", "policies_turn"])
def test_what_was_written_and_said_and_whose_turn_it_was_is_only_added_to(ids: Ids, table: str) -> None:
    for change in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"):
        refused(ids, change.format(table), "permission denied|only ever added to")


def test_a_second_draft_is_refused_by_an_index_as_well(ids: Ids) -> None:
    third = Version.objects.get(pk=ids["third"])
    with pytest.raises(DatabaseError, match="policy_has_one_draft"), transaction.atomic():
        Version.objects.create(document=third.document, title="T", author=third.author, started_at=third.started_at)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [each for each in NO_NUMBERS if bounds.says_only_characters(each)], ids=ascii)
def test_the_database_knows_a_number_as_the_rule_does(number: str) -> None:
    wanda = employee()
    with pytest.raises(DatabaseError, match=r"policy_number_is_one|too long"), transaction.atomic():
        Document.objects.create(number=number, title="T", owner=wanda, started_at=wanda.joined_at)


def test_the_past_is_the_same_wherever_a_session_says_it_is(ids: Ids) -> None:
    elsewhere = publication(effective_on="'2098-02-28'", published_at="'2098-03-02 06:00Z'")
    refused(ids, "SET LOCAL timezone = 'Etc/GMT+12'; " + changed("third", elsewhere), "not take effect in the past")
