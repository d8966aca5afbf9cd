"""Files are parsed to their end, in a process apart, and what is shared of them holds only what is seen."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from attachments import isolation, kinds
from attachments.kinds import Kind
from attachments.rejection import Rejected
from tests.attachments import files


def copy_of(content: bytes, kind: Kind) -> bytes:
    return isolation.shared_copy(content, kind)


def refusal(content: bytes, kind: Kind) -> str:
    with pytest.raises(Rejected) as refused:
        copy_of(content, kind)
    return refused.value.sentence


def seen(copy: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(copy))
    picture.load()
    return picture


@pytest.mark.parametrize(
    ("content", "kind", "form"),
    [
        (files.picture("JPEG"), kinds.JPEG, "JPEG"),
        (files.picture("JPEG", mode="CMYK"), kinds.JPEG, "JPEG"),
        (files.picture("JPEG", mode="L"), kinds.JPEG, "JPEG"),
        (files.picture("PNG"), kinds.PNG, "PNG"),
        (files.picture("PNG", mode="RGBA"), kinds.PNG, "PNG"),
        (files.picture("PNG", mode="P"), kinds.PNG, "PNG"),
        (files.picture("PNG", mode="1"), kinds.PNG, "PNG"),
        (files.picture("PNG", mode="I;16"), kinds.PNG, "PNG"),
        (files.picture("WEBP"), kinds.WEBP, "JPEG"),
        (files.picture("WEBP", mode="RGBA"), kinds.WEBP, "PNG"),
        (files.moving("GIF"), kinds.GIF, "PNG"),
        (files.moving("WEBP"), kinds.WEBP, "JPEG"),
        (files.moving("PNG"), kinds.PNG, "PNG"),
    ],
)
def test_every_kind_of_picture_has_a_shared_copy(content: bytes, kind: Kind, form: str) -> None:
    copy = seen(copy_of(content, kind))
    assert (copy.format, getattr(copy, "n_frames", 1)) == (form, 1)
    assert copy.size == Image.open(io.BytesIO(content)).size


def test_the_shared_copy_is_drawn_anew_without_what_rode_along() -> None:
    original = files.photograph_with_a_place()
    assert b"CameraMaker" in original
    assert b"taken at" in original
    copy = copy_of(original, kinds.JPEG)
    assert not seen(copy).getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(seen(copy).info)
    assert b"CameraMaker" not in copy
    assert b"taken at" not in copy


def test_a_photograph_on_its_side_is_turned_upright() -> None:
    assert seen(copy_of(files.photograph_with_a_place(), kinds.JPEG)).size == (30, 40)


def test_a_large_picture_is_shared_at_1600_pixels() -> None:
    assert seen(copy_of(files.picture("PNG", (3200, 800)), kinds.PNG)).size == (1600, 400)


def test_transparent_stays_transparent() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(clear, "PNG")
    assert seen(copy_of(clear.getvalue(), kinds.PNG)).getpixel((0, 0)) == (255, 0, 0, 0)


@pytest.mark.parametrize("size", [(5001, 5000), (20_000, 20_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    assert "25 million pixels is the limit" in refusal(files.bomb(*size), kinds.PNG)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.picture("PNG", (200, 200))[:-30], kinds.PNG),
        (files.picture("JPEG", (200, 200))[:-200], kinds.JPEG),
        (files.moving("GIF")[:-20], kinds.GIF),
        (files.picture("WEBP", (200, 200))[:-20], kinds.WEBP),
        (files.bomb(100, 100), kinds.PNG),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), kinds.PNG),
        (b"\xff\xd8\xff\xe0", kinds.JPEG),
    ],
)
def test_a_damaged_picture_is_refused(content: bytes, kind: Kind) -> None:
    assert refusal(content, kind) == (
        "This picture is damaged or incomplete. Open it, save it again, and add the new file."
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.picture("PNG") + files.archive(), kinds.PNG),
        (files.picture("JPEG") + files.archive(), kinds.JPEG),
        (files.document() + files.archive(), kinds.PDF),
        (files.moving("GIF") + b"<script>alert(1)</script>", kinds.GIF),
        (files.picture("JPEG", comment=b"<?php system($_GET[0]); ?>"), kinds.JPEG),
        (files.picture("JPEG", comment=b"%PDF-1.7"), kinds.JPEG),
    ],
)
def test_a_second_file_inside_the_first_is_refused(content: bytes, kind: Kind) -> None:
    assert refusal(content, kind).startswith("A second file is hidden inside this one.")


def test_a_plain_document_keeps_its_pages() -> None:
    with pikepdf.open(io.BytesIO(copy_of(files.document(), kinds.PDF))) as copy:
        assert len(copy.pages) == 1


def test_nothing_in_the_shared_document_runs_opens_sends_or_carries_files() -> None:
    original, copy = files.active_document(), copy_of(files.active_document(), kinds.PDF)
    forbidden = (
        b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/Launch", b"/EmbeddedFiles", b"/EF", b"/XFA", b"/Sound",
        b"cmd.exe", b"app.alert", b"x.test", b"The Reporter", b"payload",
    )  # fmt: skip
    assert [word for word in forbidden if word not in in_the_open(original)] == []
    assert [word for word in forbidden if word in in_the_open(copy)] == []


def test_links_in_the_shared_document_still_lead_to_their_pages() -> None:
    with pikepdf.open(io.BytesIO(copy_of(files.active_document(), kinds.PDF))) as copy:
        annotations = [dict(annotation.A.items()) for annotation in copy.pages[0].Annots]
    assert {"/S": "/URI", "/URI": "https://example.com/post/1"} in [
        {key: str(value) for key, value in action.items()} for action in annotations
    ]


def in_the_open(content: bytes) -> bytes:
    """The document with nothing packed, so that words in it can be looked for."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        payloads = b"".join(bytes(o.read_bytes()) for o in pdf.objects if isinstance(o, pikepdf.Stream))
    return plain.getvalue() + payloads


@pytest.mark.parametrize("password", ["letmein", ""])
def test_a_locked_document_is_refused_with_what_to_do(password: str) -> None:
    assert refusal(files.locked_document(password), kinds.PDF).startswith("This PDF is locked with a password")


@pytest.mark.parametrize(
    "content",
    [files.document()[:-60], files.document()[:200], b"%PDF-1.7\n", files.swollen_document(300)],
    ids=["end missing", "half", "header only", "unpacks to 300 MB"],
)
def test_a_damaged_document_is_refused(content: bytes) -> None:
    assert refusal(content, kinds.PDF).startswith("This PDF is damaged or incomplete.")


def test_a_large_page_within_the_limit_is_taken() -> None:
    assert copy_of(files.swollen_document(20), kinds.PDF).startswith(b"%PDF")


def test_plain_text_needs_no_copy() -> None:
    assert copy_of("Ça va: 日本\r\n\tand more".encode(), kinds.TEXT) == b""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Ça va".encode("latin-1"), "UTF-8"),
        ("Notes".encode("utf-16"), "UTF-8"),
        (b"a\x00b", "control characters"),
        (b"\x1b[31mred", "control characters"),
    ],
)
def test_text_that_is_not_plain_utf8_is_refused(content: bytes, why: str) -> None:
    assert why in refusal(content, kinds.TEXT)


def test_the_parsers_process_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    real = subprocess.run

    def watched(command: list[str], **how: Any) -> "subprocess.CompletedProcess[bytes]":
        given.update(how)
        return real(command, **how)

    monkeypatch.setattr(subprocess, "run", watched)
    copy_of(b"words", kinds.TEXT)
    assert given["env"] == {}
    assert "VAULT_KEYS" in os.environ


BREAKING = ["os.kill(os.getpid(), 9)", "bytearray(4 * 1024**3)", "open(LEFT, 'wb', buffering=0).write(b'left behind')"]


@pytest.mark.parametrize("how", BREAKING)
def test_a_parser_that_breaks_is_a_refusal(how: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    limited = "import os, sys; from attachments.inspection import process; process._limit(); LEFT = sys.argv[1]"
    run_instead(monkeypatch, f"{limited}; {how}", str(tmp_path / "left"))
    assert refusal(b"words", kinds.TEXT).startswith("This file could not be opened safely.")
    assert [path.stat().st_size for path in tmp_path.glob("left")] in ([], [0])


def test_a_parser_that_never_ends_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 0.3)
    run_instead(monkeypatch, "while True: pass")
    began = time.monotonic()
    assert refusal(b"words", kinds.TEXT).startswith("This file takes too long to open.")
    assert time.monotonic() - began < 10


def run_instead(monkeypatch: pytest.MonkeyPatch, program: str, *words: str) -> None:
    real = subprocess.run
    command = [sys.executable, "-c", program, *words]
    monkeypatch.setattr(subprocess, "run", lambda _, **how: real(command, **how))
