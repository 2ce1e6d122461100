"""The public log of decisions, narrowed by month, kind and outcome; the address holds the choice."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.digits import to_ascii
from campaigns.base.jalali import jalali_month, said, tehran_day
from campaigns.domain.insights import portal
from campaigns.domain.moderation.public_log import GIVING, PAGE, Filters, entries, months
from campaigns.domain.moderation.verdicts import REASON_LABELS, Verdict
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.site.narrowed import page_number

page = Blueprint("decisions", __name__)
KINDS = {
    "campaign": _l("Campaign"),
    "edit": _l("Edit of a live page"),
    "update": _l("Update"),
    "message": _l("Message of a supporter"),
    "need": _l("Needs in goods"),
    "role": _l("Volunteer role"),
    "shop": _l("Shop for goods"),
    "delivery": _l("What was delivered"),
    "report": _l("Final report"),
    "partner": _l("What is said of a partner"),
    "memorandum": _l("Memorandum"),
    "problem": _l("Reported problem"),
    GIVING: _l("Giving"),
}
OUTCOMES = {
    "approve": _l("Approved"),
    "return": _l("Changes asked for"),
    "reject": _l("Rejected"),
    "freeze": _l("Stopped"),
    "thaw": _l("Goes on"),
    "condemn": _l("Cancelled"),
}
OF_PROBLEMS = {Verdict.APPROVE: _l("It was right"), Verdict.REJECT: _l("Nothing wrong was found")}


@page.get("/about/decisions")
@cacheable(params=("month", "kind", "outcome", "page"))
def show() -> ResponseReturnValue:
    """What, why, when. No person is named and no private note shown. What is unknown counts as «all»."""
    depends(stamps.PORTAL)
    listed = months(tehran_day(now()))
    chosen, number = _filters(listed), page_number()
    rows, total = entries(chosen, number)
    if number > 1 and not rows:
        abort(404)
    cards = portal.cards_of(sorted({row.campaign_id for row in rows if row.campaign_id}), language().code)
    return render_template(
        "site/decisions.html",
        rows=rows,
        cards=cards,
        with_page=set(portal.public_cards(list(cards), language().code)),
        total=total,
        filters=chosen,
        months=[(month, _named(month)) for month in listed],
        kinds=KINDS,
        outcomes=OUTCOMES,
        of_problems=OF_PROBLEMS,
        reasons=REASON_LABELS,
        page_number=number,
        pages=-(-total // PAGE),
        sample=portal.has_samples(),
    )


def _filters(listed: list[int]) -> Filters:
    month = to_ascii(request.args.get("month", ""))
    kind, outcome = request.args.get("kind", ""), request.args.get("outcome", "")
    return Filters(
        month=next((one for one in listed if str(one) == month), 0),
        kind=kind if kind in KINDS else "",
        outcome=outcome if outcome in OUTCOMES else "",
    )


def _named(month: int) -> str:
    """«آذر ۱۴۰۵»; in English the days it goes from and to."""
    first, last = jalali_month(month // 100, month % 100)
    if language().code == "fa":
        return said(first, "fa", "month")
    return f"{said(first, language().code, 'short')} – {said(last, language().code)}"
