"""Files without a row are swept away; files with one, and files just written, are not."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pytest_django import Settings

from attachments import intake, middleware, strays, tasks
from attachments.models import Attachment
from people.models import User
from tests.attachments.conftest import DRAFT, stored

pytestmark = pytest.mark.django_db
Take = Callable[..., Attachment]


def left_over(name: str, *, hours_ago: float) -> str:
    default_storage.save(name, ContentFile(b"sealed"))
    moment = (timezone.now() - timedelta(hours=hours_ago)).timestamp()
    os.utime(Path(default_storage.path(name)), (moment, moment))
    return name


def aged(attachment: Attachment) -> Attachment:
    for name in attachment.stored_names:
        os.utime(Path(default_storage.path(name)), (0, 0))
    return attachment


def test_the_sweep_deletes_what_has_no_row_and_keeps_what_has(take: Take) -> None:
    left_over("aa/dead", hours_ago=2)
    kept = aged(take())
    assert tasks.sweep_orphans() == 1
    assert stored() == sorted(kept.stored_names)


def test_the_sweep_leaves_a_file_alone_whose_row_may_still_come(take: Take) -> None:
    young = left_over("aa/young", hours_ago=0.5)
    assert tasks.sweep_orphans() == 0
    assert stored() == [young]


def test_the_sweep_finishes_a_removal_that_was_interrupted(take: Take) -> None:
    kept = aged(take())
    intake.discard_all(DRAFT, "7")
    assert stored() == sorted(kept.stored_names)
    assert tasks.sweep_orphans() == 2
    assert stored() == []


def test_the_sweep_of_an_empty_storage_is_no_error() -> None:
    Path(default_storage.path("")).mkdir(parents=True, exist_ok=True)
    assert tasks.sweep_orphans() == 0


def test_a_new_installation_has_nothing_to_sweep() -> None:
    assert tasks.sweep_orphans() == 0


def test_the_middleware_deletes_what_a_request_wrote_in_vain(take: Take) -> None:
    def answer(_: HttpRequest) -> HttpResponse:
        strays.expect(left_over("aa/vain", hours_ago=0))
        take("kept.png")
        return HttpResponse("done")

    assert middleware.no_strays(answer)(HttpRequest()).status_code == 200
    assert len(stored()) == 2
    assert "aa/vain" not in stored()


def test_the_middleware_asks_nothing_where_nothing_was_written(
    django_assert_num_queries: Callable[[int], object], reporter: User
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]  # a context manager
        middleware.no_strays(lambda _: HttpResponse("done"))(HttpRequest())


def test_the_portal_is_set_up_to_leave_nothing_behind(settings: Settings) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["attachments.uploads.PrivateUploadHandler"]
    assert "attachments.middleware.no_strays" in settings.MIDDLEWARE
    assert "attachments.tasks.sweep_orphans" in [job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()]
