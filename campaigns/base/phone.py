"""Iranian mobile numbers: kept as +989…, shown as people write them."""

import re

from campaigns.base.digits import in_script, to_ascii

_NOISE = re.compile("[\\s()\\-./\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")
_MOBILE = re.compile(r"(?:\+98|0098|98)?0?(9[0-9]{9})")
_LONGEST_TYPED = 40


def parse_mobile(text: str) -> str | None:
    """`+989…` from any way of writing it, in any digits. None when it is not an Iranian mobile number."""
    if len(text) > _LONGEST_TYPED:
        return None
    found = _MOBILE.fullmatch(_NOISE.sub("", to_ascii(text)))
    return f"+98{found[1]}" if found else None


def shown(number: str, language: str) -> str:
    """A kept mobile as «۰۹۱۲ ۳۴۵ ۶۷۸۹»; other numbers as they are, in the reader's digits."""
    national = re.fullmatch(r"\+98(9[0-9]{2})([0-9]{3})([0-9]{4})", number)
    return in_script(f"0{national[1]} {national[2]} {national[3]}" if national else number, language)


def dialled(number: str) -> str:
    """The number for a `tel:` link: `+98…` without spaces."""
    digits = _NOISE.sub("", to_ascii(number))
    return f"+98{digits[1:]}" if digits.startswith("0") and not digits.startswith("00") else digits


def masked(number: str) -> str:
    """«0912•••6789»: enough to recognise one's own."""
    return f"0{number[3:6]}•••{number[-4:]}" if number.startswith("+989") else "•••"
