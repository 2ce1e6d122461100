"""What was taken back in the book: campaign, day, amount, why. No person, no private word."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaigns.base import stamps
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.refunds.corrections import corrections
from campaigns.domain.refunds.reasons import REASON_LABELS
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable
from campaigns.web.locale import language

page = Blueprint("corrections", __name__)
SHOWN = 200


@page.get("/corrections")
@cacheable()
def show() -> ResponseReturnValue:
    depends(stamps.PORTAL)
    rows = corrections(SHOWN)
    ids = {row.campaign_id for row in rows if row.campaign_id is not None}
    cards = cards_of(sorted(ids), language().code)
    return render_template("site/corrections.html", rows=rows, cards=cards, reasons=REASON_LABELS)
