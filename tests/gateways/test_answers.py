"""Numbers that are numbers, and answers that both databases can keep."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.gateways.answers import storable, whole

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper),
)


@given(st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1))
def test_whole_numbers_come_as_numbers_or_digits(number: int) -> None:
    assert whole(number) == whole(str(number)) == number


@pytest.mark.parametrize(
    "value",
    [True, False, 1.0, "1.0", "1e3", "", "-", "+5", " 5", "5\n", "۵", "٥", "0x5", None, [], {}, 10**18],
)
def test_nothing_else_is_a_number(value: Any) -> None:
    assert whole(value) is None


@given(anything)
def test_everything_can_be_kept(value: Any) -> None:
    text = json.dumps(storable(value), allow_nan=False, ensure_ascii=False)
    assert "\x00" not in text
    text.encode("utf-8")


def test_depth_and_length_are_cut() -> None:
    deep: Any = "end"
    for _ in range(900):
        deep = [deep]
    assert "end" not in json.dumps(storable(deep))
    assert len(storable(["x" * 9_000] * 900)) == 100
    assert len(storable("x" * 9_000)) == 500


def test_secrets_are_hidden_by_their_names() -> None:
    said = {"merchant_id": "m", "metadata": {"mobile": "+989123456789", "card_hash": "ab"}, "code": 100}
    hidden = {
        "merchant_id": "[hidden]",
        "metadata": {"mobile": "[hidden]", "card_hash": "[hidden]"},
        "code": 100,
    }
    assert storable(said) == hidden
