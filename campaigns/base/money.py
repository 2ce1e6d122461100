"""Rials are what is kept, tomans what people read and type: ten rials make a toman, only here and in filters.

Amounts are typed in any digits with any separators, with «هزار»/«میلیون» and a unit word; a number without a unit is tomans.
"""

import re
from enum import StrEnum
from fractions import Fraction

from campaigns.base.digits import DECIMAL, grouped, in_script, in_words, to_ascii

RIALS_PER_TOMAN = 10
LARGEST_RIALS = 10**15 - 1
MILLION_TOMAN = 10_000_000  # in rials
_SCALES = {
    "هزار": 10**3, "میلیون": 10**6, "ملیون": 10**6, "میلیارد": 10**9, "ملیارد": 10**9,
    "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9,
}  # fmt: skip
_UNITS = {
    "تومان": 10,
    "تومن": 10,
    "ت": 10,
    "toman": 10,
    "tomans": 10,
    "ریال": 1,
    "﷼": 1,
    "rial": 1,
    "rials": 1,
}
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GROUP_MARKS = re.compile("(?<=[0-9])[,٬،'_](?=[0-9]{3}(?![0-9]))")
_GROUP_SPACES = re.compile(r"(?<=[0-9])\s+(?=[0-9]{3}(?![0-9]))")
_DOT_GROUPS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_SHAPE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([^\W\d_]*)\s*([^\W\d_]*|﷼)")


class AmountProblem(StrEnum):
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    FRACTION = "fraction"  # smaller than one rial
    TOO_LARGE = "too_large"


class AmountError(ValueError):
    """What somebody typed is not an amount; `problem` says how."""

    def __init__(self, problem: AmountProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def parse_toman(text: str) -> int:
    """The rials a person means: «۵۰۰۰۰», "50,000", «۵۰ هزار», «۲٫۵ میلیون تومان», «۵۰۰٬۰۰۰ ریال». Raises `AmountError`."""
    typed = _INVISIBLE.sub("", to_ascii(text[:200])).casefold().replace("ي", "ی").replace("ك", "ک").strip()
    if not typed:
        raise AmountError(AmountProblem.EMPTY)
    if typed[0] in "-−–":
        raise AmountError(AmountProblem.NEGATIVE)
    typed = _GROUP_SPACES.sub("", _GROUP_MARKS.sub("", typed)).replace(DECIMAL, ".")
    if _DOT_GROUPS.fullmatch(typed):
        typed = typed.replace(".", "")
    shape = _SHAPE.fullmatch(typed)
    if shape is None:
        raise AmountError(AmountProblem.NOT_A_NUMBER)
    return _value(shape[1], [word for word in shape.groups()[1:] if word])


def _value(number: str, words: list[str]) -> int:
    scale, unit = 1, RIALS_PER_TOMAN
    if words and words[0] in _SCALES:
        scale = _SCALES[words.pop(0)]
    if words:
        if words[0] not in _UNITS or len(words) > 1:
            raise AmountError(AmountProblem.NOT_A_NUMBER)
        unit = _UNITS[words[0]]
    rials = Fraction(number) * scale * unit
    if rials > LARGEST_RIALS:
        raise AmountError(AmountProblem.TOO_LARGE)
    if rials.denominator != 1:
        raise AmountError(AmountProblem.FRACTION)
    return int(rials)


def toman_number(rials: int, language: str) -> str:
    """The tomans alone: «۵۰۰٬۰۰۰»; a half toman is never hidden."""
    whole, rest = divmod(abs(rials), RIALS_PER_TOMAN)
    text = grouped(whole if rials >= 0 else -whole, language)
    if not rest:
        return text
    return text + in_script(f"{DECIMAL if language == 'fa' else '.'}{rest}", language)


def toman(rials: int, language: str) -> str:
    """«۵۰۰٬۰۰۰ تومان», "500,000 toman"."""
    return f"{toman_number(rials, language)} {'تومان' if language == 'fa' else 'toman'}"


def rials_said(rials: int, language: str) -> str:
    """«۵٬۰۰۰٬۰۰۰ ریال», "5,000,000 rials"."""
    return f"{grouped(rials, language)} {'ریال' if language == 'fa' else 'rials'}"


def toman_compact(rials: int, language: str) -> str:
    """Short where it stays true: «۵۰۰ هزار تومان», «۱۲٫۵ میلیون تومان», «۳٬۴۸۰ میلیون تومان».

    One decimal at most, always rounded down: a page never claims more than there is.
    """
    tomans = rials // RIALS_PER_TOMAN
    million, thousand = ("میلیون", "هزار") if language == "fa" else ("million", "thousand")
    unit = "تومان" if language == "fa" else "toman"
    if tomans >= 1_000_000:
        return f"{_tenths(tomans, 1_000_000, language)} {million} {unit}"
    if tomans >= 1_000 and tomans % 1_000 == 0:
        return f"{grouped(tomans // 1_000, language)} {thousand} {unit}"
    return toman(rials, language)


def millions(rials: int, language: str) -> str:
    """Millions of tomans as a bare number, one decimal at most, rounded down: «۳٬۴۸۰», «۱۲٫۵»."""
    return _tenths(rials // RIALS_PER_TOMAN, 1_000_000, language)


def toman_words(rials: int, language: str) -> str:
    """The amount in words, for the check page: «پانصد هزار تومان». English has the digits again."""
    if language != "fa" or rials % RIALS_PER_TOMAN:
        return toman(rials, language)
    return f"{in_words(rials // RIALS_PER_TOMAN)} تومان"


def _tenths(tomans: int, unit: int, language: str) -> str:
    whole, tenth = divmod(tomans * 10 // unit, 10)
    text = grouped(whole, language)
    if tenth:
        text += in_script(f"{DECIMAL if language == 'fa' else '.'}{tenth}", language)
    return text
