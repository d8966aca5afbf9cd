"""Reads a text file as UTF-8 from end to end; it needs no copy, since nothing in it can run."""

import io
import re

from attachments.inspection.process import run
from attachments.inspection.unreadable import Unreadable

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def copy_of(data: io.BytesIO, _form: str) -> bytes:
    """Nothing, for the original serves as it is; raises Unreadable when it is not plain UTF-8 text."""
    try:
        text = data.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("This file is not plain text in UTF-8. Save it again with the encoding UTF-8.") from None
    if _CONTROL.search(text):
        raise Unreadable("This file is not plain text: it has control characters. Save it again as plain text.")
    return b""


if __name__ == "__main__":
    run(copy_of)
