"""Shifts and hours as people say them."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from campaigns.base.digits import grouped
from campaigns.base.jalali import clock, said
from campaigns.domain.volunteers.offers import ShiftOffer


def when(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """«پنجشنبه ۱۹ آذر، ساعت ۹:۰۰ تا ۱۳:۰۰», in Tehran."""
    return _(
        "%(day)s, from %(start)s to %(end)s",
        day=said(starts_at, language, "weekday"),
        start=clock(starts_at, language),
        end=clock(ends_at, language),
    )


def places_left(left: int, language: str) -> str:
    """«۳ جا مانده»; full: the waiting list is open."""
    if left <= 0:
        return _("full, waiting list open")
    return ngettext("%(n)s place left", "%(n)s places left", left, n=grouped(left, language))


def shift_said(shift: ShiftOffer, language: str) -> str:
    """One shift as a line of a form."""
    return _(
        "%(when)s (%(places)s)",
        when=when(shift.starts_at, shift.ends_at, language),
        places=places_left(shift.left, language),
    )


def duration(minutes: int, language: str) -> str:
    """«۱۲ ساعت و ۳۰ دقیقه»."""
    hours, rest = divmod(minutes, 60)
    said_hours = ngettext("%(n)s hour", "%(n)s hours", hours, n=grouped(hours, language))
    said_rest = ngettext("%(n)s minute", "%(n)s minutes", rest, n=grouped(rest, language))
    if not rest:
        return said_hours
    return _("%(hours)s and %(minutes)s", hours=said_hours, minutes=said_rest) if hours else said_rest
