"""Names in the order of the Persian alphabet."""

import random

from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.sorting import persian_key

ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


def test_the_alphabet_is_in_order() -> None:
    shuffled = random.Random(1).sample(ALPHABET, len(ALPHABET))
    assert "".join(sorted(shuffled, key=persian_key)) == ALPHABET


def test_provinces_stand_where_a_reader_looks_for_them() -> None:
    names = ["همدان", "یزد", "گیلان", "کرمان", "چهارمحال", "ایلام", "آذربایجان", "قم", "پارس", "Zanjan"]
    assert sorted(names, key=persian_key) == [
        "Zanjan", "آذربایجان", "ایلام", "پارس", "چهارمحال", "قم", "کرمان", "گیلان", "همدان", "یزد",
    ]  # fmt: skip


def test_keyboards_vowel_marks_and_half_spaces_do_not_part_names() -> None:
    assert persian_key("كرماني") == persian_key("کرمانی")
    assert persian_key("مُحمد") == persian_key("محمد")
    assert persian_key("خراسان\u200cرضوی") == persian_key("خراسان رضوی")


@given(st.lists(st.text(alphabet=ALPHABET + " ", min_size=1)))
def test_names_are_ordered_letter_by_letter(names: list[str]) -> None:
    order = " " + ALPHABET
    assert sorted(names, key=persian_key) == sorted(
        names, key=lambda name: [order.index(mark) for mark in name]
    )
