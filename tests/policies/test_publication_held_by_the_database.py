"""What the database makes of a version on its way to the library: who approved it, and the hash of what is fixed."""

from datetime import date

import pytest
from django.db import connections

from audit.canonical import hashed
from policies.models import Version
from policies.operations import publishing
from tests.policies.stage import approved, draft
from tests.policies.test_held_by_the_database import Ids, changed, inserted, publication, refused, world

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def ids() -> Ids:
    """A world of its own for each test, which changes it."""
    return world()


def test_an_author_who_is_no_contributor_on_record_approves_nothing_either(ids: Ids) -> None:
    bare = {"status": "'draft'", "number": "NULL", "published_at": "NULL", "sha256": "''"}
    nobody = {"approved_by_id": "NULL", "approved_at": "NULL", "published_by_id": "NULL"}
    with connections["default"].cursor() as cursor:
        cursor.execute(changed("third", "status = 'draft', approved_by_id = NULL, approved_at = NULL"), ids)
        cursor.execute(changed("third", "status = 'discarded'"), ids)
        cursor.execute(inserted(**bare, **nobody) + " RETURNING id", ids)
        (ids["bare"],) = cursor.fetchone()
        cursor.execute(changed("bare", "status = 'in_review'"), ids)
    approving = "status = 'approved', approved_by_id = %(wanda)s, approved_at = now()"
    refused(ids, changed("bare", approving), "policy_approved_by_someone_else")


PARTS = ["1021", "1", "Social media", "2019-05-01", "The first version.", "Nobody posts.\r\nÜber 😀"]


def of_these_parts() -> Version:
    version = draft(title=PARTS[2], effective_on=date(2019, 5, 1), summary=PARTS[4], body=PARTS[5])
    return publishing.publish(approved(version), actor=version.author)


def test_the_hash_is_of_all_that_is_fixed_and_python_finds_the_same() -> None:
    version = of_these_parts()
    assert version.sha256 == hashed(PARTS) == publishing.fingerprint(version)
    for place in range(len(PARTS)):
        assert hashed([*PARTS[:place], PARTS[place] + " ", *PARTS[place + 1 :]]) != version.sha256


def test_the_hash_is_the_same_however_a_session_writes_its_days(ids: Ids) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SET datestyle = 'SQL, DMY'; " + changed("third", publication()) + "; RESET datestyle", ids)
    version = Version.objects.get(pk=ids["third"])
    assert version.sha256 == publishing.fingerprint(version)


def test_the_hash_is_the_databases_own_whatever_it_is_given(ids: Ids) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(changed("third", publication(sha256="repeat('a', 64)")), ids)
    version = Version.objects.get(pk=ids["third"])
    assert version.sha256 == publishing.fingerprint(version) != "a" * 64


def test_what_has_no_title_is_not_published(ids: Ids) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(changed("draft", "title = ' '"), ids)
        cursor.execute(changed("draft", "status = 'in_review'"), ids)
        approving = "status = 'approved', approved_by_id = %(other)s, approved_at = now()"
        cursor.execute(changed("draft", approving), ids)
    refused(ids, changed("draft", publication(number="1")), "what is published has a title")
