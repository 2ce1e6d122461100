"""When something is due, in words: over due, in working hours, or on a day."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from campaigns.base.clock import now
from campaigns.base.digits import grouped
from campaigns.base.jalali import clock, said
from campaigns.domain.moderation.service import calendar
from campaigns.web.locale import language

DAY_OF_WORK = timedelta(hours=8)
_HOUR = timedelta(hours=1)


def due_words(due_at: datetime) -> str:
    """«۳ ساعت گذشته», «تا ۲ ساعت کاری دیگر», «تا شنبه ۷ آذر، ساعت ۱۱:۰۰»."""
    moment = now()
    if due_at <= moment:
        return _late(calendar().between(due_at, moment))
    left = calendar().between(moment, due_at)
    if left >= DAY_OF_WORK:
        code = language().code
        return _("due on %(day)s at %(time)s", day=said(due_at, code, "weekday"), time=clock(due_at, code))
    if left >= _HOUR:
        hours = left // _HOUR
        return ngettext("due in %(n)s working hour", "due in %(n)s working hours", hours, n=_number(hours))
    minutes = left // timedelta(minutes=1)
    return ngettext(
        "due in %(n)s minute of work", "due in %(n)s minutes of work", minutes, n=_number(minutes)
    )


def _late(work: timedelta) -> str:
    if work >= 2 * DAY_OF_WORK:
        days = work // DAY_OF_WORK
        return ngettext("%(n)s working day over due", "%(n)s working days over due", days, n=_number(days))
    if work >= _HOUR:
        hours = work // _HOUR
        return ngettext("%(n)s hour over due", "%(n)s hours over due", hours, n=_number(hours))
    return _("over due")


def work_words(work: timedelta) -> str:
    """A span of working time for a table: hours and minutes."""
    minutes = round(work / timedelta(minutes=1))
    if minutes < 60:
        return _("%(n)s min", n=_number(minutes))
    if minutes % 60 == 0:
        return _("%(n)s h", n=_number(minutes // 60))
    return _("%(hours)s h %(minutes)s min", hours=_number(minutes // 60), minutes=_number(minutes % 60))


def _number(number: int) -> str:
    return grouped(number, language().code)
