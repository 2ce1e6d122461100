"""Taking the money of a month: the ordinary engine of payments, with a checkout in the place of a donor at the bank.

What keeps a donor from being charged twice, whatever is lost, repeated or killed:

* one row for a mandate and a month, with one gift; one process alone works at it (`holding`);
* that a checkout is sent is written down and committed before it is sent; whoever finds that note asks the gateway
  what became of it before anything else;
* the same session is used again as long as the gateway does not say for certain that it ended without money, and a
  session pays once at the bank, however often it is checked out;
* only `settle` makes it paid, as for every other gift.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import exists, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.months import month_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.mandates import letters
from campaigns.domain.mandates.actions import stop
from campaigns.domain.mandates.holding import Held, due, end, hold, keep, later
from campaigns.domain.mandates.letters import Link
from campaigns.domain.mandates.models import Mandate, MandateCharge
from campaigns.domain.mandates.signatures import opened
from campaigns.domain.mandates.states import RETRIES, RETRY_AFTER, ChargeState, State, Why
from campaigns.domain.mandates.steps import noted
from campaigns.domain.payments.actions import Begun, begin, hand_off
from campaigns.domain.payments.contract import Gateway, Outcome
from campaigns.domain.payments.debits import Answer, DirectDebit, Said, debit_of
from campaigns.domain.payments.events import event, note
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.settlement import NEGATIVE, settle
from campaigns.domain.payments.states import State as Paying
from campaigns.domain.payments.sweeper import SEES_MONEY
from campaigns.domain.payments.terminals import key

MOST_SENDS = 3
"""A session that stays unpaid after so many checkouts without a clear answer counts as refused for this day."""
NEVER_OPENED = frozenset({Paying.REQUEST_FAILED, Paying.EXPIRED})
KNOWN = frozenset({Paying.PAID, Paying.REVIEW})


@dataclass(frozen=True)
class Till:
    """Where one charge is taken."""

    gateway: Gateway
    debit: DirectDebit
    link: Link


def take_due(gateways: Mapping[str, Gateway], link: Link, limit: int = 20) -> int:
    """Works at the charges whose turn it is. Returns how many. Commits on its own."""
    query = select(MandateCharge.mandate_id, MandateCharge.month).where(*due(now()))
    rows = db.session.execute(query.order_by(MandateCharge.next_try_at).limit(limit)).all()
    db.session.commit()
    for mandate_id, month in rows:
        held = hold(mandate_id, month)
        if held is not None:
            _work(held, gateways, link)
        db.session.commit()
    return len(rows)


def _work(held: Held, gateways: Mapping[str, Gateway], link: Link) -> None:
    mandate = db.session.get_one(Mandate, held.mandate_id)
    gateway = gateways.get(key(mandate.gateway, mandate.account_id))
    debit = debit_of(gateway)
    if gateway is None or debit is None:
        later(held)
        return
    till = Till(gateway, debit, link)
    if held.attempt_state in KNOWN:
        _close(held, till)
    elif not held.opened:
        _open(held, till)
    elif held.asked or held.attempt_state is not Paying.REDIRECTED:
        _look(held, till)
    else:
        _check_out(held, till)


def _open(held: Held, till: Till) -> None:
    """A session at the gateway. One that was lost on the way is harmless: nobody checked it out."""
    if not held.wanted:
        end(held, ChargeState.DROPPED)
        return
    if held.attempt_state in NEVER_OPENED:
        _afresh(held, till)
        return
    charge = db.session.get_one(MandateCharge, (held.mandate_id, held.month))
    row, mandate = charge.attempt, charge.mandate
    account_id, mobile = mandate.account_id or 0, charge.gift.mobile
    begun = Begun(row.id, row.public_id, row.numeric_ref, row.rials, mobile, account_id)
    back = till.link(mandate.language, "give.callback.back", gateway=row.gateway, public_id=row.public_id)
    with force_locale(mandate.language):
        words = _("Gift to a campaign, %(code)s", code=mandate.campaign.short_code)
    db.session.commit()
    done = hand_off(begun, till.gateway, back, words)
    later(held, at_once=done.state is Paying.REDIRECTED)


def _afresh(held: Held, till: Till) -> None:
    """Another payment for the same gift. Only once it is certain that nothing was taken by the one before."""
    charge = db.session.get_one(MandateCharge, (held.mandate_id, held.month))
    attempt = begin(charge.gift, till.gateway, charge.mandate.account_id or 0)
    if keep(held, attempt_id=attempt.id, asked_at=None, sends=0):
        later(held, at_once=True)
    else:
        db.session.rollback()


def _look(held: Held, till: Till) -> None:
    """Before anything else: what became of it."""
    db.session.commit()
    seen = till.gateway.inquire(held.request).outcome
    if seen in SEES_MONEY:
        _settle(held, till)
    elif seen in NEGATIVE:
        _no_money(held, till)
    elif seen is not Outcome.PENDING:
        later(held)
    elif not held.wanted:
        end(held, ChargeState.DROPPED)
    elif held.asked and held.sends >= MOST_SENDS:
        _refused(held, till)
    else:
        _check_out(held, till)


def _no_money(held: Held, till: Till) -> None:
    """The session ended without money, for certain."""
    if not held.wanted:
        end(held, ChargeState.DROPPED)
    elif held.asked:
        _refused(held, till)
    else:
        _afresh(held, till)


def _check_out(held: Held, till: Till) -> None:
    """Written down, committed, sent. A mandate that was stopped or paused by then is not charged any more, and none
    whose campaign was frozen.
    """
    mandate = db.session.get_one(Mandate, held.mandate_id, populate_existing=True)
    if mandate.state != State.ACTIVE.value or mandate.campaign.state == CampaignState.FROZEN:
        end(held, ChargeState.DROPPED)
        return
    signature = opened(mandate)
    frozen = exists().where(Campaign.id == mandate.campaign_id, Campaign.state == CampaignState.FROZEN.value)
    still = exists().where(Mandate.id == held.mandate_id, Mandate.state == State.ACTIVE.value) & ~frozen
    if signature is None or not keep(held, still, asked_at=now(), sends=held.sends + 1):
        later(held)
        return
    db.session.commit()
    _heard(held, till.debit.checkout(held.request.gateway_ref, signature), till)


def _heard(held: Held, answer: Answer, till: Till) -> None:
    """What the gateway said of the checkout is a reason to look, and no evidence of money either way."""
    note(event(held.attempt_id, "checkout", answer.said.value, None, answer.raw))
    db.session.commit()
    if answer.said is Said.DONE:
        _settle(held, till)
        return
    if answer.said is Said.UNKNOWN:
        later(held)
        return
    seen = till.gateway.inquire(held.request).outcome
    if seen in SEES_MONEY:
        _settle(held, till)
    elif answer.said is Said.OVER and seen in NEGATIVE | {Outcome.PENDING}:
        _over(held, till)
    elif seen in NEGATIVE:
        _refused(held, till)
    else:
        later(held)


def _settle(held: Held, till: Till) -> None:
    if settle(held.attempt_id, till.gateway, "checkout") in KNOWN:
        _close(held, till)
    else:
        later(held)


def _close(held: Held, till: Till) -> None:
    """Its payment is in the book, or with a person: nothing more is taken for this month."""
    row = db.session.get_one(PaymentAttempt, held.attempt_id, populate_existing=True)
    paid = row.state == Paying.PAID.value
    if end(held, ChargeState.PAID if paid else ChargeState.REVIEW) and paid:
        letters.taken(db.session.get_one(MandateCharge, (held.mandate_id, held.month)), till.link)


def _refused(held: Held, till: Till) -> None:
    """Again on a later day of the month, as often as the contract allows; then the donor is told."""
    charge = db.session.get_one(MandateCharge, (held.mandate_id, held.month), populate_existing=True)
    refusals, again_at = charge.refusals + 1, now() + RETRY_AFTER
    if refusals > RETRIES or month_of(tehran_day(again_at)) != held.month:
        if end(held, ChargeState.FAILED, refusals=refusals):
            letters.not_taken(charge, till.link)
        return
    values = {"refusals": refusals, "asked_at": None, "sends": 0, "tries": 0}
    if keep(held, lease_until=None, next_try_at=again_at, **values):
        noted(held.mandate_id, "refused", "gateway", {"month": held.month, "refusals": refusals})


def _over(held: Held, till: Till) -> None:
    """The bank knows no such contract any more: the mandate stops, and its donor is told."""
    if not end(held, ChargeState.FAILED):
        return
    mandate = db.session.get_one(Mandate, held.mandate_id, populate_existing=True)
    if stop(mandate, Why.REFUSED, "gateway"):
        letters.stopped(mandate, till.link)
