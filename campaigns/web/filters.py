"""How values look in templates, in the language of the page."""

from datetime import date, datetime

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from campaigns.base import clock, digits, jalali, markdown, money, phone
from campaigns.base.codes import spoken
from campaigns.web.locale import language


def init_filters(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(
        digits=lambda text: digits.in_script(str(text), language().code),
        number=lambda number: digits.grouped(number, language().code),
        ordinal=lambda number: digits.ordinal(number, language().code),
        toman=lambda rials: money.toman(rials, language().code),
        toman_number=lambda rials: money.toman_number(rials, language().code),
        toman_compact=lambda rials: money.toman_compact(rials, language().code),
        toman_words=lambda rials: money.toman_words(rials, language().code),
        rials=lambda rials: money.rials_said(rials, language().code),
        millions=lambda rials: money.millions(rials, language().code),
        jdate=_jdate,
        jtime=lambda moment: jalali.clock(moment, language().code),
        ago=ago,
        phone=lambda number: phone.shown(number, language().code),
        dialled=phone.dialled,
        spoken=spoken,
        markdown=_markdown,
        plain=markdown.plain,
    )


def ago(moment: datetime) -> str:
    """«۲ ساعت پیش», «دیروز», later the day."""
    present = clock.now()
    days = jalali.days_between(moment, present)
    if days <= 0:
        return _recently(int((present - moment).total_seconds()) // 60)
    if days == 1:
        return _("yesterday")
    if days < 7:
        return ngettext("%(n)s day ago", "%(n)s days ago", days, n=digits.grouped(days, language().code))
    return jalali.said(moment, language().code, "short" if days < 300 else "long")


def _recently(minutes: int) -> str:
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        number = digits.grouped(minutes, language().code)
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes, n=number)
    hours = minutes // 60
    return ngettext("%(n)s hour ago", "%(n)s hours ago", hours, n=digits.grouped(hours, language().code))


def _jdate(day: date | datetime, style: jalali.Style = "long") -> str:
    return jalali.said(day, language().code, style)


def _markdown(source: str) -> Markup:
    return markdown.render(source)
