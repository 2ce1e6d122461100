"""Rials are what is kept, tomans what people read and type: ten rials make a toman, only here and in filters.

Amounts are typed in any digits with any separators, with «هزار»/«میلیون» and a unit word. A number without a
unit is tomans.
"""

import re
from enum import StrEnum
from fractions import Fraction

from campaigns.base.digits import DECIMAL, grouped, in_script, in_words, to_ascii

RIALS_PER_TOMAN = 10
LARGEST_RIALS = 10**15 - 1
THOUSAND_TOMAN = 10**4  # these three count rials
MILLION_TOMAN = 10**7
BILLION_TOMAN = 10**10
LONGEST_TYPED = 60
_SCALES = {
    "هزار": 10**3, "میلیون": 10**6, "ملیون": 10**6, "میلیارد": 10**9, "ملیارد": 10**9,
    "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9,
}  # fmt: skip
_UNITS = {
    "تومان": 10, "تومن": 10, "ت": 10, "toman": 10, "tomans": 10, "ریال": 1, "rial": 1, "rials": 1,
}  # fmt: skip
_ALIKE = str.maketrans("يىك−–０１２３４５６７８９，．/٫", "ییک--0123456789,...")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")
_GROUP_MARKS = re.compile("(?<=[0-9])[,٬،'_](?=[0-9]{3}(?![0-9]))")
_GROUP_SPACES = re.compile(r"(?<=[0-9])\s+(?=[0-9]{3}(?![0-9]))")
_DOT_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_SHAPE = re.compile(r"([0-9]+(?:\.[0-9]+)*)\s*([^\W\d_]*)\s*([^\W\d_]*)")


class AmountProblem(StrEnum):
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    FRACTION = "fraction"  # not a whole number of rials
    TOO_LARGE = "too_large"


class AmountError(ValueError):
    """What somebody typed is not an amount; `problem` says how."""

    def __init__(self, problem: AmountProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def parse_toman(text: str) -> int:
    """The rials a person means: «۵۰۰۰۰», "50,000", «۵۰ هزار», «۲٫۵ میلیون تومان», «۵۰۰٬۰۰۰ ریال».

    A point or slash parts thousands where three digits follow and no «هزار» or «میلیون» («۵۰/۰۰۰»):
    nobody means thousandths of a toman. Elsewhere it parts decimals («۲/۵ میلیون»). Raises `AmountError`.
    """
    typed = _plain(text)
    if not typed:
        raise AmountError(AmountProblem.EMPTY)
    sign, typed = ("-", typed[1:].lstrip()) if typed[0] == "-" else ("", typed)
    shape = _SHAPE.fullmatch(_GROUP_SPACES.sub("", _GROUP_MARKS.sub("", typed)))
    if shape is None:
        raise AmountError(AmountProblem.NOT_A_NUMBER)
    scale, unit = _scale_and_unit([word for word in shape.groups()[1:] if word])
    if sign:
        raise AmountError(AmountProblem.NEGATIVE)
    return _rials(shape[1], scale, unit)


def _plain(text: str) -> str:
    if len(text) > LONGEST_TYPED:
        raise AmountError(AmountProblem.NOT_A_NUMBER if text.strip() else AmountProblem.EMPTY)
    return to_ascii(_INVISIBLE.sub("", text)).casefold().translate(_ALIKE).replace("﷼", "ریال").strip()


def _scale_and_unit(words: list[str]) -> tuple[int, int]:
    scale = _SCALES[words.pop(0)] if words and words[0] in _SCALES else 1
    unit = words.pop(0) if words else "toman"
    if words or unit not in _UNITS:
        raise AmountError(AmountProblem.NOT_A_NUMBER)
    return scale, _UNITS[unit]


def _rials(number: str, scale: int, unit: int) -> int:
    if scale == 1 and _DOT_GROUPS.fullmatch(number):
        number = number.replace(".", "")
    if number.count(".") > 1:
        raise AmountError(AmountProblem.NOT_A_NUMBER)
    rials = Fraction(number) * scale * unit
    if rials > LARGEST_RIALS:
        raise AmountError(AmountProblem.TOO_LARGE)
    if rials.denominator != 1:
        raise AmountError(AmountProblem.FRACTION)
    return int(rials)


def toman_number(rials: int, language: str) -> str:
    """The tomans alone: «۵۰۰٬۰۰۰»; a half toman is never hidden."""
    whole, tenth = divmod(abs(rials), RIALS_PER_TOMAN)
    return ("\u2212" if rials < 0 else "") + _with_tenth(whole, tenth, language)


def toman(rials: int, language: str) -> str:
    """«۵۰۰٬۰۰۰ تومان», "500,000 toman"."""
    return f"{toman_number(rials, language)} {'تومان' if language == 'fa' else 'toman'}"


def rials_said(rials: int, language: str) -> str:
    """«۵٬۰۰۰٬۰۰۰ ریال», "5,000,000 rials"."""
    return f"{grouped(rials, language)} {'ریال' if language == 'fa' else 'rials'}"


def toman_compact(rials: int, language: str) -> str:
    """Short: «۵۰۰ هزار تومان», «۱۲٫۵ میلیون تومان», «۳٬۴۸۰ میلیون تومان»; «۱۲۳٫۴ میلیارد تومان».

    Rounded down, for a page never claims more than there is: to a tenth of a million, from a thousand millions on
    to a whole one, from a hundred thousand on to a tenth of a billion. Below a million exact.
    """
    fa = language == "fa"
    unit = "تومان" if fa else "toman"
    if rials >= 100 * BILLION_TOMAN:
        return f"{_tenths(rials, BILLION_TOMAN, language)} {'میلیارد' if fa else 'billion'} {unit}"
    if rials >= BILLION_TOMAN:
        rials -= rials % MILLION_TOMAN
    if rials >= MILLION_TOMAN:
        return f"{_tenths(rials, MILLION_TOMAN, language)} {'میلیون' if fa else 'million'} {unit}"
    if rials >= THOUSAND_TOMAN and rials % THOUSAND_TOMAN == 0:
        return f"{grouped(rials // THOUSAND_TOMAN, language)} {'هزار' if fa else 'thousand'} {unit}"
    return toman(rials, language)


def millions(rials: int, language: str) -> str:
    """Millions of tomans as a bare number, one decimal at most, rounded down: «۳٬۴۸۰», «۱۲٫۵»."""
    return _tenths(rials, MILLION_TOMAN, language)


def toman_words(rials: int, language: str) -> str:
    """The amount in words, for the check page: «پانصد هزار تومان». English and half tomans have digits."""
    if language != "fa" or rials < 0 or rials % RIALS_PER_TOMAN:
        return toman(rials, language)
    return f"{in_words(rials // RIALS_PER_TOMAN)} تومان"


def _tenths(rials: int, unit_rials: int, language: str) -> str:
    whole, tenth = divmod(abs(rials) * 10 // unit_rials, 10)
    return ("\u2212" if rials < 0 else "") + _with_tenth(whole, tenth, language)


def _with_tenth(whole: int, tenth: int, language: str) -> str:
    point = DECIMAL if language == "fa" else "."
    return grouped(whole, language) + (in_script(f"{point}{tenth}", language) if tenth else "")
