"""Amounts as people type them, and as they are shown: never more than there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base import money
from campaigns.base.digits import to_ascii

amounts = st.integers(min_value=0, max_value=money.LARGEST_RIALS)


@pytest.mark.fault("F48")
@pytest.mark.parametrize(
    "typed",
    [
        "50000",
        "۵۰۰۰۰",
        "٥٠٠٠٠",
        "５００００",
        "50,000",
        "۵۰٬۰۰۰",
        "۵۰،۰۰۰",
        "50'000",
        "50_000",
        "50 000",
        "50\u00a0000",
        "۵۰.۰۰۰",
        "۵۰/۰۰۰",
        "۵۰٫۰۰۰",
        "  ۵۰۰۰۰  ",
        "\u200f۵۰۰۰۰\u200e",
        "۵۰ هزار",
        "۵۰هزار",
        "۵۰\u200cهزار",
        "۵۰ هزار تومان",
        "50 k",
        "50 thousand toman",
        "۰٫۰۵ میلیون",
        "۵۰٬۰۰۰ تومان",
        "۵۰٬۰۰۰ تومن",
        "۵۰٬۰۰۰ ت",
        "500,000 Rials",
        "۵۰۰٬۰۰۰ ریال",
        "۵۰۰٬۰۰۰ ريال",
        "500000﷼",
        "۵۰۰ هزار ریال",
    ],
)
def test_sara_may_write_fifty_thousand_toman_as_she_likes(typed: str) -> None:
    assert money.parse_toman(typed) == 500_000


@pytest.mark.parametrize(
    ("typed", "rials"),
    [
        ("0", 0),
        ("۲٫۵ میلیون", 25_000_000),
        ("۲/۵ میلیون", 25_000_000),
        ("2.5 million", 25_000_000),
        ("۲٫۵۰۰ میلیون", 25_000_000),
        ("1,500 میلیون", 15_000_000_000),
        ("۳ میلیارد", 30_000_000_000),
        ("۱۲.۳۴۵.۶۷۸", 123_456_780),
        ("۱۲٫۵", 125),
    ],
)
def test_scales_and_decimals_are_understood(typed: str, rials: int) -> None:
    assert money.parse_toman(typed) == rials


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "empty"),
        (" \u200c\t", "empty"),
        (" " * 500, "empty"),
        ("پنجاه هزار", "not_a_number"),
        ("هزار", "not_a_number"),
        ("۵۰ هزا", "not_a_number"),
        ("50,00", "not_a_number"),
        ("50,", "not_a_number"),
        ("1e5", "not_a_number"),
        ("0x10", "not_a_number"),
        ("5²", "not_a_number"),
        ("5 دلار", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("-", "not_a_number"),
        ("-سلام", "not_a_number"),
        ("5 5", "not_a_number"),
        ("<script>", "not_a_number"),
        ("5\x000000", "not_a_number"),
        ("7" * 10_000, "not_a_number"),
        ("-50000", "negative"),
        ("−۵۰۰۰۰ تومان", "negative"),
        ("0.05", "fraction"),
        ("0.5 ریال", "fraction"),
        ("9" * 40, "too_large"),
        ("۱۰۰٬۰۰۰ میلیارد", "too_large"),
    ],
)
def test_nonsense_is_named(typed: str, problem: str) -> None:
    with pytest.raises(money.AmountError) as wrong:
        money.parse_toman(typed)
    assert wrong.value.problem == problem


@given(
    st.text(alphabet=st.sampled_from("0123456789۰۱۲۳٤٥٦., ٬٫،/'-−هزارمیلیونتومان﷼k\u200c\u200f½²"))
    | st.text()
)
def test_whatever_is_typed_is_an_amount_or_an_amount_error(typed: str) -> None:
    try:
        rials = money.parse_toman(typed)
    except money.AmountError:
        return
    assert 0 <= rials <= money.LARGEST_RIALS


@pytest.mark.fault("F48")
@given(amounts, st.sampled_from(["fa", "en"]))
def test_what_is_shown_can_be_typed_back(rials: int, language: str) -> None:
    assert money.parse_toman(money.toman(rials, language)) == rials
    assert money.parse_toman(money.toman_number(rials, language)) == rials
    assert money.parse_toman(money.rials_said(rials, language)) == rials


@given(amounts, st.sampled_from(["fa", "en"]))
def test_the_short_form_never_claims_more_than_there_is(rials: int, language: str) -> None:
    short = money.parse_toman(money.toman_compact(rials, language))
    assert short <= rials
    assert rials - short < max(1, rials // 10)


@given(st.integers(min_value=-money.LARGEST_RIALS, max_value=money.LARGEST_RIALS))
def test_millions_are_cut_towards_nothing(rials: int) -> None:
    shown = to_ascii(money.millions(rials, "fa")).replace("\u066c", "").replace("\u066b", ".")
    tenths = round(abs(float(shown.replace("\u2212", "-"))) * 10)
    assert tenths == abs(rials) * 10 // money.MILLION_TOMAN


@pytest.mark.parametrize(
    ("rials", "persian", "english"),
    [
        (5_000_000, "۵۰۰ هزار تومان", "500 thousand toman"),
        (5_123_450, "۵۱۲٬۳۴۵ تومان", "512,345 toman"),
        (125_000_000, "۱۲٫۵ میلیون تومان", "12.5 million toman"),
        (9_999_999, "۹۹۹٬۹۹۹٫۹ تومان", "999,999.9 toman"),
        (19_999_999, "۱٫۹ میلیون تومان", "1.9 million toman"),
        (34_800_000_000, "۳٬۴۸۰ میلیون تومان", "3,480 million toman"),
        (34_811_000_000, "۳٬۴۸۱ میلیون تومان", "3,481 million toman"),
        (9_999_000_000, "۹۹۹٫۹ میلیون تومان", "999.9 million toman"),
        (1_234_560_000_000, "۱۲۳٫۴ میلیارد تومان", "123.4 billion toman"),
        (0, "۰ تومان", "0 toman"),
        (-5_000_005, "−۵۰۰٬۰۰۰٫۵ تومان", "−500,000.5 toman"),
    ],
)
def test_amounts_are_short_where_they_stay_true(rials: int, persian: str, english: str) -> None:
    assert money.toman_compact(rials, "fa") == persian
    assert money.toman_compact(rials, "en") == english


def test_half_a_toman_is_never_hidden() -> None:
    assert money.toman(1_500_005, "fa") == "۱۵۰٬۰۰۰٫۵ تومان"
    assert money.toman_number(-5, "fa") == "−۰٫۵"
    assert money.rials_said(1_500_005, "en") == "1,500,005 rials"


def test_the_check_page_says_the_amount_in_words() -> None:
    assert money.toman_words(5_000_000, "fa") == "پانصد هزار تومان"
    assert money.toman_words(5_000_000, "en") == "500,000 toman"
    assert money.toman_words(5_000_005, "fa") == "۵۰۰٬۰۰۰٫۵ تومان"
    assert money.toman_words(-50, "fa") == "−۵ تومان"


@given(amounts)
def test_every_amount_that_can_be_kept_can_be_said(rials: int) -> None:
    assert money.toman_words(rials, "fa").endswith(" تومان")
