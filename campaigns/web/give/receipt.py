"""The receipt, which is also the page to follow a gift. What it says comes from our book, never from the address."""

from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.clock import now
from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import state_on
from campaigns.domain.campaigns.models import CampaignText
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.queries import claim_of
from campaigns.domain.claims.states import State as ClaimState
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import by_code
from campaigns.domain.counter.gifts import key_of
from campaigns.domain.counter.models import Receipt
from campaigns.domain.counter.queries import receipt_of
from campaigns.domain.goods.pledge_queries import pledge_by_code
from campaigns.domain.insights.gift_in_book import gift_in_book
from campaigns.domain.insights.gift_trace import gift_trace
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.matching.queries import matches_of
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.queries import telling_attempt
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.queries import given_back
from campaigns.domain.refunds.reasons import REASON_LABELS
from campaigns.domain.reminders.queries import of_gift
from campaigns.domain.supporters import thanking
from campaigns.web.counterwords import name_of
from campaigns.web.give.limits import too_fast, wait_to_look
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.render import themed

page = Blueprint("receipt", __name__)
REFRESH_FOR = timedelta(minutes=10)
FACES = {
    State.CREATED: "checking",
    State.REDIRECTED: "checking",
    State.VERIFYING: "checking",
    State.PAID: "paid",
    State.REQUEST_FAILED: "not_paid",
    State.NOT_PAID: "not_paid",
    State.EXPIRED: "not_paid",
    State.SOFT_CANCELLED: "cancelled",
    State.REVIEW: "review",
    State.REVERSING: "reversing",
    State.REVERSED: "refunded",
}


class Paid(NamedTuple):
    """How a gift came. `key`: what the book calls it."""

    paid_at: datetime
    reference: str
    key: str


@page.get("/r/<code>")
@public()
def show(code: str) -> ResponseReturnValue:
    known = parse_code(code)
    contribution = by_code(known) if known else None
    if contribution is None and known is not None and pledge_by_code(known) is not None:
        return redirect(url_for("give.promise.show", code=known), 303)
    if contribution is None or known is None:
        abort(404)
    if code != known:
        return redirect(url_for("give.receipt.show", code=known), 301)
    attempt = telling_attempt(contribution.id)
    claim = claim_of(contribution.id) if attempt is None else None
    if claim is not None and claim.state != ClaimState.CREDITED:
        return redirect(url_for("give.transfer.show", public_id=claim.public_id), 303)
    return _page(contribution, attempt, claim)


@page.get("/track")
@public(writes_on_get=True)
def track() -> ResponseReturnValue:
    """A form for a tracking code; a good code leads to its receipt. Tries are counted, so this GET writes."""
    typed = request.args.get("code", "")[:40]
    if not typed.strip():
        return render_template("give/track.html", typed="", problems=[])
    wait = wait_to_look()
    db.session.commit()
    if wait:
        return too_fast(wait)
    code = parse_code(typed)
    if code is not None and by_code(code) is not None:
        return redirect(url_for("give.receipt.show", code=code), 303)
    if code is not None and pledge_by_code(code) is not None:
        return redirect(url_for("give.promise.show", code=code), 303)
    sentence = (
        _("We know no gift with this code. Look at the letters once more.")
        if code
        else _("A code has eleven letters and digits.")
    )
    return render_template("give/track.html", typed=typed, problems=[("code", sentence)]), 422


def _may_be_reminded(contribution: Contribution) -> bool:
    """While its campaign goes on, and as long as nobody asked for it with this gift. The form looks closer."""
    if of_gift(contribution.id) is not None:
        return False
    state, _since = state_on(contribution.campaign, tehran_day(now()))
    return state is CampaignState.LIVE


def _page(contribution: Contribution, attempt: PaymentAttempt | None, claim: TransferClaim | None) -> str:
    campaign = contribution.campaign
    card = cards_of([campaign.id], language().code)[campaign.id]
    at_counter = receipt_of(contribution.id) if attempt is None and claim is None else None
    face = FACES[State(attempt.state)] if attempt else "paid" if claim else _at_counter(at_counter)
    paid = _paid(attempt, claim, at_counter)
    back = given_back(contribution.id)
    if (contribution.refunded_at is not None and face != "void") or (back and face == "review"):
        face = "refunded"
    elif face == "reversing" and not any(refund.is_reversal for refund in back):
        face = "refunded"  # owed to the donor for certain, and on its way
    text = db.session.get_one(CampaignText, (campaign.id, card.title_language))
    return themed(
        campaign.theme,
        "give/receipt.html",
        gift=contribution,
        attempt=attempt,
        paid=paid,
        face=face,
        back=back,
        reasons=REASON_LABELS,
        book=gift_in_book(contribution) if face in {"paid", "reversing", "refunded", "void"} else None,
        card=card,
        campaign=campaign,
        unit_name=text.unit_name,
        intent_label=INTENT_LABELS.get(contribution.intent, contribution.intent),
        trace=gift_trace(contribution, paid.key, language().code) if paid and face == "paid" else None,
        doubled=matches_of(paid.key) if paid and face == "paid" else [],
        at_counter=at_counter,
        office=name_of(at_counter.office) if at_counter else "",
        reminds=face == "paid" and at_counter is None and _may_be_reminded(contribution),
        thanks=_thanks(contribution) if face == "paid" else "",
        refresh=face == "checking" and now() - contribution.pledged_at < REFRESH_FOR,
    )


def _thanks(contribution: Contribution) -> str:
    thanks = thanking.shown(contribution.id)
    return thanking.text_of(thanks, language().code) if thanks else ""


def _at_counter(receipt: Receipt | None) -> str:
    """How a gift stands that no gateway was asked about."""
    if receipt is None:
        return "not_paid"
    return "void" if receipt.voided_at else "paid"


def _paid(
    attempt: PaymentAttempt | None, claim: TransferClaim | None, receipt: Receipt | None
) -> Paid | None:
    """None: no money has come that we know of."""
    if receipt is not None:
        return Paid(receipt.made_at, receipt.named, key_of(receipt))
    if claim is not None and claim.paid_at is not None and claim.line_id is not None:
        return Paid(claim.paid_at, claim.tracking or "", claim.credit_key)
    if attempt is None or attempt.paid_at is None:
        return None
    return Paid(attempt.paid_at, attempt.bank_ref or attempt.receipt_ref or "", f"cap:{attempt.public_id}")
