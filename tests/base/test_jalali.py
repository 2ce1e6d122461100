"""Days in Tehran, and the two calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base import jalali

FIRST, LAST = date(1921, 3, 21), date(2122, 3, 20)  # 1 Farvardin 1300 to 29 Esfand 1500
days = st.dates(min_value=FIRST, max_value=LAST)


@pytest.mark.parametrize(
    ("style", "persian", "english"),
    [
        ("short", "۲ آذر", "23 November"),
        ("long", "۲ آذر ۱۴۰۵", "23 November 2026"),
        ("weekday", "دوشنبه ۲ آذر", "Monday 23 November"),
        ("month", "آذر ۱۴۰۵", "November 2026"),
    ],
)
def test_days_are_said_in_the_readers_calendar(style: jalali.Style, persian: str, english: str) -> None:
    assert jalali.said(date(2026, 11, 23), "fa", style) == persian
    assert jalali.said(date(2026, 11, 23), "en", style) == english


def test_the_week_has_its_names() -> None:
    saturday = date(2026, 12, 12)
    said = [jalali.said(saturday + timedelta(days=n), "fa", "weekday").split()[0] for n in range(7)]
    assert said == ["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"]


def test_the_day_of_a_moment_is_the_one_in_tehran() -> None:
    evening = datetime(2026, 11, 22, 20, 29, tzinfo=UTC)
    assert jalali.said(evening, "fa", "short") == "۱ آذر"
    assert jalali.said(evening + timedelta(minutes=1), "fa", "short") == "۲ آذر"
    assert jalali.clock(evening, "fa") == "۲۳:۵۹"
    assert jalali.clock(evening, "en") == "23:59"


def test_1403_is_the_leap_year_and_1404_is_not() -> None:
    assert jalali.parse_jalali("30", "12", "1403") == date(2025, 3, 20)
    assert jalali.parse_jalali("1", "1", "1404") == date(2025, 3, 21)
    with pytest.raises(ValueError, match="day"):
        jalali.parse_jalali("30", "12", "1404")


@pytest.mark.parametrize(
    "typed",
    ["۱۴۰۵/۰۹/۰۲", "1405-9-2", "١٤٠٥/٠٩/٠٢", " 1405.09.02 ", "\u200e۱۴۰۵/۰۹/۰۲", "۲ آذر ۱۴۰۵", "02 آذر 1405"],
)
def test_mina_may_write_the_day_as_she_likes(typed: str) -> None:
    assert jalali.parse_jalali_text(typed) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    ["", "1405", "۳۱/۷/۱۴۰۵", "1405/7/31", "1405/13/1", "1405/0/1", "۲ ماه ۱۴۰۵", "1299/1/1", "1501/1/1"],
)
def test_days_that_are_not_are_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        jalali.parse_jalali_text(typed)


@given(st.text(), st.text(), st.text())
def test_nonsense_is_a_value_error_and_nothing_worse(day: str, month: str, year: str) -> None:
    for read in (lambda: jalali.parse_jalali(day, month, year), lambda: jalali.parse_jalali_text(day)):
        try:
            found = read()
        except ValueError:
            continue
        assert FIRST <= found <= LAST


@given(days)
def test_every_day_can_be_written_and_read_again(day: date) -> None:
    number, month, year = jalali.jalali_fields(day)
    assert jalali.parse_jalali(str(number), str(month), str(year)) == day
    assert jalali.parse_jalali_text(jalali.said(day, "fa", "long")) == day


@given(days)
def test_a_tehran_day_starts_at_its_own_first_moment(day: date) -> None:
    start = jalali.day_start(day)
    assert start.tzinfo is UTC
    assert jalali.tehran_day(start) == day
    assert jalali.tehran_day(start - timedelta(seconds=1)) == day - timedelta(days=1)


def test_days_between_counts_midnights_in_tehran() -> None:
    before = datetime(2026, 11, 22, 20, 29, tzinfo=UTC)
    assert jalali.days_between(before, before + timedelta(minutes=2)) == 1
    assert jalali.days_between(before + timedelta(minutes=2), before) == -1
    assert jalali.days_between(before, before) == 0
