"""The gifts of a campaign, as far as their donors want to be seen, and the same as a file.

An amount its donor hid is known to those who look after the money, not to organizers; it is in the sum.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.jalali import said, tehran_day
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import Between, by_public_id, received_gifts
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.refunds.queries import gone_rials
from campaigns.domain.supporters.thanking import of_gifts
from campaigns.web import datafile
from campaigns.web.datafile import TYPES
from campaigns.web.days import example_day, parse_day
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("gifts", __name__)
SHOWN, AT_ONCE = 50, 500
STATES = {
    "received": _l("received"),
    "part": _l("partly gone back"),
    "gone": _l("gone back to the donor; not counted"),
}


@page.get("/c/<public_id>/gifts")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    return _page(campaign, *_narrowed())


@page.post("/c/<public_id>/gifts/file")
@needs(Permission.SEE_GIFTS)
def download(public_id: str) -> ResponseReturnValue:
    """The same rows; for days that cannot be read the page that says so, not all gifts. Who took them is logged."""
    csrf.protect()
    campaign = mine(public_id, Permission.SEE_GIFTS)
    narrowed, problems = _narrowed()
    if problems or request.form.get("format") not in TYPES:
        return _page(campaign, narrowed, problems)
    return datafile.download(
        f"{campaign.slug}-gifts",
        _("Gifts"),
        _head(),
        _lines(campaign, narrowed),
        request.form["format"],
        user_id=current_user.id,
        campaign_id=campaign.id,
        kind="desk_gifts",
        first_day=narrowed.first,
        last_day=narrowed.last,
        personal=True,
    )


def _page(campaign: Campaign, narrowed: Between, problems: list[tuple[str, str]]) -> ResponseReturnValue:
    after = by_public_id(campaign.id, request.args.get("after", ""))
    rows = db.session.scalars(received_gifts(campaign.id, narrowed, SHOWN + 1, after)).all()
    all_amounts = _sees_all_amounts(campaign)
    return render_template(
        "desk/gifts.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        rows=_seen(rows[:SHOWN], all_amounts),
        thanked=set(of_gifts([row.id for row in rows])),
        may_thank=may(current_user.id, Permission.POST_UPDATE, where_is(campaign)),
        states=STATES,
        older=rows[SHOWN - 1].public_id if len(rows) > SHOWN else "",
        intents=INTENT_LABELS,
        problems=problems,
        example=example_day(),
        typed=request.args,
    ), 422 if problems else 200


def _head() -> tuple[str, ...]:
    """Who adds the amounts up leaves out what has gone back: it stands in a column of its own."""
    heads = (_("Day"), _("Gregorian day"), _("Rials"), _("Intent"), _("Name"), _("Dedication"))
    return *heads, _("State"), _("Gone back, in rials")


def _lines(campaign: Campaign, narrowed: Between) -> Iterator[tuple[object, ...]]:
    all_amounts = _sees_all_amounts(campaign)
    rows = db.session.scalars(received_gifts(campaign.id, narrowed, limit=None)).yield_per(AT_ONCE)
    for some in rows.partitions():
        for row, gift in zip(some, _seen(some, all_amounts), strict=True):
            yield (
                said(row.received_at, language().code),
                tehran_day(row.received_at).isoformat(),
                gift["rials"],
                str(gift["intent"]),
                gift["name"] or _("Anonymous"),
                gift["dedication"],
                str(STATES[gift["state"]]),
                gift["gone_rials"],
            )


def _sees_all_amounts(campaign: Campaign) -> bool:
    return may(current_user.id, Permission.SEE_MONEY, where_is(campaign))


def _seen(rows: Sequence[Contribution], all_amounts: bool) -> list[dict[str, Any]]:
    """What the reader may know of gifts: an anonymous donor is anonymous to everybody. `rials` None: hidden."""
    gone = gone_rials([row.id for row in rows])
    return [_one(row, gone.get(row.id, 0), hidden=row.hide_amount and not all_amounts) for row in rows]


def _one(row: Contribution, gone: int, *, hidden: bool) -> dict[str, Any]:
    whole = row.refunded_at is not None
    gone = row.rials if whole else gone
    return {
        "id": row.id,
        "public_id": row.public_id,
        "received_at": row.received_at,
        "rials": None if hidden else row.rials,
        "gone_rials": None if hidden else gone,
        "state": "gone" if whole else "part" if gone else "received",
        "intent": INTENT_LABELS.get(row.intent, row.intent),
        "name": "" if row.hide_name else row.donor_name,
        "dedication": row.dedication,
    }


def _narrowed() -> tuple[Between, list[tuple[str, str]]]:
    """What the address asks for, and what in it cannot be read: (field id, sentence)."""
    problems: list[tuple[str, str]] = []
    days = {}
    for name in ("first", "last"):
        typed = request.args.get(name, "")
        try:
            days[name] = parse_day(typed)
        except ValueError as wrong:
            days[name] = None
            problems.append((name, str(wrong)))
    intent = request.args.get("intent", "")
    return Between(days["first"], days["last"], intent if intent in INTENT_LABELS else ""), problems
