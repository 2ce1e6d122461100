"""What was recorded: what waits for a second person first; campaigns to record for; everything as a file."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.csvsafe import rows_as_csv
from campaigns.base.extensions import db
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope, was_public
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.queries import newest, waiting
from campaigns.domain.insights.portal import cards_of
from campaigns.web.deliveries.reach import RECORDS
from campaigns.web.deliveries.words import STATE_LABELS, STATE_SHAPES
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("home", __name__)


@page.get("/")
@needs(RECORDS)
def show() -> ResponseReturnValue:
    scope = scope_of(current_user.id, RECORDS)
    first, rows = waiting(scope, current_user.id), newest(scope, current_user.id)
    ids = {row.campaign_id for row in (*first, *rows)}
    return render_template(
        "deliveries/home.html",
        waiting=first,
        rows=rows,
        cards=cards_of(sorted(ids), language().code),
        states=STATE_LABELS,
        shapes=STATE_SHAPES,
        keeps_kinds=may(current_user.id, RECORDS),
    )


@page.get("/new")
@needs(RECORDS)
def choose() -> ResponseReturnValue:
    """For which campaign."""
    scope = scope_of(current_user.id, RECORDS)
    query = in_scope(select(Campaign).where(was_public()), scope, current_user.id)
    campaigns = list(db.session.scalars(query.order_by(Campaign.id.desc())))
    cards = cards_of([row.id for row in campaigns], language().code)
    return render_template("deliveries/choose.html", campaigns=campaigns, cards=cards)


@page.get("/deliveries.csv")
@needs(RECORDS)
def export() -> ResponseReturnValue:
    """Everything within reach; no cell is a formula."""
    rows = newest(scope_of(current_user.id, RECORDS), current_user.id, limit=None)
    answer = Response(rows_as_csv(list(_lines(rows))), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="deliveries.csv"'
    return answer


def _lines(rows: list[Delivery]) -> Iterator[list[object]]:
    yield [
        *(_("Campaign"), _("What"), _("How many"), _("Province"), _("County"), _("Week from"), _("Office")),
        *(
            _("Rials of the spending"),
            _("State"),
            _("Note"),
            _("Why it is corrected"),
            _("Which need it met"),
            _("Box"),
        ),
    ]
    for row in rows:
        yield [
            row.campaign.slug,
            row.kind.name_en if language().code == "en" else row.kind.name_fa,
            row.quantity,
            row.county.province.name_fa,
            row.county.name_fa,
            row.week.isoformat(),
            row.office.code,
            row.rials,
            str(STATE_LABELS[row.state]),  # type: ignore[index]
            row.note,
            row.correction,
            row.need.item_fa if row.need else "",
            row.box.code if row.box else "",
        ]
