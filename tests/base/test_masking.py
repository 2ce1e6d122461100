"""Nothing of a person in the log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.digits import to_ascii, to_persian
from campaigns.base.masking import mask

EDGES = st.sampled_from(["", " ", "«", "=", "/", ":", "کد", "x ", "\n", "?to="])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call 09123456789 now", "call [phone] now"),
        ("۰۹۱۲۳۴۵۶۷۸۹", "[phone]"),
        ("٠٩١٢ ٣٤٥ ٦٧٨٩", "[phone]"),
        ("+98 912 345 6789", "[phone]"),
        ("0098-912-345-6789", "[phone]"),
        ("989123456789", "[phone]"),
        ("+49 30 1234 5678", "[phone]"),
        ("6037991234567890", "[card]"),
        ("6037-9912-3456-7890", "[card]"),
        ("۶۰۳۷ ۹۹۱۲ ۳۴۵۶ ۷۸۹۰", "[card]"),
        ("603799******7890", "[card]"),
        ("IR120170000000123456789012", "[iban]"),
        ("ir12 0170 0000 0012 3456 7890 12", "[iban]"),
        ("to sara.m+x@nikookari.example.", "to [email]"),
        ("/r/0123456789A?x=1", "/r/[code]?x=1"),
        ("/en/pay/abc_DEF", "/en/pay/[attempt]"),
        ("/pay/cb/zarinpal", "/pay/cb/zarinpal"),
        ("/reset/hush", "/reset/[token]"),
        ("?Authority=S1&Status=OK", "?Authority=[hidden]&Status=OK"),
        ("token=a.b&password=x y", "token=[hidden]&password=[hidden] y"),
        ("A" + "0" * 35, "[authority]"),
    ],
)
def test_what_is_private_has_only_its_name_in_the_log(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text", ["/c/kerman-jahiz", "500000 rials", "2026-11-23T06:00:00Z", "1764000000", "سلام"]
)
def test_what_is_not_private_stays_readable(text: str) -> None:
    assert mask(text) == text


@given(
    EDGES,
    st.integers(0, 999_999_999),
    EDGES,
    st.sampled_from(["0", "+98", "0098", "98", "", "+98 "]),
    st.booleans(),
)
def test_no_mobile_number_gets_through(
    before: str, rest: int, after: str, prefix: str, persian: bool
) -> None:
    digits = f"9{rest:09}"
    written = to_persian(prefix + digits) if persian else prefix + digits
    assert digits not in to_ascii(mask(before + written + after))


@given(EDGES, st.integers(10**15, 10**16 - 1), EDGES, st.sampled_from(["", " ", "-"]))
def test_no_card_number_gets_through(before: str, card: int, after: str, gap: str) -> None:
    digits = str(card)
    written = gap.join(digits[start : start + 4] for start in range(0, 16, 4))
    masked = mask(before + written + after)
    assert digits[6:12] not in masked.replace(gap, "") if gap else digits[6:12] not in masked


@given(st.text())
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)
