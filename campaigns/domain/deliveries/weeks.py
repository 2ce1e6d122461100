"""Weeks as people of Iran count them: from Saturday."""

from datetime import date, timedelta

SATURDAY = 5


def week_of(day: date) -> date:
    """The Saturday with which the week of this day begins."""
    return day - timedelta(days=(day.weekday() - SATURDAY) % 7)
