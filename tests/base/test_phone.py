"""Mobile numbers as Sara writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base import phone
from campaigns.base.digits import to_persian

mobiles = st.integers(0, 999_999_999).map(lambda rest: f"+989{rest:09}")


@pytest.mark.parametrize(
    "typed",
    [
        "09123456789",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢٣٤٥٦٧٨٩",
        "9123456789",
        "+98 912 345 6789",
        "+98 (0) 912 345 6789",
        "0098-912-345-6789",
        "98912 3456789",
        "0912.345.6789",
        "\u200e۰۹۱۲ ۳۴۵ ۶۷۸۹\u200f",
        "\u206609123456789\u2069",
    ],
)
def test_any_way_of_writing_a_number_is_understood(typed: str) -> None:
    assert phone.parse_mobile(typed) == "+989123456789"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0912345678",
        "091234567890",
        "02188123456",
        "+93912345678",
        "sara",
        "09123456789" + " " * 50 + "x",
        "۰۹۱۲۳۴۵۶۷۸²",
    ],
)
def test_other_numbers_are_not_mobiles(typed: str) -> None:
    assert phone.parse_mobile(typed) is None


@given(st.text())
def test_whatever_is_typed_is_a_mobile_or_none(text: str) -> None:
    found = phone.parse_mobile(text)
    assert found is None or (found.startswith("+989") and len(found) == 13 and found.isascii())


@given(mobiles)
def test_a_number_that_is_shown_can_be_typed_back(number: str) -> None:
    for language in ("fa", "en"):
        assert phone.parse_mobile(phone.shown(number, language)) == number
    assert phone.dialled(phone.shown(number, "fa")) == number
    assert phone.parse_mobile(to_persian(number)) == number


def test_numbers_are_shown_in_groups() -> None:
    assert phone.shown("+989123456789", "fa") == "۰۹۱۲ ۳۴۵ ۶۷۸۹"
    assert phone.shown("021-88123456", "fa") == "۰۲۱-۸۸۱۲۳۴۵۶"
    assert phone.dialled("۰۲۱-۸۸۱۲۳۴۵۶") == "+982188123456"
    assert phone.dialled("0049 30 123") == "004930123"


@given(mobiles)
def test_a_masked_number_keeps_its_middle_to_itself(number: str) -> None:
    assert phone.masked(number) == f"0{number[3:6]}•••{number[-4:]}"


def test_the_mask_of_something_else_says_nothing() -> None:
    assert phone.masked("sara@example.org") == "•••"
