"""A file is taken in whole or not at all, and no more of them than one person's share."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction
from pytest_django import Settings

from attachments import intake, listing, quota, sealing, strays
from attachments.models import Attachment
from attachments.rejection import Rejected
from audit import trail
from people.models import User
from tests.attachments.conftest import DRAFT, RECORD, Take, on_disk, opened, stored
from tests.attachments.files import active_document, picture, upload
from tests.personas import employee
from vault.models import DataKey

pytestmark = pytest.mark.django_db


def test_what_was_taken_in_comes_out_bit_for_bit(take: Take, reporter: User) -> None:
    content = active_document()
    kept = take("offer.pdf", content)
    assert opened(kept) == content
    assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (kept.name, kept.content_type, kept.uploaded_by) == ("offer.pdf", "application/pdf", reporter)


def test_nothing_readable_is_stored_and_no_stored_name_tells_anything(take: Take) -> None:
    kept = take("screenshot.png", picture())
    assert len(stored()) == 2
    for name in stored():
        assert not on_disk(name).read_bytes().startswith(b"\x89PNG")
        assert "screenshot" not in name
        assert str(kept.pk) not in name


def test_the_shared_copy_of_a_document_is_the_safe_one(take: Take) -> None:
    kept = take("offer.pdf", active_document())
    assert b"app.alert" not in sealing.copy(kept)
    assert (kept.has_copy, kept.has_preview) == (True, False)


def test_a_picture_has_a_preview_and_text_has_neither(take: Take) -> None:
    assert take().has_preview
    assert not take("notes.txt", b"what I saw").has_copy


def test_taking_in_is_written_down_without_the_files_name(take: Take, reporter: User) -> None:
    kept = take("screenshot.png")
    [entry] = trail.of(kept)
    assert (entry.action, entry.actor, entry.at) == ("attachment.received", reporter, kept.uploaded_at)
    assert entry.facts["sha256"] == kept.sha256
    assert "screenshot" not in str(entry.facts)


def test_the_files_of_a_record_are_listed_in_the_order_they_came(take: Take) -> None:
    first, second = take("first.png"), take("second.png")
    take("elsewhere.png", record_id="8")
    assert list(listing.of(DRAFT, "7")) == [first, second]


def test_a_visitor_without_an_account_may_be_let_in_by_a_feature() -> None:
    kept = intake.receive(upload("post.png", picture()), actor=None, record_type=RECORD, record_id="1")
    assert kept.uploaded_by is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("post.jpg", picture("PNG")),
        ("post.png", picture()[:-30]),
        ("post.png", b""),
        ("page.html", b"<html>"),
        ("x" * 296 + ".png", picture()),
    ],
)
def test_a_refused_file_leaves_nothing(name: str, content: bytes, reporter: User) -> None:
    with pytest.raises(Rejected):
        intake.receive(upload(name, content), actor=reporter, record_type=DRAFT, record_id="7")
    assert_nothing_is_left()


def test_a_file_that_could_not_be_written_leaves_nothing(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    real, written = FileSystemStorage.save, []

    def second_one_fails(storage: FileSystemStorage, name: str, content: "File[bytes]") -> str:
        written.append(real(storage, name, content))
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        return written[-1]

    monkeypatch.setattr(FileSystemStorage, "save", second_one_fails)
    with pytest.raises(OSError, match="No space left"):
        take()
    assert len(written) == 2
    assert_nothing_is_left()


def test_a_row_that_could_not_be_written_leaves_nothing(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "write", _fail)
    with pytest.raises(RuntimeError, match="trail is away"):
        take()
    assert_nothing_is_left()


def test_a_file_whose_features_transaction_is_undone_is_deleted_at_the_end_of_the_request(take: Take) -> None:
    with strays.deleted_at_the_end():
        kept = take("kept.png")
        with pytest.raises(RuntimeError, match="trail is away"):
            _take_and_fail(take)
        assert len(stored()) == 4
    assert stored() == sorted(kept.stored_names)


@transaction.atomic
def _take_and_fail(take: Take) -> None:
    take("undone.png")
    _fail()


def _fail(*_: object, **__: object) -> None:
    raise RuntimeError("the trail is away")


def assert_nothing_is_left() -> None:
    assert stored() == []
    assert not Attachment.objects.exists()
    assert not DataKey.objects.exists()


def test_the_quota_is_exact(take: Take, settings: Settings) -> None:
    content = picture()
    settings.UPLOAD_QUOTA_BYTES = 2 * len(content)
    take("one.png", content)
    take("two.png", content)
    with pytest.raises(Rejected, match="in 30 days, and this one goes beyond that"):
        take("three.png", content)
    assert len(stored()) == 4


def test_the_quota_is_each_persons_own_and_counts_the_last_days_only(
    take: Take, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.UPLOAD_QUOTA_BYTES = len(picture())
    take()
    another = employee("Olga Other")
    intake.receive(upload("post.png", picture()), actor=another, record_type=DRAFT, record_id="7")
    monkeypatch.setattr(quota, "DAYS", 0)
    take()
    assert Attachment.objects.count() == 3


def test_a_file_taken_back_frees_its_share(take: Take, settings: Settings, reporter: User) -> None:
    settings.UPLOAD_QUOTA_BYTES = len(picture())
    intake.remove(take(), actor=reporter)
    again = take()
    assert list(listing.of(DRAFT, "7")) == [again]


def test_visitors_share_a_quota_for_each_record(settings: Settings) -> None:
    settings.UPLOAD_QUOTA_BYTES = len(picture())
    intake.receive(upload("post.png", picture()), actor=None, record_type=RECORD, record_id="1")
    intake.receive(upload("post.png", picture()), actor=None, record_type=RECORD, record_id="2")
    with pytest.raises(Rejected, match="30 days"):
        intake.receive(upload("post.png", picture()), actor=None, record_type=RECORD, record_id="1")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_uploads_at_once_do_not_both_slip_under_the_quota(reporter: User, settings: Settings) -> None:
    settings.UPLOAD_QUOTA_BYTES = len(picture())
    together = Barrier(2)

    def add() -> bool:
        together.wait(10)
        try:
            intake.receive(upload("post.png", picture()), actor=reporter, record_type=DRAFT, record_id="7")
        except Rejected:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(lambda _: add(), range(2))) == [False, True]
    assert len(stored()) == 2
