"""A file is what it is, whatever it is called; and nothing travels in a picture that nobody sees."""

import io
import zipfile

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from campaigns.domain.counter import papers
from campaigns.domain.counter.papers import CSV, PDF, XLSX, NotAPaper


def picture(kind: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **more)
    return made.getvalue()


def workbook(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


BOOK = ("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [
        (b"%PDF-1.7\n1 0 obj\n%%EOF\n", PDF),
        (workbook(*BOOK), XLSX),
        ("کمپین;تعداد\nجهیزیه;۳\n".encode(), CSV),
        ("روز,تعداد\n".encode("cp1256"), CSV),
        ("day\tcount\n".encode("utf-16"), CSV),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/jpeg"),
    ],
)
def test_what_is_taken(raw, media_type):
    assert papers.read(raw).media_type == media_type


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7" + b"x" * papers.MOST_BYTES, "large"),
        (b"%PDF-1.7 cut off", "kind"),
        (b"MZ\x90\x00\x03", "kind"),
        (b"just words", "kind"),
        (b"PK\x03\x04 no archive", "kind"),
        (workbook("evil.exe"), "kind"),
        (workbook(*BOOK, "xl/vbaProject.bin"), "kind"),
        (picture("PNG")[:60], "kind"),
        (b"\xff\xd8\xff\xe0 no picture", "kind"),
        (picture("GIF"), "kind"),
        (picture("PNG", (8_000, 6_000)), "large"),
    ],
)
def test_what_is_not(raw, code):
    with pytest.raises(NotAPaper) as why:
        papers.read(raw)
    assert why.value.code == code


def test_pictures_lose_what_nobody_sees():
    words = PngInfo()
    words.add_text("Comment", "35.7000,51.4000")
    exif = Image.Exif()
    exif[0x010F] = "a telephone"
    for raw in (picture("PNG", pnginfo=words), picture("JPEG", exif=exif, comment=b"secret")):
        kept = papers.read(raw)
        drawn = Image.open(io.BytesIO(kept.content))
        drawn.load()
        assert drawn.size == (40, 30) and not drawn.getexif() and "Comment" not in drawn.info
        assert b"telephone" not in kept.content and b"secret" not in kept.content


def test_what_hides_behind_a_picture_is_gone():
    kept = papers.read(picture("JPEG") + b"<script>alert(1)</script>")
    assert b"script" not in kept.content
    assert kept.digest != papers.read(picture("JPEG")).digest
