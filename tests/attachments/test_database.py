"""The rows of files hold whoever connects: neither edited nor deleted, moved once, removed once."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from attachments import intake
from attachments.models import Attachment
from tests.attachments.conftest import DRAFT, RECORD

pytestmark = pytest.mark.django_db
Take = Callable[..., Attachment]


def refused(statement: str, why: str, attachment: Attachment | None = None) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [attachment.pk] if attachment else None)


EDITS = [
    "name = 'other.png'", "size = size + 1", "sha256 = repeat('a', 64)", "uploaded_by_id = NULL",
    "id = gen_random_uuid()",
    "uploaded_at = now() - interval '1 year'", "stored_name = 'x'", "content_type = 'text/html'", "copy_name = ''",
]  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_nothing_about_a_file_can_be_edited(edit: str, take: Take) -> None:
    refused(f"UPDATE attachments_attachment SET {edit} WHERE id = %s", "cannot be edited", take())  # noqa: S608


def test_a_file_is_moved_only_with_its_moment_and_once(take: Take) -> None:
    kept = take()
    away = "UPDATE attachments_attachment SET record_id = '9' WHERE id = %s"
    refused(away, "moves once", kept)
    intake.move(DRAFT, "7", RECORD, "12")
    refused(away, "moves once", kept)
    refused("UPDATE attachments_attachment SET record_id = '9', moved_at = now() WHERE id = %s", "moves once", kept)
    refused("UPDATE attachments_attachment SET moved_at = NULL WHERE id = %s", "moves once", kept)


def test_a_removed_file_never_comes_back(take: Take) -> None:
    kept = take()
    intake.discard_all(DRAFT, "7")
    refused("UPDATE attachments_attachment SET removed_at = NULL WHERE id = %s", "never comes back", kept)


def test_no_row_is_deleted(take: Take) -> None:
    refused("DELETE FROM attachments_attachment WHERE id = %s", "never deleted", take())


@pytest.mark.django_db(databases=["default", "owner"])
def test_not_even_the_databases_owner_empties_the_table() -> None:
    with pytest.raises(IntegrityError, match="never deleted"), connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE attachments_attachment")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"size": 0}, "attachment_has_contents"),
        ({"sha256": "abc"}, "attachment_sha256_is_one"),
        ({"sha256": "G" * 64}, "attachment_sha256_is_one"),
        ({"name": ""}, "attachment_belongs_somewhere"),
        ({"record_id": ""}, "attachment_belongs_somewhere"),
        ({"copy_type": ""}, "attachment_copy_has_a_type"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused(changed: dict[str, object], why: str, take: Take) -> None:
    kept = take()
    facts = {field.attname: getattr(kept, field.attname) for field in Attachment._meta.concrete_fields}
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        Attachment.objects.create(**{**facts, **changed})


def test_no_file_begins_removed(take: Take) -> None:
    kept = take()
    facts = {field.attname: getattr(kept, field.attname) for field in Attachment._meta.concrete_fields}
    with pytest.raises(IntegrityError, match="begins neither moved nor removed"), transaction.atomic():
        Attachment.objects.create(**{**facts, "removed_at": kept.uploaded_at})
