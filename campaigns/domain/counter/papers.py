"""Files that people hand in: looked at by what they are, not by what they are called. Pictures are drawn anew, so
nothing travels in them that nobody sees.
"""

import io
import warnings
import zipfile
from hashlib import sha256
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
PDF, CSV = "application/pdf", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
ENDINGS = {PDF: "pdf", CSV: "csv", XLSX: "xlsx", "image/png": "png", "image/jpeg": "jpg"}
MOST_ENTRIES = 2_000


class NotAPaper(Exception):
    """`code`: `empty`, `large` or `kind`: it is nothing that is taken here."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Paper(NamedTuple):
    """A file as it is kept. `digest` is the SHA-256 of the file as it came."""

    media_type: str
    content: bytes
    digest: bytes


def read(raw: bytes) -> Paper:
    """PDF, XLSX, CSV, PNG, JPEG or WebP. Raises `NotAPaper`."""
    if not raw:
        raise NotAPaper("empty")
    if len(raw) > MOST_BYTES:
        raise NotAPaper("large")
    digest = sha256(raw).digest()
    if raw.startswith(b"%PDF-") and b"%%EOF" in raw[-1024:]:
        return Paper(PDF, raw, digest)
    if raw.startswith(b"PK\x03\x04") and _is_workbook(raw):
        return Paper(XLSX, raw, digest)
    if raw.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or raw[8:12] == b"WEBP":
        media_type, content = _drawn_anew(raw)
        return Paper(media_type, content, digest)
    if _is_table(raw):
        return Paper(CSV, raw, digest)
    raise NotAPaper("kind")


def _is_workbook(raw: bytes) -> bool:
    """By the names in it; nothing is unpacked. One with macros is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    parts = {"[Content_Types].xml", "xl/workbook.xml"}
    return len(names) <= MOST_ENTRIES and parts <= set(names) and "xl/vbaProject.bin" not in names


def _drawn_anew(raw: bytes) -> tuple[str, bytes]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=tuple(PICTURES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotAPaper("large")
                plain = picture.convert("RGB")
                lossless = picture.format == "PNG"
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPaper("kind") from None
    except (OSError, SyntaxError, ValueError):
        raise NotAPaper("kind") from None
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    made = io.BytesIO()
    if lossless:
        bare.save(made, "PNG", optimize=True)
        return PICTURES["PNG"], made.getvalue()
    bare.save(made, "JPEG", quality=85)
    return PICTURES["JPEG"], made.getvalue()


def _is_table(raw: bytes) -> bool:
    """Text with a separator in its first line, in an encoding that spreadsheets of here write."""
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1256"):
        try:
            text = raw.decode(encoding)
        except UnicodeError:
            continue
        plain = not any(ord(char) < 32 and char not in "\t\r\n" for char in text)
        return plain and any(mark in text.partition("\n")[0] for mark in ",;\t")
    return False
