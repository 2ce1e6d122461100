"""Days in Tehran and how they are said: Jalali in Persian, Gregorian in English.

Iran has kept UTC+03:30 without summer time since 2022-09-21 (tzdata Asia/Tehran).
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from campaigns.base.digits import to_ascii, to_persian
from campaigns.base.text import clean

TEHRAN = ZoneInfo("Asia/Tehran")
KEPT = 2_000  # days as they are said: a page names the same few again and again
Style = Literal["short", "long", "weekday", "month"]
MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")  # Python's Monday first
_TEXT = re.compile(r"([0-9]{1,2})\s+([^\W\d_]+)\s+([0-9]{4})")
_STYLES: dict[Style, str] = {
    "short": "{day} {month}",
    "long": "{day} {month} {year}",
    "weekday": "{weekday} {day} {month}",
    "month": "{month} {year}",
}


def tehran_day(moment: datetime) -> date:
    """The calendar day in Tehran at an aware moment."""
    return moment.astimezone(TEHRAN).date()


def day_start(day: date) -> datetime:
    """When a Tehran day begins, as an aware UTC moment."""
    return datetime.combine(day, time.min, TEHRAN).astimezone(UTC)


def said(day: date | datetime, language: str, style: Style = "long") -> str:
    """«۲ آذر», «۲ آذر ۱۴۰۵», «دوشنبه ۲ آذر», «آذر ۱۴۰۵»; in English the Gregorian day in the same styles."""
    return _said(tehran_day(day) if isinstance(day, datetime) else day, language, style)


@lru_cache(maxsize=KEPT)
def _said(day: date, language: str, style: Style) -> str:
    if language != "fa":
        return _STYLES[style].format(day=day.day, month=f"{day:%B}", year=day.year, weekday=f"{day:%A}")
    jalali = _jalali(day)
    text = _STYLES[style].format(
        day=jalali.day, month=MONTHS[jalali.month - 1], year=jalali.year, weekday=WEEKDAYS[day.weekday()]
    )
    return to_persian(text)


def clock(moment: datetime, language: str) -> str:
    """The time in Tehran: «۱۴:۳۰»."""
    text = f"{moment.astimezone(TEHRAN):%H:%M}"
    return to_persian(text) if language == "fa" else text


def parse_jalali(day: str, month: str, year: str) -> date:
    """The day three fields name, in any digits. Raises `ValueError` for 31 Mehr and other impossible days.

    Years are those of 1300 to 1500, for which the calendar has been compared with ICU's.
    """
    numbers = [_whole(part) for part in (year, month, day)]
    if not 1300 <= numbers[0] <= 1500:
        raise ValueError("year")
    return JalaliDate(*numbers).to_gregorian()  # type: ignore[no-untyped-call]


def parse_jalali_text(text: str) -> date:
    """«۱۴۰۵/۰۹/۰۲», also with hyphens or dots, and «۲ آذر ۱۴۰۵». Raises `ValueError`."""
    typed = to_ascii(clean(text[:100]))
    named = _TEXT.fullmatch(typed)
    if named and named[2] in MONTHS:
        return parse_jalali(named[1], str(MONTHS.index(named[2]) + 1), named[3])
    parts = re.split(r"[/\-.]", typed)
    if len(parts) != 3:
        raise ValueError("date")
    return parse_jalali(parts[2], parts[1], parts[0])


def jalali_fields(day: date) -> tuple[int, int, int]:
    """Day, month and year in the Jalali calendar, for a form."""
    jalali = _jalali(day)
    return jalali.day, jalali.month, jalali.year


def jalali_month(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a Jalali month. Raises `ValueError` for a month that is none."""
    first = parse_jalali("1", str(month), str(year))
    over = parse_jalali("1", str(month % 12 + 1), str(year + month // 12))
    return first, over - timedelta(days=1)


def days_between(earlier: datetime, later: datetime) -> int:
    """How many Tehran midnights lie between two moments."""
    return (tehran_day(later) - tehran_day(earlier)) // timedelta(days=1)


def _jalali(day: date) -> JalaliDate:
    return JalaliDate(day)  # type: ignore[no-untyped-call]


def _whole(text: str) -> int:
    digits = to_ascii(text.strip())
    if not re.fullmatch(r"[0-9]{1,4}", digits):
        raise ValueError("not a number")
    return int(digits)
