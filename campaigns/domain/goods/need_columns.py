"""The columns of a file of needs: their names in both languages, and what stands in a cell of each.

A cell that a spreadsheet would take for a formula is refused: no value of a need begins like one.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from campaigns.base.csvsafe import guarded
from campaigns.base.digits import grouped, to_ascii
from campaigns.base.jalali import parse_jalali_text
from campaigns.base.money import AmountError, parse_toman
from campaigns.base.search import fold

NAMES: Mapping[str, tuple[str, str]] = {
    "province": ("استان", "Province"),
    "county": ("شهرستان", "County"),
    "item_fa": ("قلم", "Item"),
    "item_en": ("قلم به انگلیسی", "Item in English"),
    "quantity": ("تعداد", "Quantity"),
    "unit_fa": ("واحد", "Unit"),
    "unit_en": ("واحد به انگلیسی", "Unit in English"),
    "price": ("بهای یکی به تومان", "Price of one in tomans"),
    "takes_money": ("پول هم می‌خرد", "Money buys it too"),
    "accepted_fa": ("می‌پذیریم", "Accepted"),
    "accepted_en": ("می‌پذیریم به انگلیسی", "Accepted, in English"),
    "refused_fa": ("نمی‌پذیریم", "Not accepted"),
    "refused_en": ("نمی‌پذیریم به انگلیسی", "Not accepted, in English"),
    "ends_on": ("آخرین روز", "Last day"),
}
NEEDED = ("item_fa", "quantity", "unit_fa")
LONGEST = {"item": 80, "unit": 30, "accepted": 300, "refused": 300}
MOST, MOST_RIALS = 1_000_000, 10**13
_YES = frozenset(map(fold, ("بله", "بلی", "آری", "yes", "y", "true", "1")))
_NO = frozenset(map(fold, ("خیر", "نه", "no", "n", "false", "0")))


class BadCell(ValueError):
    """A cell that cannot be used; the sentence says why and what to do."""


def heads(language: str) -> list[str]:
    """The names of the columns, for a template."""
    return [english if language == "en" else persian for persian, english in NAMES.values()]


def head(name: str, language: str) -> str:
    """The name of one column."""
    return NAMES[name][language == "en"]


def places(row: Sequence[str]) -> dict[str, int]:
    """Which column stands where, by a row of names in either language; others are not looked at."""
    known = {fold(word).replace(" ", ""): name for name, words in NAMES.items() for word in words}
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = known.get(fold(cell).replace(" ", ""))
        if name is not None:
            found.setdefault(name, place)
    return found


def value(name: str, cell: str, language: str) -> Any:
    """What a cell says; none for nothing. Raises `BadCell`."""
    if guarded(cell) != cell or guarded(cell.lstrip("'")) != cell.lstrip("'"):
        raise BadCell(_("This begins as a formula does; write the value itself."))
    if not cell:
        return None
    return _READERS.get(name, _text)(name, cell, language)


def _text(name: str, cell: str, language: str) -> str:
    longest = LONGEST.get(name.rpartition("_")[0])
    if longest is not None and len(cell) > longest:
        raise BadCell(_("This is longer than %(n)s characters.", n=grouped(longest, language)))
    return cell


def _quantity(_name: str, cell: str, language: str) -> int:
    plain = "".join(mark for mark in to_ascii(cell) if mark not in " ,٬،'_\u200c")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 9 and 0 < int(plain) <= MOST):
        raise BadCell(
            _(
                "Write a number from %(least)s to %(most)s.",
                least=grouped(1, language),
                most=grouped(MOST, language),
            )
        )
    return int(plain)


def _price(_name: str, cell: str, _language: str) -> int:
    try:
        rials = parse_toman(cell)
    except AmountError:
        raise BadCell(_("Write the amount in tomans, with digits only.")) from None
    if not 0 < rials <= MOST_RIALS:
        raise BadCell(_("Write an amount above zero."))
    return rials


def _yes_or_no(_name: str, cell: str, _language: str) -> bool:
    said = fold(cell)
    if said not in _YES | _NO:
        raise BadCell(_("Write yes or no."))
    return said in _YES


def _day(_name: str, cell: str, _language: str) -> str:
    typed = to_ascii(cell).replace("/", "-").strip()
    try:
        if typed[:4].isdigit() and int(typed[:4]) > 1500:
            year, month, day = (int(part) for part in typed.split("-"))
            return date(year, month, day).isoformat()
        return parse_jalali_text(typed).isoformat()
    except ValueError:
        raise BadCell(_("Write the day as year, month, day.")) from None


_READERS: Mapping[str, Callable[[str, str, str], Any]] = {
    "quantity": _quantity,
    "price": _price,
    "takes_money": _yes_or_no,
    "ends_on": _day,
}
