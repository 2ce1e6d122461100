"""The log of decisions with their actors, for those who may read it."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.moderation.queries import full_log
from campaigns.domain.moderation.verdicts import REASON_LABELS, VERDICT_LABELS
from campaigns.web.guards import must, needs
from campaigns.web.locale import language
from campaigns.web.review.labels import KIND_LABELS

page = Blueprint("log", __name__)
SHOWN = 100


@page.get("/log")
@needs(Permission.SEE_LOG)
def show() -> ResponseReturnValue:
    """Newest first; `before` is the number of the oldest row already read."""
    must(Permission.SEE_LOG)
    before = request.args.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 18):
        abort(404)
    rows = full_log(SHOWN, int(before) if before else None)
    known = {campaign.id for _decision, campaign in rows if campaign}
    return render_template(
        "review/log.html",
        rows=rows,
        cards=cards_of(list(known), language().code),
        kinds=KIND_LABELS,
        verdicts=VERDICT_LABELS,
        reasons=REASON_LABELS,
    )
