"""Pictures that look like a post, with nothing in them."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def screenshot(chance: random.Random) -> SimpleUploadedFile:
    """A picture of a post that shows nothing."""
    picture = Image.new("RGB", (640, 420), "#f0f2f5")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((40, 30, 600, 390), 12, fill="white", outline="#d0d3d9")
    pen.ellipse((60, 50, 110, 100), fill=f"hsl({chance.randint(0, 359)},45%,60%)")
    for line, width in enumerate((160, 90)):
        pen.rounded_rectangle((125, 58 + 22 * line, 125 + width, 70 + 22 * line), 5, fill="#c7ccd4")
    pen.rectangle((60, 125, 580, 330), fill=f"hsl({chance.randint(0, 359)},30%,75%)")
    for line in range(2):
        pen.rounded_rectangle((60, 345 + 18 * line, chance.randint(300, 560), 355 + 18 * line), 5, fill="#d7dbe1")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return SimpleUploadedFile("screenshot-of-the-post.png", file.getvalue(), "image/png")
