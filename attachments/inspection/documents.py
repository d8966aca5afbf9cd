"""Parses a PDF to the last object and writes a shared copy to read: nothing in it runs, opens or sends."""

import io
from collections.abc import Iterator

import pikepdf

from attachments.inspection.hidden import refuse_archive
from attachments.inspection.process import run
from attachments.inspection.unreadable import Unreadable

STREAM_BYTES = 256 * 1024 * 1024
_LOCKED = "This PDF is locked with a password or against changes. Print it to a new PDF without one and add that."
_DAMAGED = "This PDF is damaged or incomplete. Open it, print it to a new PDF, and add that."
_KEYS = {
    "/AA", "/AF", "/Collection", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Launch", "/Metadata", "/OpenAction",
    "/PieceInfo", "/RichMediaContent", "/RichMediaSettings", "/XFA",
}  # fmt: skip
_ACTIONS = {
    "/GoTo3DView", "/GoToE", "/GoToR", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Rendition", "/ResetForm",
    "/RichMediaExecute", "/Sound", "/SubmitForm",
}  # fmt: skip
_ANNOTATIONS = {"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"}


def copy_of(data: io.BytesIO, _form: str) -> bytes:
    """The same pages without JavaScript, actions, embedded files and metadata; links to web pages stay."""
    refuse_archive(data)
    _limit_streams()
    try:
        return _made_inert(data)
    except Unreadable:
        raise
    except pikepdf.PasswordError:
        raise Unreadable(_LOCKED) from None
    except Exception:  # noqa: BLE001  hostile bytes make a parser fail in any way, and every way is a no
        raise Unreadable(_DAMAGED) from None


def _limit_streams() -> None:
    limit = STREAM_BYTES
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=limit, png_max_memory=limit, run_length_max_memory=limit, tiff_max_memory=limit,
        dct_max_memory=limit, dct_max_progressive_scans=100,
    )  # fmt: skip


def _made_inert(data: io.BytesIO) -> bytes:
    copy = io.BytesIO()
    with pikepdf.open(data, attempt_recovery=False) as document:
        if document.is_encrypted:
            raise Unreadable(_LOCKED)
        document.check_pdf_syntax()
        if not document.pages:
            raise Unreadable(_DAMAGED)
        for part in _parts(document):
            _disarm(part)
        del document.docinfo
        document.save(copy)
    return copy.getvalue()


def _parts(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary, stream and array, however deep; a list holds the way, not the interpreter's stack."""
    waiting = [document.trailer, *document.objects]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            yield part
            waiting += [inner for inner in _inside(part) if not getattr(inner, "is_indirect", True)]


def _inside(part: pikepdf.Object) -> list[pikepdf.Object]:
    return list(part) if isinstance(part, pikepdf.Array) else [part[key] for key in part.keys()]  # noqa: SIM118


def _disarm(part: pikepdf.Object) -> None:
    if isinstance(part, pikepdf.Array):
        _take_out_active_annotations(part)
        return
    everything = str(part.get("/S", "")) in _ACTIONS
    for key in list(part.keys()):
        if everything or key in _KEYS:
            del part[key]


def _take_out_active_annotations(array: pikepdf.Array) -> None:
    for position in reversed(range(len(array))):
        item = array[position]
        if isinstance(item, pikepdf.Dictionary) and str(item.get("/Subtype", "")) in _ANNOTATIONS:
            del array[position]


if __name__ == "__main__":
    run(copy_of)
