"""The queue: what waits, longest first, with filters in the address."""

from collections import Counter
from datetime import date

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope, was_public
from campaigns.domain.deliveries.reports import overdue
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.regions.queries import provinces
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.review.labels import KIND_LABELS
from campaigns.web.review.partners import title_of
from campaigns.web.review.rows import titles, visible

page = Blueprint("queue", __name__)
SHOWN = 50


@page.get("/")
@needs(Permission.MODERATE)
def show() -> ResponseReturnValue:
    kind = request.args.get("kind", "")
    kind = kind if kind in SUBJECTS else ""
    province = request.args.get("province", "")
    everything = visible("", province)
    items = [item for item in everything if not kind or item.kind == kind]
    return render_template(
        "review/queue.html",
        items=items[:SHOWN],
        cards=titles(items[:SHOWN]),
        title_of=title_of,
        total=len(items),
        everything=len(everything),
        counts=Counter(item.kind for item in everything),
        kind=kind,
        province=province,
        kinds=KIND_LABELS,
        provinces=provinces(language().code),
        may_read_log=may(current_user.id, Permission.SEE_LOG),
        overdue=_overdue(),
        mine=[item.public_id for item in items if item.author_id == current_user.id],
    )


def _overdue() -> list[tuple[Card, date]]:
    """Campaigns within reach that ended long ago without a final report, and when; the longest ago first."""
    scope = scope_of(current_user.id, Permission.MODERATE)
    query = in_scope(select(Campaign.id).where(was_public()), scope, current_user.id)
    due = overdue(db.session.scalars(query).all(), current_app.config["SETTINGS"].report_days)
    cards = cards_of(sorted(due), language().code)
    return sorted(((cards[number], day) for number, day in due.items()), key=lambda pair: pair[1])
