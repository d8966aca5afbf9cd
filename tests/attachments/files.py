"""Small files, honest and otherwise, made as they are needed."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a form hands it over; the name is exactly what the browser claimed."""
    sent = SimpleUploadedFile("sent", content)
    # Django shortens and strips what it is given here; a browser's claim is to be met as it is.
    vars(sent)["_name"] = name
    return sent


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **kept: Any) -> bytes:
    """A picture in one colour."""
    made = io.BytesIO()
    Image.new(mode, size, 40).save(made, form, **kept)
    return made.getvalue()


def moving(form: str, frames: int = 3) -> bytes:
    """A picture that moves."""
    made = io.BytesIO()
    stills = [Image.new("RGB", (20, 20), (shade * 40, 0, 0)) for shade in range(frames)]
    stills[0].save(made, form, save_all=True, append_images=stills[1:], duration=50)
    return made.getvalue()


def photograph_with_a_place() -> bytes:
    """A JPEG lying on its side, with the camera's notes: where, with what, and how to hold it."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "CameraMaker"
    notes.get_ifd(0x8825)[2] = (34.0, 44.0, 0.0)
    return picture("JPEG", (40, 30), exif=notes, comment=b"taken at the client's home")


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few hundred bytes that declares billions of pixels."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(1000))),
        (b"IEND", b""),
    ]
    body = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def archive() -> bytes:
    """A ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("run.js", "alert(1)")
    return made.getvalue()


def document(**kept: Any) -> bytes:
    """A PDF of one empty page."""
    return _saved(_blank(), **kept)


def active_document() -> bytes:
    """A PDF that tries everything: scripts, launching, sending, opening by itself, carrying files."""
    pdf = _blank()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('runs')"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.Root.AA = pikepdf.Dictionary(WC=launch)
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("x"), script]))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
    pdf.attachments["payload.exe"] = b"MZ payload"
    pdf.docinfo["/Author"] = "The Reporter"
    annotations = [_link(launch), _link(_web()), _sound(), _link(_chain(script))]
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array(annotations))
    pdf.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://x.test")))
    return _saved(pdf)


def locked_document(password: str) -> bytes:
    """A PDF that opens with this password only; with an empty one it opens, but forbids changes."""
    return _saved(_blank(), encryption=pikepdf.Encryption(owner="owner", user=password))


def swollen_document(megabytes: int) -> bytes:
    """A small PDF whose page unpacks to this much."""
    pdf = _blank()
    stream = pdf.make_stream(b"")
    stream.write(zlib.compress(b" " * (megabytes * 1024 * 1024), 9), filter=pikepdf.Name.FlateDecode)
    pdf.pages[0].Contents = stream
    return _saved(pdf)


def _blank() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    return pdf


def _saved(pdf: pikepdf.Pdf, **kept: Any) -> bytes:
    made = io.BytesIO()
    pdf.save(made, **kept)
    return made.getvalue()


def _link(action: pikepdf.Dictionary) -> pikepdf.Dictionary:
    annotation = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 9, 9], "/A": action}
    return pikepdf.Dictionary(annotation)


def _web() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.com/post/1"))


def _chain(action: pikepdf.Dictionary) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.NextPage, Next=pikepdf.Array([action]))


def _sound() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Sound, Rect=[0, 0, 9, 9])


def parts_of_a_word_document(**changed: bytes) -> dict[str, bytes]:
    """The fewest parts a Word document has, with some of them put in or replaced."""
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return {"[Content_Types].xml": types, "word/document.xml": b"<document/>", **changed}


def word_document(parts: dict[str, bytes] | None = None) -> bytes:
    """A Word document as far as its archive goes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (parts or parts_of_a_word_document()).items():
            packed.writestr(name, content)
    return made.getvalue()


def old_office_file(holds: str = "") -> bytes:
    """A file in the way Office saved before 2007, which is also how it wraps what it locks with a password."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + holds.encode("utf-16-le") + bytes(512)
