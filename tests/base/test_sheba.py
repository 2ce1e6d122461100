"""Account numbers as people type them."""

import pytest

from campaigns.base.sheba import parse_sheba, shown

GOOD = "IR062960000000100324200001"


@pytest.mark.parametrize(
    "typed",
    [
        GOOD,
        "ir06 2960 0000 0010 0324 2000 01",
        "۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱",
        "IR06-2960-0000-0010-0324-2000-01",
    ],
)
def test_a_sheba_is_read_however_it_is_typed(typed):
    assert parse_sheba(typed) == GOOD


@pytest.mark.parametrize(
    "typed", ["", "IR", GOOD[:-1], f"{GOOD}1", "IR072960000000100324200001", "IR²62960000000100324200001"]
)
def test_a_wrong_digit_is_found(typed):
    assert parse_sheba(typed) is None


def test_it_is_shown_in_groups_of_four():
    assert shown(GOOD) == "IR06 2960 0000 0010 0324 2000 01"
