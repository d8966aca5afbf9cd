"""Decodes a picture to the last pixel and draws the shared copy anew, so that only what is seen is left of it."""

import io

from PIL import Image, ImageOps, ImageSequence

from attachments.inspection.hidden import refuse_archive, refuse_page
from attachments.inspection.process import run
from attachments.inspection.unreadable import Unreadable

MOST_PIXELS = 25_000_000
MOST_PIXELS_IN_ALL_FRAMES = 250_000_000
LONGEST_SIDE = 1600
MOVING = {"gif", "png", "webp"}
PHOTOGRAPHS = {"jpeg", "webp"}
_TOO_LARGE = "This picture is too large to open: 25 million pixels is the limit. Save a smaller one and add that."
_DAMAGED = "This picture is damaged or incomplete. Open it, save it again, and add the new file."


def copy_of(data: io.BytesIO, form: str) -> bytes:
    """The picture, 1600 pixels a side at most, upright, without metadata: JPEG for photographs, else PNG."""
    refuse_archive(data)
    refuse_page(data)
    try:
        return _drawn_anew(data, form)
    except Unreadable:
        raise
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable(_TOO_LARGE) from None
    except Exception:  # noqa: BLE001  hostile bytes make a decoder fail in any way, and every way is a no
        raise Unreadable(_DAMAGED) from None


def _drawn_anew(data: io.BytesIO, form: str) -> bytes:
    with Image.open(data, formats=[form.upper()]) as picture:
        _refuse_huge(picture)
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        if form in MOVING:
            _decode_every_frame(picture)
    return _encoded(upright, form)


def _refuse_huge(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Unreadable(_TOO_LARGE)


def _decode_every_frame(picture: Image.Image) -> None:
    pixels = 0
    for frame in ImageSequence.Iterator(picture):
        _refuse_huge(frame)
        pixels += frame.width * frame.height
        if pixels > MOST_PIXELS_IN_ALL_FRAMES:
            raise Unreadable("This picture moves for too long. Add a screenshot of what matters instead.")
        frame.load()


def _encoded(picture: Image.Image, form: str) -> bytes:
    copy, opaque = io.BytesIO(), form in PHOTOGRAPHS and not picture.has_transparency_data
    # Pixels alone go over: whatever else rode along (place, camera, comments, colour profile) stays behind.
    bare = Image.new("RGB" if opaque else "RGBA", picture.size)
    bare.paste(picture.convert(bare.mode))
    bare.save(copy, "JPEG" if opaque else "PNG", **({"quality": 85} if opaque else {}))
    return copy.getvalue()


if __name__ == "__main__":
    run(copy_of)
