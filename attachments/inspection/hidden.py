"""Finds a second file inside a first: what is a picture to one program may be a page or an archive to another."""

import io
import re
import zipfile

from attachments.inspection.unreadable import Unreadable

_RUNS = re.compile(rb"<script|<\?php|<!doctype\s+html", re.IGNORECASE)
_DOCUMENT = re.compile(rb"%PDF-\d")
DOCUMENT_MAY_BEGIN_WITHIN = 1024


def refuse_archive(data: io.BytesIO) -> None:
    """Raise Unreadable when the file can also be opened as a ZIP archive."""
    if zipfile.is_zipfile(data):
        raise Unreadable("A second file is hidden inside this one. Take a screenshot of it and add that instead.")
    data.seek(0)


def refuse_page(data: io.BytesIO) -> None:
    """Raise Unreadable when a picture also carries a web page, a script or a document."""
    content = data.getbuffer()
    if _RUNS.search(content) or _DOCUMENT.search(content[:DOCUMENT_MAY_BEGIN_WITHIN]):
        raise Unreadable("A second file is hidden inside this one. Take a screenshot of it and add that instead.")
