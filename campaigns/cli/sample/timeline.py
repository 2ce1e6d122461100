"""Past moments, and events that happen at them. Sample life is lived in order, each event at its own «now»."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from campaigns.base.jalali import TEHRAN, tehran_day

BREATH = timedelta(minutes=3)


@dataclass(order=True)
class Event:
    """Something that happens at a moment; `number` keeps events of one moment in the order they were told."""

    at: datetime
    number: int
    do: Callable[[], object] = field(compare=False)


@dataclass(frozen=True)
class Calendar:
    """Turns «ten days ago at 9:30 in Tehran» into a moment that is never in the future."""

    present: datetime

    def moment(self, day: int, hour: int = 10, minute: int = 0) -> datetime:
        date = tehran_day(self.present) + timedelta(days=day)
        return min(datetime.combine(date, time(hour, minute), TEHRAN), self.present - BREATH)

    def iso(self, day: int) -> str:
        """The Tehran day as `parts` keeps it."""
        return (tehran_day(self.present) + timedelta(days=day)).isoformat()


class Timeline:
    """Collects events in any order, gives them back in time."""

    def __init__(self) -> None:
        self._events: list[Event] = []

    def add(self, at: datetime, do: Callable[[], object]) -> None:
        self._events.append(Event(at, len(self._events), do))

    def in_order(self) -> list[Event]:
        return sorted(self._events)
