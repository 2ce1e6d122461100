"""Digits of three scripts, and numbers said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base import digits


def test_digits_of_every_keyboard_are_the_same_number() -> None:
    assert digits.to_ascii("۱۲۳ ١٢٣ 123") == "123 123 123"


def test_only_digits_change_script() -> None:
    assert digits.to_persian("کد AB-12") == "کد AB-۱۲"
    assert digits.in_script("٤٠ از 40", "fa") == "٤٠ از ۴۰"
    assert digits.in_script("۴۰ of 40", "en") == "40 of 40"


@given(st.text())
def test_writing_in_persian_and_back_loses_nothing(text: str) -> None:
    assert digits.to_ascii(digits.to_persian(text)) == digits.to_ascii(text)


@pytest.mark.parametrize(
    ("number", "persian", "english"),
    [(0, "۰", "0"), (999, "۹۹۹", "999"), (1286, "۱٬۲۸۶", "1,286"), (-1500, "−۱٬۵۰۰", "−1,500")],
)
def test_numbers_are_grouped_by_thousands(number: int, persian: str, english: str) -> None:
    assert digits.grouped(number, "fa") == persian
    assert digits.grouped(number, "en") == english


@given(st.integers())
def test_a_grouped_number_is_still_that_number(number: int) -> None:
    shown = digits.to_ascii(digits.grouped(number, "fa")).replace(digits.THOUSANDS, "")
    assert int(shown.replace("\u2212", "-")) == number


@pytest.mark.parametrize(
    ("number", "persian", "english"),
    [
        (1, "نخست", "1st"),
        (2, "دوم", "2nd"),
        (3, "سوم", "3rd"),
        (11, "یازدهم", "11th"),
        (13, "سیزدهم", "13th"),
        (20, "بیستم", "20th"),
        (23, "بیست‌وسوم", "23rd"),
        (24, "بیست‌وچهارم", "24th"),
        (30, "سی‌ام", "30th"),
        (31, "سی‌ویکم", "31st"),
        (100, "صدم", "100th"),
        (117, "صد‌وهفدهم", "117th"),
        (200, "دویستم", "200th"),
        (463, "چهارصد‌وشصت‌وسوم", "463rd"),
        (930, "نهصد‌وسی‌ام", "930th"),
        (1286, "۱٬۲۸۶‌اُم", "1,286th"),
        (0, "۰‌اُم", "0th"),
    ],
)
def test_places_in_an_order_have_words(number: int, persian: str, english: str) -> None:
    assert digits.ordinal(number, "fa") == persian
    assert digits.ordinal(number, "en") == english


@given(st.integers())
def test_every_whole_number_has_a_place(number: int) -> None:
    assert digits.ordinal(number, "fa").endswith(("م", "نخست"))
    assert digits.ordinal(number, "en").endswith(("st", "nd", "rd", "th"))


def test_numbers_are_said_in_words_up_to_a_thousand_trillion() -> None:
    assert digits.in_words(0) == "صفر"
    assert digits.in_words(6_750_000) == "شش میلیون و هفتصد و پنجاه هزار"
    for unsayable in (-1, 10**15):
        with pytest.raises(ValueError, match="too large"):
            digits.in_words(unsayable)
