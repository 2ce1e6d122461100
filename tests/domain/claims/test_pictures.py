"""What is kept of a receipt is painted anew from its pixels; what is no receipt is not taken."""

import contextlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from campaigns.domain.claims.pictures import ALIKE, LONGEST_SIDE, MOST_BYTES, BadReceipt, distance, read
from tests.domain.claims.files import (
    GPS_TAG,
    SCRIPT,
    photo_with_place,
    png_that_claims,
    saved,
    slip,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

BEGINNINGS = [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\x00\x00\x00WEBP"]


def why(sent: bytes) -> str:
    with pytest.raises(BadReceipt) as bad:
        read(sent)
    return bad.value.reason


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


class TestKept:
    def test_where_and_with_what_a_photo_was_taken_is_gone(self):
        sent = photo_with_place()
        assert opened(sent).getexif().get_ifd(GPS_TAG)
        kept = read(sent)
        picture = opened(kept.data)
        assert not picture.getexif() and "comment" not in picture.info
        assert b"Exif" not in kept.data and b"Camera of Sara" not in kept.data and b"at home" not in kept.data

    def test_a_photo_that_lay_on_its_side_stands_upright(self):
        assert opened(read(photo_with_place()).data).size == (1280, 720)

    @pytest.mark.fault("O9")
    def test_what_hides_behind_or_inside_a_picture_is_gone(self):
        for sent in (
            saved(slip()) + SCRIPT,
            saved(slip(), comment=SCRIPT),
            saved(slip(), "PNG") + b"PK\x03\x04" + SCRIPT,
        ):
            kept = read(sent)
            assert kept.kind == "image" and SCRIPT not in kept.data and b"PK\x03\x04" not in kept.data

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_pictures_of_three_formats_are_kept_as_jpeg(self, kind):
        picture = opened(read(saved(slip(), kind)).data)
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (720, 1280))

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
    def test_pictures_of_every_depth_are_read(self, mode):
        source = Image.new("I;16", (40, 40), 900) if mode == "I;16" else slip().convert(mode)
        assert opened(read(saved(source, "PNG")).data).mode == "RGB"

    def test_a_picture_one_can_see_through_lies_on_white(self):
        assert opened(read(saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")).data).getpixel(
            (5, 5)
        ) == (255, 255, 255)

    def test_a_large_picture_is_kept_smaller(self):
        assert max(opened(read(saved(slip(size=(3000, 5000)))).data).size) == LONGEST_SIDE

    def test_a_paper_is_kept_as_it_is(self):
        sent = b"%PDF-1.7\n" + SCRIPT
        kept = read(sent)
        assert (kept.kind, kept.data, kept.bands) == ("pdf", sent, ())


class TestNotTaken:
    def test_drawings_pages_and_archives_are_no_receipts_whatever_they_are_called(self):
        for sent in (
            SVG,
            b"<!doctype html>" + SCRIPT,
            b"PK\x03\x04" + bytes(100),
            b"GIF89a" + bytes(100),
            b"text",
        ):
            assert why(sent) == "kind"

    def test_a_paper_begins_as_one(self):
        assert why(SCRIPT + b"%PDF-1.7") == "kind"

    def test_other_formats_are_not_even_decoded(self):
        for kind in ("GIF", "BMP", "TIFF", "ICO", "PPM"):
            assert why(saved(slip(size=(64, 64)), kind)) == "kind"

    @pytest.mark.fault("O9")
    def test_a_picture_that_says_it_is_enormous_is_not_decoded(self):
        for width, height in ((60_000, 60_000), (4_100, 4_100), (2_000_000, 10)):
            assert why(png_that_claims(width, height)) == "pixels"

    def test_a_picture_that_is_cut_off_is_broken(self):
        assert why(saved(slip())[:900]) == "broken"
        assert why(png_that_claims(40, 40)) == "broken"

    def test_an_empty_and_a_too_large_file(self):
        assert why(b"") == "empty"
        assert why(bytes(MOST_BYTES + 1)) == "large"

    @given(
        st.binary(max_size=300),
        st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\x00\x00\x00WEBP"]),
    )
    def test_any_bytes_are_read_or_refused(self, noise, beginning):
        with contextlib.suppress(BadReceipt):
            read(beginning + noise)

    @given(st.integers(0, 10_000), st.integers(0, 255), st.sampled_from(["JPEG", "PNG", "WEBP"]))
    def test_one_wrong_byte_is_read_or_refused(self, place, byte, kind):
        sent = bytearray(saved(slip(size=(120, 200)), kind))
        sent[place % len(sent)] = byte
        with contextlib.suppress(BadReceipt):
            read(bytes(sent))


class TestLikeness:
    def test_the_same_picture_saved_otherwise_looks_the_same(self):
        one = read(saved(slip())).bands
        for other in (saved(slip(), quality=60), saved(slip(), "PNG"), saved(slip(), "WEBP", quality=80)):
            assert distance(one, read(other).bands) <= ALIKE

    def test_another_slip_of_the_same_bank_does_not(self):
        one, other = read(saved(slip("500,210"))).bands, read(saved(slip("1,204,480"))).bands
        assert distance(one, other) > ALIKE
