"""A file is served to whom its record allows, guarded so that nothing in it can run, and written down."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from attachments import intake
from attachments.models import Attachment
from audit import trail
from people.models import User
from tests.attachments.conftest import DRAFT
from tests.attachments.files import active_document, picture

pytestmark = pytest.mark.django_db
Take = Callable[..., Attachment]
PAGES = ["file", "copy", "preview"]


@pytest.fixture
def signed_in(client: Client, reporter: User) -> Client:
    client.force_login(reporter)
    return client


def get(client: Client, page: str, attachment: Attachment) -> HttpResponseBase:
    return client.get(reverse(f"attachments:{page}", args=[attachment.pk]))


def body(response: HttpResponseBase) -> bytes:
    return response.getvalue()


def test_the_original_comes_as_it_was_received(signed_in: Client, take: Take) -> None:
    content = active_document()
    response = get(signed_in, "file", take("offer.pdf", content))
    assert isinstance(response, StreamingHttpResponse)
    assert body(response) == content
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Type"] == "application/pdf"


def test_the_copy_comes_safe_and_under_a_name_that_says_so(signed_in: Client, take: Take) -> None:
    response = get(signed_in, "copy", take("offer.pdf", active_document()))
    assert b"app.alert" not in body(response)
    assert response["Content-Disposition"] == 'attachment; filename="offer (shared copy).pdf"'


def test_the_copy_of_a_drawn_picture_is_named_by_what_it_is_now(signed_in: Client, take: Take) -> None:
    photograph, drawing = take("post.webp", picture("WEBP")), take("post.gif", picture("GIF"))
    copies = [get(signed_in, "copy", photograph), get(signed_in, "copy", drawing)]
    names = [copy["Content-Disposition"].partition("; ")[2] for copy in copies]
    assert names == ['filename="post (shared copy).jpg"', 'filename="post (shared copy).png"']
    assert [copy["Content-Type"] for copy in copies] == ["image/jpeg", "image/png"]


@pytest.mark.parametrize("page", ["file", "copy"])
def test_what_is_saved_cannot_run_here(page: str, signed_in: Client, take: Take) -> None:
    response = get(signed_in, page, take())
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert_guarded(response)


def test_a_preview_is_shown_and_nothing_more(signed_in: Client, take: Take) -> None:
    response = get(signed_in, "preview", take("post.jpg", picture("JPEG")))
    assert response["Content-Disposition"] == "inline"
    assert response["Content-Security-Policy"] == "default-src 'none'; img-src 'self'; sandbox"
    assert response["Content-Type"] == "image/jpeg"
    assert_guarded(response)


def assert_guarded(response: HttpResponseBase) -> None:
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('say "hi".png', 'attachment; filename="say \\"hi\\".png"'),
        ("Münster 東京.png", "attachment; filename*=utf-8''M%C3%BCnster%20%E6%9D%B1%E4%BA%AC.png"),
        ("a; filename=evil.exe .png", 'attachment; filename="a; filename=evil.exe .png"'),
    ],
)
def test_a_strange_name_stays_a_name(name: str, header: str, signed_in: Client, take: Take) -> None:
    assert get(signed_in, "file", take(name))["Content-Disposition"] == header


def test_text_says_how_it_is_written(signed_in: Client, take: Take) -> None:
    response = get(signed_in, "file", take("notes.txt", "Ça".encode()))
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_what_has_no_copy_or_preview_has_no_such_page(signed_in: Client, take: Take) -> None:
    notes, offer = take("notes.txt", b"what I saw"), take("offer.pdf", active_document())
    pages = [("copy", notes), ("preview", notes), ("preview", offer)]
    assert [get(signed_in, page, of).status_code for page, of in pages] == [HTTPStatus.NOT_FOUND] * 3


@pytest.mark.parametrize("page", PAGES)
def test_nobody_opens_what_their_record_does_not_allow_and_the_attempt_is_kept(
    page: str, client: Client, take: Take, stranger: User
) -> None:
    kept = take()
    client.force_login(stranger)
    assert get(client, page, kept).status_code == HTTPStatus.NOT_FOUND
    attempt = trail.of(kept).last()
    assert attempt is not None
    assert (attempt.action, attempt.actor) == ("attachment.read.refused", stranger)


@pytest.mark.parametrize("page", PAGES)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(page: str, client: Client, take: Take) -> None:
    response = get(client, page, take())
    assert response.status_code == HTTPStatus.FOUND
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_is_not_there_or_was_removed_is_not_found(
    page: str, signed_in: Client, take: Take, reporter: User
) -> None:
    kept = take()
    intake.remove(kept, actor=reporter)
    assert get(signed_in, page, kept).status_code == HTTPStatus.NOT_FOUND
    assert signed_in.get(reverse(f"attachments:{page}", args=[uuid.uuid4()])).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("page", PAGES)
def test_a_file_is_only_ever_asked_for(page: str, signed_in: Client, take: Take) -> None:
    response = signed_in.post(reverse(f"attachments:{page}", args=[take().pk]))
    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize(("page", "which"), [("file", "original"), ("copy", "copy")])
def test_each_download_is_written_down(page: str, which: str, signed_in: Client, take: Take, reporter: User) -> None:
    kept = take()
    get(signed_in, page, kept)
    read = trail.of(kept).last()
    assert read is not None
    assert (read.action, read.actor) == ("attachment.read", reporter)
    assert read.facts == {"which": which, "record_type": DRAFT, "record_id": "7"}


def test_looking_at_a_preview_is_not_a_download(signed_in: Client, take: Take) -> None:
    kept = take()
    get(signed_in, "preview", kept)
    assert [entry.action for entry in trail.of(kept)] == ["attachment.received"]


@pytest.mark.parametrize(("page", "column"), [("file", "stored_name"), ("copy", "copy_name"), ("preview", "copy_name")])
def test_a_tampered_file_is_a_plain_page_and_a_line_in_the_trail(
    page: str, column: str, signed_in: Client, take: Take
) -> None:
    kept = take()
    sealed = Path(default_storage.path(getattr(kept, column)))
    sealed.write_bytes(sealed.read_bytes()[:-1])
    response = get(signed_in, page, kept)
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "This file cannot be opened" in body(response).decode()
    assert [entry.action for entry in trail.of(kept)] == ["attachment.received", "attachment.read.refused"]


def test_a_download_asks_few_questions(
    signed_in: Client, take: Take, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    kept = take()
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]  # a context manager
        get(signed_in, "file", kept)
