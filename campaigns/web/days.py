"""Days as people of the house type them, in either calendar, and times of a day."""

import re
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from wtforms import StringField

from campaigns.base.digits import in_script, to_ascii
from campaigns.base.jalali import jalali_fields, parse_jalali_text
from campaigns.web.locale import language

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])")


def parse_day(text: str) -> date | None:
    """The day somebody typed; None for nothing. Raises `ValueError` with a sentence for the reader."""
    typed = to_ascii(text[:20]).strip()
    if not typed:
        return None
    try:
        parts = typed.replace("/", "-").split("-")
        if len(parts[0]) == 4 and int(parts[0]) > 1500:
            return date(*(int(part) for part in parts))
        return parse_jalali_text(typed)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(
            _("Write the day as year, month, day, such as %(day)s.", day=example_day())
        ) from None


def example_day() -> str:
    """A day as this reader would type it."""
    return in_script("1405/09/02", "fa") if language().code == "fa" else "2026-11-23"


def example_time() -> str:
    """A time of day as this reader would type it."""
    return in_script("14:30", language().code)


class DayField(StringField):  # type: ignore[misc]
    """A day as «۱۴۰۵/۰۹/۰۲» or 2026-11-23: the year tells the calendar. `data` is a `date` or None. Its hint is an
    example, where the form says nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("description", LazyString(lambda: _("Such as %(day)s", day=example_day())))
        super().__init__(*args, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None  # stays when it cannot be read
        self.data = parse_day(str(valuelist[0])) if valuelist else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if not isinstance(self.data, date):
            return ""
        if language().code != "fa":
            return self.data.isoformat()
        day, month, year = jalali_fields(self.data)
        return in_script(f"{year}/{month:02}/{day:02}", "fa")


class ClockField(StringField):  # type: ignore[misc]
    """A time of day as «۱۴:۳۰», in any digits. `data` is a `time` or None. Its hint is an example as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("description", LazyString(lambda: _("Such as %(time)s", time=example_time())))
        super().__init__(*args, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = to_ascii(str(valuelist[0])[:20]).strip() if valuelist else ""
        if not typed:
            return
        found = _CLOCK.fullmatch(typed)
        if found is None:
            raise ValueError(_("Write the time as hour and minute, such as %(time)s.", time=example_time()))
        self.data = time(int(found[1]), int(found[2]))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return in_script(f"{self.data:%H:%M}", language().code) if self.data else ""
