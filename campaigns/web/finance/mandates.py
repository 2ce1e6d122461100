"""Monthly gifts by contract, for people of the house: which stand how, what was taken, everything that was done.

They look and change nothing: pausing and ending are the donor's. Nobody's address or number is shown.
"""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select

from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope, where_is
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.mandates.queries import (
    by_public_id,
    charges_of,
    mandates,
    open_charges,
    paid_months,
    steps_of,
)
from campaigns.domain.mandates.states import State, Why
from campaigns.web.guards import needs
from campaigns.web.locale import language
from campaigns.web.mandatewords import CHARGE_LABELS

page = Blueprint("mandates", __name__)
STATE_LABELS = {
    State.DRAFT: _l("not yet at the gateway"),
    State.SIGNING: _l("waits for a signature"),
    State.ACTIVE: _l("active"),
    State.PAUSED: _l("paused"),
    State.STOPPED: _l("ended"),
    State.LAPSED: _l("never signed"),
}
WHY_LABELS = {
    Why.DONOR: _l("by the donor"),
    Why.CAMPAIGN: _l("the campaign has ended"),
    Why.RESTS: _l("the campaign rests"),
    Why.REFUSED: _l("the bank knows no contract any more"),
    Why.EXPIRED: _l("the year is over"),
}
STEP_LABELS = {
    "drawn_up": _l("Filled in"),
    "opened": _l("Contract opened at the gateway"),
    "signed": _l("Signed"),
    "lapsed": _l("Never signed"),
    "changed": _l("Amount or day changed"),
    "paused": _l("Paused"),
    "resumed": _l("Resumed"),
    "stopped": _l("Ended on our side"),
    "ended": _l("Ended at the gateway"),
    "not_ended": _l("The gateway did not confirm the end"),
    "month_begun": _l("A month's charge begun"),
    "refused": _l("Refused, to be tried again"),
    "month_paid": _l("Taken"),
    "month_failed": _l("Could not be taken"),
    "month_dropped": _l("Not taken"),
    "month_review": _l("A person looks at the payment"),
}
BY_LABELS = {"donor": _l("the donor"), "worker": _l("the worker"), "gateway": _l("the gateway")}


@page.get("/mandates")
@needs(Permission.SEE_MONEY)
def index() -> ResponseReturnValue:
    state = request.args.get("state", "")
    if state and state not in set(State):
        abort(404)
    scope = scope_of(current_user.id, Permission.SEE_MONEY)
    rows = mandates(in_scope(select(Campaign), scope, current_user.id), state)
    ids = [row.id for row in rows]
    return render_template(
        "finance/mandates.html",
        rows=rows,
        cards=cards_of(sorted({row.campaign_id for row in rows}), language().code),
        states=STATE_LABELS,
        whys=WHY_LABELS,
        chosen=state,
        paid=paid_months(ids),
        waiting=open_charges(ids),
    )


@page.get("/mandates/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    mandate = by_public_id(public_id)
    if mandate is None or not _may(mandate):
        abort(404)
    return render_template(
        "finance/mandate.html",
        mandate=mandate,
        card=cards_of([mandate.campaign_id], language().code)[mandate.campaign_id],
        intent_label=INTENT_LABELS.get(mandate.intent, mandate.intent),
        states=STATE_LABELS,
        whys=WHY_LABELS,
        charges=charges_of(mandate),
        labels=CHARGE_LABELS,
        steps=steps_of(mandate),
        step_labels=STEP_LABELS,
        by_labels=BY_LABELS,
    )


def _may(mandate: Mandate) -> bool:
    return may(current_user.id, Permission.SEE_MONEY, where_is(mandate.campaign))
