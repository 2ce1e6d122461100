"""Numbers of bank cards as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.cards import parse_card, parse_last, shown

GOOD = "1010202030304040"


@pytest.mark.parametrize(
    "typed", [GOOD, "1010 2020 3030 4040", "1010-2020-3030-4040", "۱۰۱۰۲۰۲۰۳۰۳۰۴۰۴۰", " ١٠١٠ 2020 3030 4040 "]
)
def test_a_card_is_read_however_it_is_typed(typed):
    assert parse_card(typed) == GOOD


@pytest.mark.parametrize(
    "typed", ["", "6037", "1010202030304041", "0010202030304040", "1010x02030304040", "²" * 16]
)
def test_what_is_no_card_is_not_taken(typed):
    assert parse_card(typed) is None


@given(place=st.integers(0, 15), digit=st.sampled_from("0123456789"))
def test_no_single_wrong_digit_passes(place, digit):
    typed = GOOD[:place] + digit + GOOD[place + 1 :]
    assert (parse_card(typed) is not None) == (typed == GOOD)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("4040", "4040"), ("۴۰۴۰", "4040"), (GOOD, "4040"), ("445", None), ("44a5", None), ("", None)],
)
def test_only_the_last_four_digits_are_kept(typed, kept):
    assert parse_last(typed) == kept


def test_a_card_is_shown_in_groups():
    assert shown(GOOD) == "1010 2020 3030 4040"
