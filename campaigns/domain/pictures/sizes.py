"""A picture in every size and format a page may ask for.

The key names the bytes of all of its files together: another picture has another address, so that an address may be
kept for good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, features

from campaigns.domain.pictures.painting import MOST_BYTES, BadPicture, paint

WIDTHS = (480, 960)
"""Smaller versions; the largest is as wide as the picture, `LONGEST_SIDE` at most."""
LONGEST_SIDE = 1_600
LEAST_SIDE = 40
FORMS: dict[str, tuple[str, dict[str, object]]] = {
    "avif": ("AVIF", {"quality": 50, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 72}),
    "jpg": ("JPEG", {"quality": 78, "optimize": True, "progressive": True}),
}
"""By ending, the best first. Browsers take the first they know; every one knows the last."""
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
PLAIN = "jpg"
"""What every browser knows."""
KEY_LENGTH = 24


@dataclass(frozen=True)
class Painted:
    """What is kept of a picture. `files` by name: `960.webp`."""

    key: str
    width: int
    height: int
    forms: tuple[str, ...]
    files: dict[str, bytes]


def widths(width: int) -> Sequence[int]:
    """How wide the versions of a picture of this width are, the smallest first."""
    return [*(smaller for smaller in WIDTHS if smaller < width), width]


def read(sent: bytes) -> Painted:
    """Raises `BadPicture`, with `small` for what would be a smear on a page as well. Takes about a second."""
    if not sent:
        raise BadPicture("empty")
    if len(sent) > MOST_BYTES:
        raise BadPicture("large")
    picture = paint(sent, LONGEST_SIDE)
    if min(picture.size) < LEAST_SIDE:
        raise BadPicture("small")
    forms = tuple(form for form in FORMS if form == PLAIN or features.check(form))
    files: dict[str, bytes] = {}
    for width in widths(picture.width):
        smaller = _scaled(picture, width)
        files |= {f"{width}.{form}": _written(smaller, form) for form in forms}
    digest = sha256(b"".join(files.values())).hexdigest()
    return Painted(digest[:KEY_LENGTH], picture.width, picture.height, forms, files)


def height_at(width: int, full_width: int, full_height: int) -> int:
    return max(1, round(full_height * width / full_width))


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    if width == picture.width:
        return picture
    return picture.resize((width, height_at(width, *picture.size)), Image.Resampling.LANCZOS)


def _written(picture: Image.Image, form: str) -> bytes:
    kept, (name, options) = BytesIO(), FORMS[form]
    picture.save(kept, name, **options)
    return kept.getvalue()
