"""Pictures as strangers send them, painted anew from their pixels: no place, no camera, no second file behind them.

A picture is decoded only in a few formats and up to a size.
"""

import struct
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = {"JPEG": 30_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""By format: a large JPEG is decoded at the size it is kept in, the others need memory for every pixel."""
_WHITE = (255, 255, 255)
_BROKEN = (ArithmeticError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error)
"""What decoders raise over damaged and hostile files."""
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_one_at_a_time = Lock()  # whoever sends many large pictures at once waits, and our memory lasts


class BadPicture(Exception):
    """Not taken. `reason`: `empty`, `large` (bytes), `pixels`, `kind`, `broken`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def paint(sent: bytes, longest_side: int) -> Image.Image:
    """The picture upright, on white paper, at most so long on either side. Raises `BadPicture`."""
    try:
        with _one_at_a_time, Image.open(BytesIO(sent), formats=tuple(MOST_PIXELS)) as picture:
            if picture.width * picture.height > MOST_PIXELS[picture.format or ""]:
                raise BadPicture("pixels")
            picture.draft("RGB", (longest_side, longest_side))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except UnidentifiedImageError:
        raise BadPicture("kind") from None
    except _BOMB:
        raise BadPicture("pixels") from None
    except _BROKEN:
        raise BadPicture("broken") from None
    upright.thumbnail((longest_side, longest_side))
    paper = Image.new("RGB", upright.size, _WHITE)
    paper.paste(upright, mask=upright.getchannel("A"))
    return paper
