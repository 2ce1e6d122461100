"""Months of the Jalali calendar as whole numbers (140509 is Azar 1405), and a day that comes again in each of them.

Months have 31, 30 or 29 days. A day that a month does not have is its last one: who chose the 31st is meant on
the 30th of Mehr and on the 29th or 30th of Esfand.
"""

from datetime import date, timedelta

from campaigns.base.jalali import jalali_fields, parse_jalali

LONGEST = 31


def month_of(day: date) -> int:
    """The month a day lies in."""
    _day, month, year = jalali_fields(day)
    return year * 100 + month


def after(month: int) -> int:
    """The month after this one."""
    return month + 1 if month % 100 < 12 else month + 89


def before(month: int) -> int:
    """The month before this one."""
    return month - 1 if month % 100 > 1 else month - 89


def latest_due(day: int, today: date) -> int:
    """The latest month in which this day has come."""
    present = month_of(today)
    return present if day_in(present, day) <= today else before(present)


def day_in(month: int, day: int) -> date:
    """The day of this number in a month; the last one where it has none of this number. `day`: 1 to 31."""
    first = parse_jalali("1", str(month % 100), str(month // 100))
    next_month = after(month)
    last = parse_jalali("1", str(next_month % 100), str(next_month // 100)) - timedelta(days=1)
    return min(first + timedelta(days=day - 1), last)


def next_day(day: int, *, covered: int, today: date) -> date:
    """When `day` comes next: today at the earliest, and in no month that is `covered` already or lies before it."""
    month = max(after(covered), month_of(today))
    found = day_in(month, day)
    return found if found >= today else day_in(after(month), day)
