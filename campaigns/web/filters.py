"""How values look in templates, in the language of the page or in one that is named."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext
from jinja2 import pass_context
from jinja2.runtime import Context

from campaigns.base import clock, digits, jalali, markdown, money, phone
from campaigns.base.codes import spoken
from campaigns.web.locale import language as page_language

OLD_DAYS = 300  # from then on a day is said with its year


def init_filters(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(
        digits=_in_language(lambda text, code: digits.in_script(str(text), code)),
        number=_in_language(digits.grouped),
        tenths=_in_language(digits.tenths),
        ordinal=_in_language(digits.ordinal),
        toman=_in_language(money.toman),
        toman_number=_in_language(money.toman_number),
        toman_compact=_in_language(money.toman_compact),
        toman_words=_in_language(money.toman_words),
        rials=_in_language(money.rials_said),
        millions=_in_language(money.millions),
        jdate=_day,
        jtime=_in_language(jalali.clock),
        ago=ago,
        phone=_in_language(phone.shown),
        dialled=phone.dialled,
        spoken=spoken,
        markdown=markdown.render,
        plain=markdown.plain,
    )


def ago(moment: datetime) -> str:
    """«۲ ساعت پیش», «دیروز», later the day; a moment to come is said as its day."""
    present = clock.now()
    minutes = (present - moment) // timedelta(minutes=1)
    days = jalali.days_between(moment, present)
    if minutes < -1:
        return _day(moment, "short" if days > -OLD_DAYS else "long")
    if minutes < 60 or days == 0:
        return _recently(minutes)
    if days == 1:
        return _("yesterday")
    if days < 7:
        return ngettext("%(n)s day ago", "%(n)s days ago", days, n=_number(days))
    return _day(moment, "short" if days < OLD_DAYS else "long")


def _recently(minutes: int) -> str:
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes, n=_number(minutes))
    hours = minutes // 60
    return ngettext("%(n)s hour ago", "%(n)s hours ago", hours, n=_number(hours))


def _in_language(show: Callable[[Any, str], str]) -> Callable[..., str]:
    """A filter `value|name` or `value|name(language="en")` of a function that wants a language."""

    @pass_context  # else Jinja computes it for a constant once, in the language of the first reader
    def shown(_context: Context, value: Any, *, language: str | None = None) -> str:
        return show(value, language or page_language().code)

    return shown


def _day(day: date | datetime, style: jalali.Style = "long", *, language: str | None = None) -> str:
    return jalali.said(day, language or page_language().code, style)


def _number(number: int) -> str:
    return digits.grouped(number, page_language().code)
