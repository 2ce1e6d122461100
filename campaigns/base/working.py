"""Hours in which people work, in Tehran: when so much work after a moment is done, and how much lies between two."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from campaigns.base.jalali import TEHRAN, tehran_day

DAYS = ("sat", "sun", "mon", "tue", "wed", "thu", "fri")
_PYTHON = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_SPAN = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? ([0-9]{1,2})-([0-9]{1,2})")
_NONE = timedelta()
LONGEST_DAYS = 3_660
"""How far one looks ahead: ten years without a working day is no calendar."""


@dataclass(frozen=True)
class Calendar:
    """`hours`: by weekday (Monday is 0) the first and the last hour; other days are free, and so are `holidays`."""

    hours: tuple[tuple[int, int, int], ...]
    holidays: frozenset[date] = frozenset()

    def after(self, moment: datetime, work: timedelta) -> datetime:
        """The moment at which so much work, begun at `moment`, is done. Whole working hours only."""
        left = work
        for start, end in self._spans(moment):
            begun = max(start, moment)
            if end - begun >= left:
                return begun + left
            left -= end - begun
        raise ValueError("a calendar without working days")

    def between(self, earlier: datetime, later: datetime) -> timedelta:
        """How much working time lies between two moments; none where they are the other way round."""
        total = _NONE
        for start, end in self._spans(earlier):
            if start >= later:
                break
            total += max(min(end, later) - max(start, earlier), _NONE)
        return total

    def _spans(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working spans that end after `moment`, in order."""
        known = {weekday: (first, last) for weekday, first, last in self.hours}
        day = tehran_day(moment)
        for _ in range(LONGEST_DAYS):
            if day.weekday() in known and day not in self.holidays:
                start, end = (_at(day, hour) for hour in known[day.weekday()])
                if end > moment:
                    yield start, end
            day += timedelta(days=1)


@lru_cache(maxsize=8)
def read_calendar(hours: str, holidays: Iterable[str] = ()) -> Calendar:
    """«sat-wed 8-16, thu 8-12» and days as 2026-03-21. Raises `ValueError` for what is no such thing."""
    found: dict[int, tuple[int, int]] = {}
    for part in hours.lower().split(","):
        span = _SPAN.fullmatch(" ".join(part.split()))
        if span is None:
            raise ValueError(part)
        first, last = DAYS.index(span[1]), DAYS.index(span[2] or span[1])
        start, end = int(span[3]), int(span[4])
        if first > last or not 0 <= start < end <= 24:
            raise ValueError(part)
        found |= {_PYTHON[name]: (start, end) for name in DAYS[first : last + 1]}
    spans = tuple((weekday, *hours_) for weekday, hours_ in sorted(found.items()))
    return Calendar(spans, frozenset(date.fromisoformat(day) for day in holidays))


def _at(day: date, hour: int) -> datetime:
    """An hour of a Tehran day; the twenty-fourth is the midnight after it."""
    midnight = datetime.combine(day, time.min, TEHRAN).astimezone(UTC)
    return midnight + timedelta(hours=hour)
