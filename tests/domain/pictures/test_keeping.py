"""Pictures are painted anew in several sizes, without what came along; what is no picture is refused in a word."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image, features

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.pictures import sizes, store
from campaigns.domain.pictures.painting import MOST_BYTES, BadPicture
from tests.blocks import PDF, PLACE_TAG, photo
from tests.cast import mina
from tests.domain.claims.files import png_that_claims


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def why(sent: bytes) -> str:
    with pytest.raises(BadPicture) as bad:
        sizes.read(sent)
    return bad.value.reason


def test_a_photo_is_kept_in_three_widths_and_every_format_this_machine_writes():
    kept = sizes.read(photo((2400, 1200)))
    assert (kept.width, kept.height) == (1600, 800)
    wanted = [form for form in ("avif", "webp") if features.check(form)]
    assert set(kept.files) == {f"{width}.{form}" for width in (480, 960, 1600) for form in (*wanted, "jpg")}
    for name, data in kept.files.items():
        width, _dot, form = name.partition(".")
        picture = opened(data)
        assert picture.size == (int(width), int(width) // 2)
        assert picture.format == sizes.FORMS[form][0]


def test_nothing_that_came_along_is_kept():
    sent = photo()
    assert opened(sent).getexif().get_ifd(PLACE_TAG)
    for data in sizes.read(sent).files.values():
        assert not opened(data).getexif() and b"Camera of Mina" not in data and b"Exif" not in data


def test_a_small_picture_is_not_made_larger_and_another_picture_has_another_key():
    kept = sizes.read(photo((300, 200)))
    assert {name.partition(".")[0] for name in kept.files} == {"300"}
    assert kept.key == sizes.read(photo((300, 200))).key != sizes.read(photo((300, 201))).key


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "empty"),
        (b"x" * (MOST_BYTES + 1), "large"),
        (PDF, "kind"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kind"),
        (photo()[:2000], "broken"),
        (png_that_claims(30_000, 30_000), "pixels"),
        (photo((30, 600)), "small"),
    ],
)
def test_what_cannot_be_shown_is_refused(sent, reason):
    assert why(sent) == reason


def test_only_whole_pdf_files_are_kept_as_papers(app, tmp_path):
    author = mina()
    for sent, reason in ((photo(), "kind"), (PDF[:-8], "broken"), (PDF + b" " * MOST_BYTES, "large")):
        with pytest.raises(BadPicture) as bad:
            store.keep_paper("shelf", sent, author, tmp_path)
        assert bad.value.reason == reason
    assert store.paper_data(store.keep_paper("shelf", PDF, author, tmp_path), tmp_path) == PDF


def test_what_nobody_used_is_forgotten_after_two_days_and_what_is_shown_stays(app, tmp_path):
    author = mina()
    names = []
    for used in (True, False):
        row = store.keep("shelf", sizes.read(photo((300, 200))), author, tmp_path)
        names.append(row.public_id)
        if used:
            store.use([row.public_id])
    db.session.commit()
    assert store.forget_strays(tmp_path) == 0
    with clock.at(clock.now() + timedelta(days=3)):
        assert store.forget_strays(tmp_path) == 1
    db.session.commit()
    assert set(store.pictures(names)) == {names[0]}
    assert [path.name for path in (tmp_path / store.FOLDER).iterdir()] == [names[0]]
