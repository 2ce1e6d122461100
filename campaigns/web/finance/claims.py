"""Transfers without a gateway that donors declared: those to look at first."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.domain.accounts.access import scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.claims import queue
from campaigns.domain.claims.states import State
from campaigns.domain.insights.portal import cards_of
from campaigns.web.finance.claim_words import STATE_LABELS
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("claims", __name__)


@page.get("/claims")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    said = request.args.get("state") or State.SUBMITTED.value
    if said not in set(State):
        abort(404)
    scope = scope_of(current_user.id, Permission.SEE_MONEY)
    rows = queue.claims(State(said), scope, current_user.id)
    return render_template(
        "finance/claims.html",
        rows=rows,
        chosen=said,
        counts=queue.counts(scope, current_user.id),
        states=STATE_LABELS,
        cards=cards_of(sorted({row.contribution.campaign_id for row in rows}), language().code),
    )
