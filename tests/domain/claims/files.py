"""Files that donors and people who mean no good send as receipts."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw

TEHRAN_NORTH = {1: "N", 2: (35.0, 41.0, 21.0), 3: "E", 4: (51.0, 23.0, 20.0)}
GPS_TAG, MAKE_TAG, ORIENTATION_TAG = 0x8825, 0x010F, 0x0112
SCRIPT = b"<script>alert(1)</script>"


def slip(amount: str = "500,210", size: tuple[int, int] = (720, 1280)) -> Image.Image:
    """The screen of a bank's app after a transfer."""
    picture = Image.new("RGB", size, (250, 250, 252))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, size[0], 160), fill=(10, 90, 160))
    for row, words in enumerate(("Transfer done", f"Amount {amount}", "From 6037 **** 1234", "Ref 8812345")):
        pen.text((60, 260 + row * 140), words, fill=(20, 20, 20), font_size=48)
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    kept = BytesIO()
    picture.save(kept, kind, **options)
    return kept.getvalue()


def photo_with_place() -> bytes:
    """A photo that says where and with what it was taken, lying on its side."""
    exif = Image.Exif()
    exif[MAKE_TAG], exif[ORIENTATION_TAG] = "Camera of Sara", 6
    exif[GPS_TAG] = TEHRAN_NORTH
    return saved(slip(), exif=exif, comment=b"at home")


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are an enormous picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", b"") + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
