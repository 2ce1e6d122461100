"""The gifts of a campaign, as far as their donors want to be seen, and the same as CSV."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.csvsafe import rows_as_csv
from campaigns.base.extensions import db
from campaigns.base.jalali import said, tehran_day
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import Between, by_public_id, received_gifts
from campaigns.domain.insights.portal import cards_of
from campaigns.web.days import parse_day
from campaigns.web.desk.mine import mine
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("gifts", __name__)
SHOWN = 50


@page.get("/c/<public_id>/gifts")
@needs(Permission.SEE_GIFTS)
def show(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    narrowed, problems = _narrowed()
    after = by_public_id(campaign.id, request.args.get("after", ""))
    rows = db.session.scalars(received_gifts(campaign.id, narrowed, SHOWN + 1, after)).all()
    return render_template(
        "desk/gifts.html",
        campaign=campaign,
        card=cards_of([campaign.id], language().code)[campaign.id],
        rows=[_seen(row) for row in rows[:SHOWN]],
        older=rows[SHOWN - 1].public_id if len(rows) > SHOWN else "",
        intents=INTENT_LABELS,
        problems=problems,
        typed=request.args,
    ), 422 if problems else 200


@page.get("/c/<public_id>/gifts.csv")
@needs(Permission.SEE_GIFTS)
def download(public_id: str) -> ResponseReturnValue:
    campaign = mine(public_id, Permission.SEE_GIFTS)
    narrowed, _problems = _narrowed()
    lines = list(rows_as_csv(_csv(campaign, narrowed)))
    return Response(
        lines,
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{campaign.slug}-gifts.csv"'},
    )


def _csv(campaign: Campaign, narrowed: Between) -> Iterator[tuple[object, ...]]:
    yield (_("Day"), _("Gregorian day"), _("Rials"), _("Intent"), _("Name"), _("Dedication"))
    for row in db.session.scalars(received_gifts(campaign.id, narrowed, limit=None)).yield_per(500):
        gift = _seen(row)
        yield (
            said(gift["received_at"], language().code),
            tehran_day(row.received_at).isoformat(),
            gift["rials"],
            str(gift["intent"]),
            gift["name"] or _("Anonymous"),
            gift["dedication"],
        )


def _seen(row: Contribution) -> dict[str, object]:
    """What an organizer may know of a gift: an anonymous donor is anonymous to them as well."""
    return {
        "public_id": row.public_id,
        "received_at": row.received_at,
        "rials": row.rials,
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
