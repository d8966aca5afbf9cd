"""The files a policy may come from: other kinds than evidence, looked through, sealed, and given back as they were."""

import pytest
from django.test import Client
from django.urls import reverse

from attachments import first_look, intake, isolation, kinds
from attachments.inspection import word
from attachments.models import Attachment
from attachments.rejection import Rejected
from people.models import User
from tests.attachments.conftest import DRAFT, opened
from tests.attachments.files import document, old_office_file, parts_of_a_word_document, picture, upload, word_document

GUIDE = "You can add Word documents (DOCX), PDF documents and Markdown (MD)."


def looked(name: str, content: bytes) -> kinds.Kind:
    return first_look.look(upload(name, content), kinds.POLICY).kind


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Rejected) as refused:
        looked(name, content)
    return refused.value.sentence


def inside(content: bytes) -> str:
    with pytest.raises(Rejected) as refused:
        isolation.shared_copy(content, kinds.DOCX)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("policy.docx", word_document(), kinds.DOCX),
        ("policy.docx", old_office_file(), kinds.DOCX),
        ("policy.PDF", document(), kinds.PDF),
        ("policy.md", b"# Policy", kinds.MARKDOWN),
        ("policy.markdown", b"# Policy", kinds.MARKDOWN),
    ],
)
def test_a_policy_comes_from_word_pdf_or_markdown(name: str, content: bytes, kind: kinds.Kind) -> None:
    assert looked(name, content) == kind


def test_what_is_evidence_stays_as_it_was() -> None:
    assert kinds.ACCEPTED.endings == ".jpg,.jpeg,.png,.webp,.gif,.pdf,.txt"
    assert kinds.POLICY.endings == ".docx,.pdf,.md,.markdown"
    with pytest.raises(Rejected, match=r"You can add pictures"):
        first_look.look(upload("policy.docx", word_document()))


def test_other_kinds_are_refused_with_the_kinds_a_policy_comes_from() -> None:
    assert refusal("policy.png", picture()) == f"This kind of file cannot be added. {GUIDE}"
    assert refusal("policy.doc", b"x") == (
        f"Documents that end in .doc cannot be added. Save it as DOCX first. {GUIDE}"
    )


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("policy.docx", document(), "It is a PDF document"),
        ("policy.docx", b"words", "It is not a Word document"),
        ("policy.pdf", word_document(), "It is a ZIP or Office file"),
        ("policy.md", word_document(), "It is a ZIP or Office file"),
        ("policy.md", b"<html>", "It is a web page or drawing"),
    ],
)
def test_a_policy_that_is_not_what_its_name_says_is_refused(name: str, content: bytes, why: str) -> None:
    assert why in refusal(name, content)


def test_a_word_document_and_markdown_need_no_copy() -> None:
    assert isolation.shared_copy(word_document(), kinds.DOCX) == b""
    assert isolation.shared_copy(b"# Policy", kinds.MARKDOWN) == b""


def test_a_word_document_under_the_name_its_online_editor_gives_is_taken() -> None:
    parts = parts_of_a_word_document()
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    assert isolation.shared_copy(word_document(parts), kinds.DOCX) == b""


def test_a_document_locked_with_a_password_is_refused_with_words() -> None:
    assert inside(old_office_file("EncryptedPackage")) == (
        "This document is locked with a password. Open it in Word, save it without one, and import that."
    )


def test_an_old_document_is_sent_back_to_be_saved_anew() -> None:
    assert inside(old_office_file()).startswith("This document is in an old Word format.")


def test_a_document_with_macros_is_refused_with_words() -> None:
    macros = parts_of_a_word_document(**{"word/vbaProject.bin": b"Sub AutoOpen()"})
    assert inside(word_document(macros)).startswith("This document holds macros.")


def test_another_office_file_is_no_word_document() -> None:
    assert inside(word_document({"xl/workbook.xml": b"<workbook/>"})).startswith("This file is not a Word document.")


@pytest.mark.parametrize("content", [word_document()[:-30], word_document()[:40], b"PK\x03\x04" + bytes(200)])
def test_a_damaged_word_document_is_refused(content: bytes) -> None:
    assert inside(content).startswith("This document is damaged or incomplete.")


def test_a_part_that_fails_its_checksum_is_damage() -> None:
    content = bytearray(word_document(parts_of_a_word_document(**{"word/media/1.bin": bytes(range(256)) * 9})))
    content[content.index(b"1.bin") + 30] ^= 0xFF
    assert inside(bytes(content)).startswith("This document is damaged or incomplete.")


@pytest.mark.parametrize(
    "swollen",
    [
        {"word/media/1.bin": bytes(300 * 1024 * 1024)},
        {"word/footer1.xml": b" " * (40 * 1024 * 1024)},
        {f"word/{number}.bin": b"" for number in range(word.MOST_PARTS)},
    ],
    ids=["too much", "packed too tightly", "too many parts"],
)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(swollen: dict[str, bytes]) -> None:
    assert inside(word_document(parts_of_a_word_document(**swollen))).startswith("This document unpacks to too much.")


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "http://localhost/">]><x>&a;</x>'.encode("utf-16"),
        b" " * (word.PIECE_BYTES - 5) + b"<!DOCTYPE x><x/>",
    ],
    ids=["bomb", "outside", "UTF-16", "across pieces"],
)
def test_a_document_that_declares_entities_is_refused(declared: bytes) -> None:
    parts = parts_of_a_word_document(**{"word/document.xml": declared})
    assert inside(word_document(parts)).startswith("This document holds declarations")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "served_as"),
    [
        ("policy.docx", word_document(), kinds.DOCX.content_type),
        ("policy.md", "# Política".encode(), "text/markdown; charset=utf-8"),
    ],
)
def test_the_original_of_a_policy_is_kept_and_only_ever_saved(
    name: str, content: bytes, served_as: str, client: Client, reporter: User
) -> None:
    kept = received(name, content, reporter)
    client.force_login(reporter)
    response = client.get(reverse("attachments:file", args=[kept.pk]))
    assert opened(kept) == content == response.getvalue()
    assert response["Content-Type"] == served_as
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert not kept.has_copy


def received(name: str, content: bytes, actor: User) -> Attachment:
    sent = upload(name, content)
    return intake.receive(sent, actor=actor, record_type=DRAFT, record_id="7", accepted=kinds.POLICY)
