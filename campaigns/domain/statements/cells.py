"""Single cells of a statement: amounts, moments, cards. Digits of any script."""

import re
from datetime import UTC, date, datetime, time

from campaigns.base.cards import parse_card
from campaigns.base.digits import to_ascii
from campaigns.base.jalali import TEHRAN, parse_jalali, parse_jalali_text
from campaigns.base.money import AmountError, parse_toman
from campaigns.base.text import clean

_CLOCK = re.compile(r"(?<![0-9])([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?:\.[0-9]+)?(?![0-9])")
_CLOCK_TOGETHER = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")
_DAY = re.compile(r"([0-9]{1,4})[/\-.]([0-9]{1,2})[/\-.]([0-9]{1,4})")
_DAY_TOGETHER = re.compile(r"(1[34][0-9]{2}|20[0-9]{2})([0-9]{2})([0-9]{2})")
_NOTHING = frozenset(["", "-", "--", "—", "–", "_"])
_CARD = re.compile(
    r"(?<![0-9*])(?:[0-9]{4}[ -]?[0-9]{2}[0-9*xX•]{2}[ -]?[0-9*xX•]{4}[ -]?([0-9]{4}))(?![0-9*])"
)
_ENDS_IN_FOUR = re.compile(r"[0-9*xX•. -]*[0-9]{4}")
_JALALI_YEARS, _OUR_YEARS = range(1300, 1501), range(1900, 2101)


class BadCell(ValueError):
    """A cell that says nothing we understand."""


def rials(text: str, unit: str) -> int:
    """A signed amount; nothing is zero. `unit`: `rial` or `toman`, unless the cell says its own. Raises `BadCell`."""
    typed = clean(to_ascii(text)).replace("\u2212", "-").replace("–", "-").strip()
    if typed in _NOTHING:
        return 0
    minus = typed.startswith(("-", "(")) or typed.endswith(("-", ")"))
    number = typed.strip("-+() ")
    word = "" if re.search(r"[^\W\d_]", number) else unit
    try:
        amount = parse_toman(f"{number} {word}")
    except AmountError:
        raise BadCell(text) from None
    return -amount if minus else amount


def moment(day: str, clock: str = "") -> tuple[datetime, bool]:
    """When something was booked, and whether the bank says the time of day. Raises `BadCell`.

    Jalali with the year first or last; Gregorian only with the year first: 02/03/2026 is two different days.
    """
    words = clean(to_ascii(day)).replace("T", " ")
    told = _CLOCK.search(words)
    if told:
        words = words[: told.start()] + words[told.end() :]
    at = _time(told) or _of_clock(clock)
    found = _day(words.strip(" -,،|"))
    return datetime.combine(found, at or time.min, TEHRAN).astimezone(UTC), at is not None


def _of_clock(text: str) -> time | None:
    typed = clean(to_ascii(text))
    if typed in _NOTHING:
        return None
    told = _CLOCK.search(typed) or _CLOCK_TOGETHER.fullmatch(typed.zfill(6) if len(typed) == 5 else typed)
    if told is None:
        raise BadCell(text)
    return _time(told)


def _time(told: re.Match[str] | None) -> time | None:
    return time(int(told[1]), int(told[2]), int(told[3] or 0)) if told else None


def _day(text: str) -> date:
    parts = _DAY.fullmatch(text) or _DAY_TOGETHER.fullmatch(text)
    try:
        if parts is None:
            return parse_jalali_text(text)
        first, middle, last = parts.groups()
        if int(first) in _OUR_YEARS:
            return date(int(first), int(middle), int(last))
        year, number = (first, last) if int(first) in _JALALI_YEARS else (last, first)
        return parse_jalali(number, middle, year)
    except ValueError:
        raise BadCell(text) from None


def last4(card: str, description: str) -> str:
    """The last four digits of the card money came from, or nothing."""
    typed = to_ascii(card).strip()
    if _ENDS_IN_FOUR.fullmatch(typed):
        return typed[-4:]
    told = next((found for found in _CARD.finditer(to_ascii(description)) if _is_card(found[0])), None)
    return told[1] if told else ""


def masked(description: str) -> str:
    """A description without the middle of card numbers. Digits come out in ASCII."""
    return _CARD.sub(_without_middle, to_ascii(description))


def _without_middle(found: re.Match[str]) -> str:
    digits = re.sub("[ -]", "", found[0])
    return f"{digits[:6]}******{digits[-4:]}" if _is_card(digits) else found[0]


def _is_card(number: str) -> bool:
    """Masked by the bank, or sixteen digits that check: other numbers are as long, too."""
    return any(mark in "*xX•" for mark in number) or parse_card(number) is not None
