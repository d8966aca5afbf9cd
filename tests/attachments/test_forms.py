"""The field for files: several at once, each looked at, each refusal with the file it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import cast

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.datastructures import MultiValueDict
from pytest_django import Settings

from attachments import screening
from attachments.forms import EvidenceField
from attachments.uploads import PrivateUploadHandler
from tests.attachments.files import document, picture, upload


class Report(forms.Form):
    """A form with files."""

    evidence = EvidenceField(label="Evidence", required=False)


class Proof(forms.Form):
    """A form that needs a file, and takes two at most."""

    evidence = EvidenceField(label="Evidence", most=2)


def sent(form: type[forms.Form], *uploads: SimpleUploadedFile) -> forms.Form:
    return form({}, MultiValueDict({"evidence": list(uploads)}))


def test_files_come_out_as_a_list_in_their_order() -> None:
    form = sent(Report, upload("post.png", picture()), upload("offer.pdf", document()))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["evidence"]] == ["post.png", "offer.pdf"]
    assert form.cleaned_data["evidence"][0].read() == picture()


def test_no_file_is_an_empty_list_or_a_sentence() -> None:
    form = sent(Report)
    assert form.is_valid()
    assert form.cleaned_data["evidence"] == []
    assert sent(Proof).errors["evidence"] == ["Choose a file."]


def test_each_refused_file_is_named_with_its_reason() -> None:
    form = sent(Report, upload("a.png", picture()), upload("b.png", b""), upload("c.docx", b"x"))
    empty, unknown = map(str, form.errors["evidence"])
    assert empty.startswith("“b.png”: This file is empty.")
    assert unknown.startswith("“c.docx”: This kind of file cannot be added.")


def test_a_refused_name_is_not_repeated() -> None:
    class No(SimpleNamespace):
        def __bool__(self) -> bool:
            return False

    screening.register(lambda name: No(reason="No passwords.") if "Hunter2" in name else True)
    [error] = sent(Report, upload("Hunter2.png", picture())).errors["evidence"]
    assert error == "File 1: Rename this file. No passwords."


def test_too_many_files_are_refused_together() -> None:
    files = [upload(f"{n}.png", picture()) for n in range(3)]
    assert sent(Proof, *files).errors["evidence"] == ["Choose 2 files at most."]


def test_the_input_offers_the_kinds_and_takes_several() -> None:
    rendered = str(Report()["evidence"])
    assert 'accept=".jpg,.jpeg,.png,.webp,.gif,.pdf,.txt"' in rendered
    assert " multiple" in rendered
    assert 'type="file"' in rendered


def test_the_hint_says_kinds_sizes_and_numbers() -> None:
    assert Report.base_fields["evidence"].help_text == (
        "You can add pictures (JPG, PNG, WebP or GIF), PDF documents and plain text (TXT), 25.0 MB a file,"
        " 10 files at most."
    )


@contextmanager
def received(content: bytes) -> Iterator[SimpleUploadedFile]:
    """The file as the portal's own upload handler hands it over, after a real multipart body."""
    encoded = encode_multipart(BOUNDARY, {"evidence": SimpleUploadedFile("post.png", content)})
    request = RequestFactory().generic("POST", "/", encoded, content_type=MULTIPART_CONTENT)
    request.upload_handlers = [PrivateUploadHandler(request)]
    yield cast(SimpleUploadedFile, request.FILES["evidence"])
    request.close()


@pytest.mark.parametrize("size", [0, 1, 3 * 1024 * 1024])
def test_an_upload_is_received_whole_and_never_under_a_name_on_disk(size: int) -> None:
    with received(b"x" * size) as file:
        assert (file.name, file.size, file.read()) == ("post.png", size, b"x" * size)
        assert not hasattr(file, "temporary_file_path")
        assert not isinstance(getattr(file.file, "name", None), str)
    assert file.closed


def test_an_upload_beyond_the_limit_is_not_kept_but_its_size_is_told(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 100_000
    with received(b"x" * 1_000_000) as file:
        assert file.size == 1_000_000
        assert len(file.read()) < 200_000
        [error] = sent(Report, file).errors["evidence"]
    assert str(error).startswith("“post.png”: This file is too large.")


def test_a_broken_connection_lets_go_of_the_file() -> None:
    handler = PrivateUploadHandler()
    handler.upload_interrupted()
    handler.new_file("evidence", "post.png", "image/png", None, None)
    handler.receive_data_chunk(b"x", 0)
    handler.upload_interrupted()
    assert handler.file.closed
