"""A file goes with its record, and is taken back for good, only by whoever added it, until it is sent."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from attachments import access, intake, listing
from attachments.models import Attachment
from attachments.rejection import Rejected
from audit import trail
from people.models import User
from tests.attachments.conftest import DRAFT, RECORD, Take, on_disk, opened, stored
from tests.attachments.files import document, picture
from tests.personas import employee
from vault.envelope import VaultError
from vault.models import DataKey

pytestmark = pytest.mark.django_db


def test_the_uploader_takes_a_file_back_for_good(
    take: Take, reporter: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kept = take()
    with django_capture_on_commit_callbacks(execute=True):
        intake.remove(kept, actor=reporter)
    gone = Attachment.objects.get(pk=kept.pk)
    assert stored() == []
    assert not listing.of(DRAFT, "7").exists()
    assert gone.key.destroyed_at is not None
    assert [entry.action for entry in trail.of(kept)] == ["attachment.received", "attachment.removed"]
    with pytest.raises(VaultError, match="missing"):
        opened(gone)


def test_a_backup_of_the_file_is_worthless_once_it_is_taken_back(take: Take, reporter: User) -> None:
    kept = take()
    backup = on_disk(kept.stored_name).read_bytes()
    intake.remove(kept, actor=reporter)
    on_disk(kept.stored_name).write_bytes(backup)
    with pytest.raises(VaultError, match="destroyed"):
        opened(kept)


def test_taking_back_twice_is_taking_back_once(take: Take, reporter: User) -> None:
    kept = take()
    intake.remove(kept, actor=reporter)
    intake.remove(kept, actor=reporter)
    assert trail.of(kept).count() == 2


def test_nobody_else_takes_a_file_back(take: Take, stranger: User) -> None:
    kept = take()
    with pytest.raises(Rejected, match="only who added it"):
        intake.remove(kept, actor=employee("Olga Other"))
    assert opened(kept)


def test_once_sent_a_file_stays(take: Take, reporter: User) -> None:
    kept = take()
    assert intake.move(DRAFT, "7", RECORD, "12") == 1
    with pytest.raises(Rejected, match="until it is sent"):
        intake.remove(kept, actor=reporter)
    assert list(listing.of(RECORD, "12")) == [kept]
    assert opened(kept) == picture()


def test_moving_is_written_down_with_where_to(take: Take, reporter: User) -> None:
    kept = take()
    intake.move(DRAFT, "7", RECORD, "12", actor=reporter)
    moved = trail.of(kept).last()
    assert moved is not None
    assert (moved.action, moved.facts) == ("attachment.moved", {"record_type": RECORD, "record_id": "12"})
    assert Attachment.objects.get(pk=kept.pk).moved_at == moved.at


def test_a_draft_thrown_away_takes_its_files_along(take: Take) -> None:
    take("one.png")
    take("two.pdf", document())
    other = take("other.png", record_id="8")
    assert intake.discard_all(DRAFT, "7") == 2
    assert DataKey.objects.filter(destroyed_at=None).get() == other.key


def test_an_unknown_record_type_lets_nobody_see_or_remove(take: Take, reporter: User) -> None:
    kept = take(record_type="tests.unheard")
    assert not access.may_see(reporter, kept)
    assert not access.may_remove(reporter, kept)
