"""Working hours: Saturday to Wednesday from eight to four in Tehran, unless the settings say otherwise."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.jalali import TEHRAN
from campaigns.base.working import read_calendar

WEEK = read_calendar("sat-wed 8-16")
SHORT_THURSDAY = read_calendar("sat-wed 8-16, thu 8-12", ("2026-11-29",))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=TEHRAN) + timedelta(minutes=minutes)
)
WORK = st.integers(1, 60 * 100).map(lambda minutes: timedelta(minutes=minutes))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026: the 28th is a Saturday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TEHRAN)


@pytest.mark.parametrize(
    ("calendar", "begun", "hours", "done"),
    [
        (WEEK, at(28, 9), 2, at(28, 11)),
        (WEEK, at(28, 15), 2, at(29, 9)),
        (WEEK, at(28, 3), 8, at(28, 16)),  # a whole day is done when it ends, not when the next begins
        (WEEK, at(25, 15), 2, at(28, 9)),  # Wednesday afternoon: Thursday and Friday are free
        (WEEK, at(26, 10), 1, at(28, 9)),
        (SHORT_THURSDAY, at(25, 15), 2, at(26, 9)),
        (SHORT_THURSDAY, at(28, 15), 2, at(30, 9)),  # Sunday is a holiday
    ],
)
def test_work_goes_on_where_people_work(calendar, begun, hours, done):
    assert calendar.after(begun, timedelta(hours=hours)) == done


@given(MOMENTS, WORK, st.sampled_from([WEEK, SHORT_THURSDAY]))
def test_what_was_added_lies_between(begun, work, calendar):
    assert calendar.between(begun, calendar.after(begun, work)) == work


@given(MOMENTS, MOMENTS, WORK)
def test_who_comes_first_is_due_first(one, other, work):
    first, second = sorted((one, other))
    assert WEEK.after(first, work) <= WEEK.after(second, work)


@pytest.mark.parametrize(
    "text", ["", "sat-wed", "wed-sat 8-16", "sat 16-8", "sat 8-25", "xyz 8-16", "sat 8-16,"]
)
def test_what_is_no_calendar_is_refused(text):
    with pytest.raises(ValueError):
        read_calendar(text)
