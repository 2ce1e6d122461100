"""Receipts as donors send them: pictures made anew without anything that came along, papers left as they are.

Whoever sends one is unknown. A picture is decoded only in a few formats and up to a size, and what is kept is painted
from its pixels: no place, no camera, no second file behind it.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image

from campaigns.domain.pictures.painting import MOST_BYTES, BadPicture, paint

__all__ = ("MOST_BYTES", "BadReceipt", "Receipt", "bands", "distance", "read")

LONGEST_SIDE = 2_000
PDF = b"%PDF-"
HASH_SIDE = 16
BANDS = 4
ALIKE = BANDS - 1
"""Bits in which two hashes may differ: fewer than bands, so that one band at least is the same."""


class BadReceipt(Exception):
    """Not taken. `reason`: `empty`, `large` (bytes), `pixels`, `kind`, `broken`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Receipt:
    """What is kept. `kind`: image (a JPEG) or pdf. `bands`: the perceptual hash of a picture, else none."""

    kind: str
    data: bytes
    sha256: bytes
    bands: tuple[int, ...] = ()
    width: int | None = None
    height: int | None = None


def read(sent: bytes) -> Receipt:
    """Raises `BadReceipt`. Looks only at what is inside: names and types are what anybody may write."""
    if not sent:
        raise BadReceipt("empty")
    if len(sent) > MOST_BYTES:
        raise BadReceipt("large")
    digest = sha256(sent).digest()
    if sent.startswith(PDF):
        return Receipt("pdf", sent, digest)
    picture = _painted(sent)
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return Receipt("image", kept.getvalue(), digest, bands(picture), *picture.size)


def bands(picture: Image.Image) -> tuple[int, ...]:
    """The perceptual hash in quarters that fit a column: where it gets brighter from one cell to the next."""
    small = picture.convert("L").resize((HASH_SIDE + 1, HASH_SIDE), Image.Resampling.BILINEAR)
    cells, width = small.tobytes(), HASH_SIDE + 1
    bits = [
        cells[row * width + place] < cells[row * width + place + 1]
        for row in range(HASH_SIDE)
        for place in range(HASH_SIDE)
    ]
    share = len(bits) // BANDS
    return tuple(_signed(bits[start : start + share]) for start in range(0, len(bits), share))


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """In how many bits two hashes differ."""
    return sum(((here ^ there) & 2**64 - 1).bit_count() for here, there in zip(one, other, strict=True))


def _painted(sent: bytes) -> Image.Image:
    try:
        return paint(sent, LONGEST_SIDE)
    except BadPicture as bad:
        raise BadReceipt(bad.reason) from None


def _signed(bits: list[bool]) -> int:
    """Sixty-four bits as a whole number that a column holds."""
    number = int("".join("1" if bit else "0" for bit in bits), 2)
    return number - 2**64 if number >= 2**63 else number
