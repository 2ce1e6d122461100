"""A day that comes again every Jalali month, over two hundred years."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.jalali import jalali_fields, parse_jalali
from campaigns.base.months import after, before, day_in, latest_due, month_of, next_day

days = st.dates(date(1925, 1, 1), date(2100, 1, 1))
numbers = st.integers(1, 31)


def last_of(month: int) -> int:
    """How many days a month has, counted by hand."""
    year, name = divmod(month, 100)
    if name <= 6:
        return 31
    if name <= 11:
        return 30
    try:
        parse_jalali("30", "12", str(year))
    except ValueError:
        return 29
    return 30


@given(days)
def test_a_month_is_the_one_its_days_lie_in(day: date) -> None:
    number, month, year = jalali_fields(day)
    assert month_of(day) == year * 100 + month
    assert day_in(month_of(day), number) == day


@given(days, numbers)
def test_a_day_that_a_month_does_not_have_is_its_last(day: date, number: int) -> None:
    month = month_of(day)
    found = day_in(month, number)
    assert month_of(found) == month
    assert jalali_fields(found)[0] == min(number, last_of(month))


@given(days)
def test_the_month_after_begins_where_this_one_ends(day: date) -> None:
    month = month_of(day)
    last = day_in(month, 31)
    assert month_of(last + timedelta(days=1)) == after(month)


@given(days, numbers, st.integers(0, 14))
def test_the_next_day_is_never_past_and_in_no_month_that_was_covered(
    today: date, number: int, months_ago: int
) -> None:
    covered = month_of(today - timedelta(days=30 * months_ago))
    found = next_day(number, covered=covered, today=today)
    assert found >= today
    assert month_of(found) > covered
    assert found - today <= timedelta(days=62)


@given(days, numbers, st.integers(1, 30))
def test_month_by_month_no_month_is_left_out_and_none_comes_twice(
    today: date, number: int, years: int
) -> None:
    month, seen = month_of(today), []
    for _ in range(12 * min(years, 5)):
        found = next_day(number, covered=month, today=today)
        month, today = month_of(found), found
        seen.append(month)
    assert seen == sorted(set(seen))
    assert all(after(one) == two for one, two in itertools.pairwise(seen))


def test_the_thirty_first_of_esfand_is_its_last_day_in_leap_years_and_others() -> None:
    assert day_in(140312, 31) == parse_jalali("30", "12", "1403")
    assert day_in(140412, 31) == parse_jalali("29", "12", "1404")
    assert day_in(140507, 31) == parse_jalali("30", "7", "1405")
    assert after(140412) == 140501


@given(days, numbers)
def test_the_latest_month_whose_day_has_come(today: date, number: int) -> None:
    month = latest_due(number, today)
    assert day_in(month, number) <= today < day_in(after(month), number)
    assert before(after(month)) == month
