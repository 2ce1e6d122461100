"""What is kept of what people typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.text import clean, hidden_characters, hidden_marks

awkward = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "آیيكکىهٔ ًٌـ\u200c\u200d\u200b\u200f\u202e\u2067\ufeff\u00ad\u00a0\u2028\n\r\t\x0b\x85\x00۱1«a"
        ),
        st.characters(categories=["Mn", "Cf", "Zs", "Cs", "Cc"]),
    )
)


def test_letters_of_an_arabic_keyboard_become_persian_ones() -> None:
    assert clean("كمك به مردمي كه") == "کمک به مردمی که"


def test_arabic_and_kurdish_keep_their_own_letters() -> None:
    assert clean("كتاب جديد", "ar") == "كتاب جديد"
    assert clean("کوردی ەێ", "ckb") == "کوردی ەێ"


def test_half_spaces_stay_between_letters_only() -> None:
    assert clean("می‌خواهم") == "می‌خواهم"
    assert clean("می‌‌‌خواهم") == "می‌خواهم"
    assert clean("\u200cسلام\u200c «\u200cخوب\u200c»") == "سلام «خوب»"
    assert clean("خانهٔ\u200cما") == "خانهٔ\u200cما"


def test_nothing_can_turn_the_direction_of_a_page() -> None:
    for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c":
        assert clean(f"الف{mark}ب") == "الفب"


def test_invisible_letters_and_control_characters_go() -> None:
    for mark in "\x00\x07\x1b\x7f\u200b\u2060\ufeff\u00ad\u3164\U000e0041\ud800":
        assert clean(f"الف{mark}ب") == "الفب"


def test_tatweel_goes_and_spaces_collapse() -> None:
    assert clean("  سلـــام \u00a0\u2003 دنیا\t") == "سلام دنیا"


def test_a_title_is_one_line_and_a_story_has_paragraphs() -> None:
    typed = "یک \r\n دو\u2028\r\n\r\n\r\n سه\x0bچهار\n"
    assert clean(typed) == "یک دو سه چهار"
    assert clean(typed, lines=True) == "یک\nدو\n\nسه\nچهار"


def test_emoji_and_other_scripts_survive() -> None:
    assert clean("❤️ Café 東京") == "❤️ Café 東京"


@given(awkward, st.sampled_from(["fa", "en", "ar"]), st.booleans())
def test_cleaning_twice_changes_nothing(text: str, language: str, lines: bool) -> None:
    once = clean(text, language, lines=lines)
    assert clean(once, language, lines=lines) == once


@given(awkward, st.sampled_from(["fa", "en", "ar"]), st.booleans())
def test_text_with_nothing_to_clean_is_kept_as_all_text_is(text: str, language: str, lines: bool) -> None:
    looked_through = clean(text + "\u200b", language, lines=lines)  # what nobody sees leaves no shortcut
    assert clean(text, language, lines=lines) == looked_through


@given(awkward, st.booleans())
def test_clean_text_can_be_kept_and_hides_nothing(text: str, lines: bool) -> None:
    kept = clean(text, lines=lines)
    kept.encode()
    assert hidden_characters(kept) == []
    assert lines or len(kept.splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("سلام می‌خواهم", []),
        ("a\u202eb\x00c\u202e", ["RIGHT-TO-LEFT OVERRIDE", "U+0000"]),
        ("\x1b\u200b", ["U+001B", "ZERO WIDTH SPACE"]),
    ],
)
def test_reza_sees_the_names_of_hidden_characters(text: str, names: list[str]) -> None:
    assert hidden_characters(text) == names


def test_it_is_told_how_often_each_was_there() -> None:
    assert hidden_marks("a\u202eb\u200bc\u202e") == {"RIGHT-TO-LEFT OVERRIDE": 2, "ZERO WIDTH SPACE": 1}
    assert hidden_marks("می\u200cخواهم ســلام\r\n\tدوم") == {}


@given(awkward)
def test_nothing_unseen_goes_untold(text: str) -> None:
    told = hidden_marks(text)
    assert bool(told) == any(clean(f"ب{mark}ب") == "بب" for mark in text if mark not in "\u200c\u200d\u0640")
    assert all(times > 0 for times in told.values())


def test_the_longest_text_is_told_in_few_names() -> None:
    everything = "".join(chr(number) for number in range(0x110000))
    assert len(hidden_marks(everything)) < 150
    assert sum(hidden_marks(everything).values()) > 4000
