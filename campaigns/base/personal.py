"""Numbers in a text that lead to one person: mobile numbers, national codes, cards, accounts."""

import re
from enum import StrEnum

from campaigns.base.cards import parse_card
from campaigns.base.digits import to_ascii

_JOINTS = re.compile(r"(?<=\d)[\s\u200c\u200e\u200f.\-_/()]{1,2}(?=\d)")
"""What people write between the digits of one number."""
_MOBILE = re.compile(r"(?<!\d)(?:\+?98|0098|0)?9\d{9}(?!\d)")
_TEN = re.compile(r"(?<!\d)\d{10}(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{16}(?!\d)")
_SHEBA = re.compile(r"IR\d{24}", re.IGNORECASE)


class Personal(StrEnum):
    MOBILE = "mobile"
    NATIONAL_CODE = "national_code"
    ACCOUNT = "account"


def personal_number(text: str) -> Personal | None:
    """The first kind of such a number that the text holds, in any digits and however it is spaced."""
    whole = _JOINTS.sub("", to_ascii(text))
    if _SHEBA.search(whole) or any(parse_card(found) for found in _CARD.findall(whole)):
        return Personal.ACCOUNT
    if _MOBILE.search(whole):
        return Personal.MOBILE
    if any(_is_national_code(found) for found in _TEN.findall(whole)):
        return Personal.NATIONAL_CODE
    return None


def _is_national_code(digits: str) -> bool:
    """The check digit fits: the sum of the first nine, weighted ten down to two, modulo eleven."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)
