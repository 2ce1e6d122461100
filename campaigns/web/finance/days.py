"""Each day's money by the way it came and by what has become of it: a chart and the same as numbers."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.jalali import jalali_fields, jalali_month, said, tehran_day
from campaigns.domain.accounts.access import scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.daily_money import Channel, channels, together
from campaigns.web.finance.clearing_words import way_name
from campaigns.web.finance.daychart import Drawing, drawing
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("days", __name__)
SPANS = {"30": _l("The last thirty days"), "90": _l("The last ninety days")}
MONTHS = 12
CHANNEL_LABELS = {
    "bank": _l("Bank account"),
    "cash": _l("Cash"),
    "pos": _l("Card readers"),
    "pool": _l("Sponsors"),
    "unallocated": _l("Given to a campaign by two people"),
}
STATE_LABELS = {"settled": _l("settled"), "pending": _l("pending"), "refunded": _l("given back")}


@page.get("/days")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    spans, today = _spans(), tehran_day(now())
    chosen = request.args.get("span", "30")
    chosen = chosen if chosen in spans else "30"
    first, last = _days(chosen, today)
    scope = scope_of(current_user.id, Permission.SEE_MONEY)
    found = channels(first, last, scope, current_user.id)
    whole = together(found)
    return render_template(
        "finance/days.html",
        spans=spans,
        chosen=chosen,
        first=first,
        last=last,
        whole=whole,
        charts=[_drawn(one, first, last, whole if len(found) > 1 else one) for one in _listed(whole, found)],
        states=STATE_LABELS,
        everywhere=scope.everywhere,
    )


def channel_label(name: str) -> str:
    """What people call a way money comes; nothing: all of them."""
    return str(CHANNEL_LABELS.get(name) or way_name(name)) if name else _("All ways together")


def _listed(whole: Channel, found: list[Channel]) -> list[Channel]:
    return [whole, *found] if len(found) > 1 else found


def _drawn(one: Channel, first: date, last: date, whole: Channel) -> tuple[str, Channel, Drawing]:
    most = max((bar.whole for bar in whole.bars), default=0)
    return (
        channel_label(one.name),
        one,
        drawing(one.bars, first, last, rtl=language().dir == "rtl", most=most),
    )


def _spans() -> dict[str, Any]:
    """What can be chosen: two spans of days, then this month of the Jalali calendar and those before it."""
    _day, month, year = jalali_fields(tehran_day(now()))
    found: dict[str, Any] = dict(SPANS)
    for back in range(MONTHS):
        months = year * 12 + month - 1 - back
        first, last = jalali_month(months // 12, months % 12 + 1)
        found[f"{months // 12}-{months % 12 + 1:02}"] = _month_said(first, last)
    return found


def _month_said(first: date, last: date) -> str:
    if language().code == "fa":
        return said(first, "fa", "month")
    return _("%(first)s to %(last)s", first=said(first, "en"), last=said(last, "en"))


def _days(chosen: str, today: date) -> tuple[date, date]:
    if chosen in SPANS:
        return today - timedelta(days=int(chosen) - 1), today
    year, month = chosen.split("-")
    return jalali_month(int(year), int(month))
