"""What is refused before anything is parsed: names, sizes, and content that is not what the name says."""

from types import SimpleNamespace

import pytest
from pytest_django import Settings

from attachments import first_look, screening
from attachments.rejection import Rejected
from tests.attachments.files import archive, document, picture, upload


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Rejected) as refused:
        first_look.look(upload(name, content))
    return refused.value.sentence


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("screenshot.png", "screenshot.png"),
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\riley\\Desktop\\post.PNG", "post.PNG"),
        ("  post.png. ", "post.png"),
        ("Cafe\u0301 Münster 2026.png", "Café Münster 2026.png"),
        ("Screenshot 3.45.10\u202fPM.png", "Screenshot 3.45.10\u202fPM.png"),
        ("x" * 176 + ".png", "x" * 176 + ".png"),
    ],
)
def test_a_name_is_kept_without_its_folders(claimed: str, kept: str) -> None:
    assert first_look.look(upload(claimed, picture())).name == kept


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x" * 296 + ".png", "too long. Rename it to 180 characters or fewer"),
        ("x" * 177 + ".png", "too long"),
        ("post\u202egnp.png", "change the reading order"),
        ("post\u200f.png", "change the reading order"),
        ("post\u2066.png", "change the reading order"),
        ("po\x00st.png", "hidden characters"),
        ("po\nst.png", "hidden characters"),
        ("po\u200bst.png", "hidden characters"),
        ("po\ufeffst.png", "hidden characters"),
        ("po\ud800st.png", "hidden characters"),
        (".png", "no name before its ending"),
        ("folder/ .png", "no name before its ending"),
        ("../../etc/passwd", "no name before its ending|kind of file cannot be added"),
        ("", "no name before its ending"),
    ],
)
def test_a_name_that_cannot_be_kept_says_what_to_change(name: str, why: str) -> None:
    with pytest.raises(Rejected, match=why):
        first_look.look(upload(name, picture()))


@pytest.mark.parametrize("name", ["report.docx", "page.html", "drawing.svg", "run.exe", "photo.png.js", "mail.eml"])
def test_other_kinds_are_refused_with_the_kinds_that_are_welcome(name: str) -> None:
    assert "You can add pictures (JPG, PNG, WebP or GIF), PDF documents and plain text (TXT)." in refusal(name, b"x")


def test_a_heic_picture_is_sent_back_with_advice() -> None:
    assert refusal("IMG_1.HEIC", b"x").startswith("HEIC pictures cannot be added. Save it as JPG first.")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("post.jpg", picture("PNG"), "It is a PNG picture"),
        ("post.png", picture("JPEG"), "It is a JPEG picture"),
        ("post.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "It is a web page or drawing"),
        ("post.png", b"<!DOCTYPE html><script>alert(1)</script>", "It is a web page or drawing"),
        ("post.gif", b"<?xml version='1.0'?><svg/>", "It is a web page or drawing"),
        ("notes.txt", b"\xef\xbb\xbf\n <html><body>", "It is a web page or drawing"),
        ("notes.txt", picture("GIF"), "It is a GIF picture"),
        ("notes.txt", document(), "It is a PDF document"),
        ("notes.pdf", archive(), "It is a ZIP or Office file"),
        ("notes.pdf", b"junk before " + document(), "It is not a PDF document"),
        ("post.webp", b"RIFF1234AVI ", "It is not a WebP picture"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_told_apart(name: str, content: bytes, why: str) -> None:
    assert why in refusal(name, content)


def test_an_empty_file_is_refused() -> None:
    assert refusal("post.png", b"").startswith("This file is empty.")


def test_the_size_limit_is_exact_and_comes_before_any_reading(settings: Settings) -> None:
    content = picture()
    settings.UPLOAD_MAX_BYTES = len(content)
    assert first_look.look(upload("post.png", content)).name == "post.png"
    settings.UPLOAD_MAX_BYTES = len(content) - 1
    assert "This file is too large. The limit is" in refusal("post.png", content)


class Refusal(SimpleNamespace):
    """What a screen answers when it refuses: falsy, with a reason."""

    def __bool__(self) -> bool:
        return False


def no_passwords(text: str) -> object:
    return Refusal(reason="Do not enter a password.") if "password is" in text else True


@pytest.mark.parametrize("name", ["the password is Hunter2.png", "password_is_Hunter2.png"])
def test_a_name_that_gives_a_password_is_refused_in_the_screens_words(name: str) -> None:
    screening.register(no_passwords)
    assert refusal(name, picture()) == "Rename this file. Do not enter a password."


def test_screens_read_joined_words_apart_and_leave_numbers_together() -> None:
    heard: list[str] = []

    def listen(text: str) -> bool:
        heard.append(text)
        return True

    screening.register(listen)
    first_look.look(upload("my_password_is_448345678_1234567890_n.png", picture()))
    assert heard == ["my_password_is_448345678_1234567890_n", "my password is 448345678_1234567890 n"]
