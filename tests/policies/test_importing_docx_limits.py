"""What a Word document may not be: locked, swollen, armed, damaged, empty or endless; 200 pages are none of these."""

import time

import pytest

from attachments import kinds
from attachments.rejection import Rejected
from policies.importing.conversion import Imported, read
from tests.attachments import files
from tests.policies import word_samples as word


def imported(content: bytes) -> Imported:
    return read(content, kinds.DOCX)


def refusal(content: bytes) -> str:
    with pytest.raises(Rejected) as refused:
        imported(content)
    return refused.value.sentence


def test_a_damaged_document_is_refused() -> None:
    assert refusal(word.of_lines("x")[:-40]).startswith("This document is damaged or incomplete.")
    assert refusal(files.word_document()).startswith("This document is damaged or incomplete.")


def test_a_document_without_text_is_refused() -> None:
    assert refusal(word.of_lines("", " ")).startswith("This document holds no text.")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (files.old_office_file("EncryptedPackage"), "This document is locked with a password."),
        (files.old_office_file(), "This document is in an old Word format."),
        (files.word_document(files.parts_of_a_word_document(**{"word/vbaProject.bin": b"x"})), "holds macros"),
        (files.word_document(files.parts_of_a_word_document(**{"word/x.bin": bytes(2**26)})), "unpacks to too much"),
        (files.word_document({"word/document.xml": b"<!DOCTYPE x><x/>"}), "holds declarations"),
        (files.document(), "This document is damaged"),
    ],
    ids=["locked", "old", "macros", "bomb", "entities", "another kind"],
)
def test_what_no_parser_should_be_given_is_refused_with_words(content: bytes, why: str) -> None:
    assert why in refusal(content)


def test_a_document_with_too_much_text_is_refused() -> None:
    assert refusal(word.of_lines(*["word " * 13_000] * 10)).startswith("This document is too long: 600,000 characters")


def test_200_pages_are_read_within_seconds() -> None:
    content = word.long_policy(200)
    began = time.monotonic()
    found = imported(content)
    assert time.monotonic() - began < 20
    assert found.body.count("\n\n(E) ") == 200
    assert "## CC. Section 199" in found.body
