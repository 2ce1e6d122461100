"""Numbers of bank cards as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.cards import parse_card, parse_last, shown

GOOD = "6037991122334455"


@pytest.mark.parametrize(
    "typed", [GOOD, "6037 9911 2233 4455", "6037-9911-2233-4455", "۶۰۳۷۹۹۱۱۲۲۳۳۴۴۵۵", " ٦٠٣٧ 9911 2233 4455 "]
)
def test_a_card_is_read_however_it_is_typed(typed):
    assert parse_card(typed) == GOOD


@pytest.mark.parametrize(
    "typed", ["", "6037", "6037991122334456", "0037991122334455", "6037x91122334455", "²" * 16]
)
def test_what_is_no_card_is_not_taken(typed):
    assert parse_card(typed) is None


@given(place=st.integers(0, 15), digit=st.sampled_from("0123456789"))
def test_no_single_wrong_digit_passes(place, digit):
    typed = GOOD[:place] + digit + GOOD[place + 1 :]
    assert (parse_card(typed) is not None) == (typed == GOOD)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("4455", "4455"), ("۴۴۵۵", "4455"), (GOOD, "4455"), ("445", None), ("44a5", None), ("", None)],
)
def test_only_the_last_four_digits_are_kept(typed, kept):
    assert parse_last(typed) == kept


def test_a_card_is_shown_in_groups():
    assert shown(GOOD) == "6037 9911 2233 4455"
