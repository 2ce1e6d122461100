"""Persian letters on a picture: joined, in order, within their room."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from campaigns.config import ROOT
from campaigns.web.lettering import Line, Room, Setter, cut, drawable, set_in
from campaigns.web.picture import TITLE_SIZES, can_draw
from tools import fonts, packages

BOLD = packages.FOLDER / fonts.DRAWN[1]
ROOM = Room(indent=72, width=1056, top=142, bottom=412)
typed = st.text(
    alphabet=st.one_of(st.sampled_from("ابپچکگلمنهیآئۀۂ۰۱۵۸ «»،؛؟\u200c\u064b()aZ1 "), st.characters()),
    max_size=120,
)


def ink(text: str, language: str = "fa") -> Image.Image:
    """What stands on the paper, cut to its edges."""
    paper = Image.new("L", (900, 200), 255)
    Setter(BOLD, language).put(ImageDraw.Draw(paper), Line(text, 80, 20, 120), "#000000")
    box = Image.eval(paper, lambda value: 255 - value).getbbox()
    assert box is not None
    return paper.crop((box[0], 0, box[2], 200))


def end_of(picture: Image.Image, width: int) -> bytes:
    """Its right edge."""
    return picture.crop((picture.width - width, 0, picture.width, 200)).tobytes()


def test_this_machine_can_draw() -> None:
    assert can_draw(), "apt-get install libfribidi0"
    assert BOLD.is_relative_to(ROOT)


def test_letters_are_joined() -> None:
    setter = Setter(BOLD, "fa")
    assert setter.width("ببب", 80) < 0.8 * 3 * setter.width("ب", 80)
    assert setter.width("لا", 80) < 0.8 * (setter.width("ل", 80) + setter.width("ا", 80))
    assert setter.width("می\u200cخواهم", 80) > setter.width("میخواهم", 80)


def test_words_run_from_the_right_and_numbers_from_the_left() -> None:
    alef, eight = ink("ا"), ink("۸")
    assert end_of(ink("ادب"), alef.width) == end_of(alef, alef.width)
    assert end_of(ink("۵۸"), eight.width) == end_of(eight, eight.width)
    assert end_of(ink("ادب Kit ۵"), alef.width) == end_of(alef, alef.width)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_lines_stand_on_the_side_their_language_begins(language: str) -> None:
    paper = Image.new("L", (900, 200), 255)
    Setter(BOLD, language).put(
        ImageDraw.Draw(paper), Line("سلام" if language == "fa" else "Hello", 80, 20, 120), "#000000"
    )
    box = Image.eval(paper, lambda value: 255 - value).getbbox()
    assert box is not None and (box[2] > 850 if language == "fa" else box[0] < 50)


@given(typed, st.sampled_from(["fa", "en"]))
@settings(max_examples=150)
def test_any_title_stays_in_its_room(text: str, language: str) -> None:
    setter = Setter(BOLD, language)
    lines = set_in(setter, text, ROOM, TITLE_SIZES)
    assert len(lines) <= 3
    for line in lines:
        assert setter.width(line.text, line.size) <= ROOM.width
        assert ROOM.top + line.size // 2 <= line.baseline <= ROOM.bottom
    kept, whole = "".join(line.text for line in lines), drawable(text)
    assert "…" in kept or kept.replace(" ", "") == "".join(whole.split())


def test_two_lines_are_about_as_long_as_each_other() -> None:
    lines = set_in(Setter(BOLD, "fa"), "چهل خانهٔ تازه، یک جهیزیهٔ ساده", ROOM, TITLE_SIZES)
    assert [line.text for line in lines] == ["چهل خانهٔ تازه،", "یک جهیزیهٔ ساده"]


def test_a_long_name_is_cut_where_its_line_ends() -> None:
    setter = Setter(BOLD, "fa")
    name = cut(setter, "موسسهٔ خیریهٔ " * 12, 600, 38)
    assert name.startswith("موسسهٔ") and name.endswith("…") and setter.width(name, 38) <= 600


def test_a_heart_leaves_no_empty_box() -> None:
    assert drawable("خدا قوت ❤️🙂") == "خدا قوت "
