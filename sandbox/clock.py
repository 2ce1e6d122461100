"""The bank's own time, which a test may push ahead."""

import time
from datetime import UTC, datetime, timedelta, timezone

TEHRAN = timezone(timedelta(hours=3, minutes=30))  # no summer time since 2022


class Clock:
    """Counts whole seconds since 1970; `ahead_seconds` is how far it runs before the real one."""

    def __init__(self) -> None:
        self.ahead_seconds = 0

    def now(self) -> int:
        return int(time.time()) + self.ahead_seconds


def tehran(seconds: int) -> datetime:
    """A moment as a Tehran clock shows it."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(TEHRAN)
