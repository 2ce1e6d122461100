"""What Reza sees of an edit: which words went, which came."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.worddiff import Piece, word_diff

words = st.sampled_from(
    ["جهیزیه", "برای", "می‌خواهم", "و", "۱۲٬۵۰۰", "۱۲", "https://a.example/b", "،", "\n", "مَدرسه", "a_1"]
)
texts = st.lists(words, max_size=120).map(" ".join) | st.text(max_size=200)


def shown(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.change, piece.text) for piece in word_diff(old, new)]


def side(pieces: list[Piece], change: str) -> str:
    return "".join(piece.text for piece in pieces if piece.change in ("same", change))


@given(texts, texts)
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert side(pieces, "gone") == old
    assert side(pieces, "new") == new
    assert all(piece.text for piece in pieces)


@given(texts)
def test_an_unchanged_text_is_one_piece(text: str) -> None:
    assert shown(text, text) == ([("same", text)] if text else [])


def test_a_changed_word_stands_beside_the_old_one() -> None:
    assert shown("چهل جهیزیه برای کرمان", "چهل جهیزیه برای یزد") == [
        ("same", "چهل جهیزیه برای "),
        ("gone", "کرمان"),
        ("new", "یزد"),
    ]


def test_numbers_and_links_are_whole() -> None:
    assert shown("مبلغ ۱۲٬۵۰۰ تومان", "مبلغ ۱۲٬۸۰۰ تومان")[1:3] == [("gone", "۱۲٬۵۰۰"), ("new", "۱۲٬۸۰۰")]
    assert shown("https://a.example/x", "https://a.example/y") == [
        ("gone", "https://a.example/x"),
        ("new", "https://a.example/y"),
    ]


def test_half_spaces_part_words() -> None:
    assert shown("کتاب\u200cها", "دفتر\u200cها") == [("gone", "کتاب"), ("new", "دفتر"), ("same", "\u200cها")]


def test_vowel_marks_belong_to_their_word() -> None:
    assert shown("مَدرسه", "مِدرسه") == [("gone", "مَدرسه"), ("new", "مِدرسه")]


def test_replaced_neighbours_read_as_one_replacement() -> None:
    assert shown("سلام یک دو پایان", "سلام سه چهار پایان") == [
        ("same", "سلام "),
        ("gone", "یک دو"),
        ("new", "سه چهار"),
        ("same", " پایان"),
    ]


def test_inserted_neighbours_do_not_pretend_a_space_went() -> None:
    assert all(change != "gone" for change, _ in shown("سلام پایان", "سلام خوب و مهربان پایان"))


@pytest.mark.parametrize("vocabulary", [40, 700, 100_000])
def test_a_small_edit_of_a_long_story_stays_small(vocabulary: int) -> None:
    dice = random.Random(7)
    story = [f"w{dice.randrange(vocabulary)}" for _ in range(3000)]
    edited = [*story[:100], "سلام", *story[100:1500], *story[1510:]]
    changed = [piece for piece in word_diff(" ".join(story), " ".join(edited)) if piece.change != "same"]
    assert sum(len(piece.text.split()) for piece in changed) == 11


def test_long_unlike_texts_are_compared_in_bounded_work() -> None:
    old = " ".join(str(number * 7919 % 300) for number in range(5000))
    new = " ".join(str(number * 6101 % 300) for number in range(5000))
    pieces = word_diff(old, new)
    assert side(pieces, "gone") == old
    assert side(pieces, "new") == new
