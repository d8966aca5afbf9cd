"""Files as a person would choose them."""

import io

from PIL import Image
from playwright.sync_api import FilePayload


def screenshot(name: str) -> FilePayload:
    """A small picture that is what its name says."""
    picture = io.BytesIO()
    Image.new("RGB", (64, 40), "#5b7c99").save(picture, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": picture.getvalue()}
