"""Refunds: requested by one person, approved by another, sent, done or failed. None of these commit.

Money goes back to the card it came from, and nowhere else. What is asked for is reserved on the payment by one
conditional update, so all refunds together never exceed what was captured, whoever asks at once. What a campaign has
spent already is not there to be given back: its bucket is held while a refund is approved.

A reversal is a refund that the gateway itself carries out, of the whole payment and within its time (`reversals`).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.breaches import payouts_frozen
from campaigns.domain.ledger.queries import source_of
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.payments.moves import move
from campaigns.domain.payments.states import State
from campaigns.domain.refunds import endings, posting
from campaigns.domain.refunds.errors import Refused, Spent
from campaigns.domain.refunds.holding import held_free
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.queries import another_payment
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.states import RefundState, WrongStep, may_walk, walk
from campaigns.domain.refunds.steps import said, write

LEAST_RIALS = 20_000
"""Gateways give back no less."""


def request(
    attempt: PaymentAttempt,
    actor: User,
    rials: int,
    reason: Reason,
    text: str,
    reverse_until: datetime | None = None,
) -> Refund:
    """The first person asks for `rials` of a paid gift to go back; `reverse_until`: by the gateway itself, all of it.

    Raises `Refused`: `amount` too small or no whole number, `evidence` missing, `captured`: more than is left,
    `reversed`: no campaign has the money (any more), `spent`: it was spent; of a reversal also `late`, `whole`: not
    all of it, `another`: the same gift has another payment.
    """
    source = source_of(("attempt", attempt.id))
    if source is None:
        raise Refused("reversed")
    return reserve(attempt, State.PAID, actor, rials, reason, text, *source, reverse_until)


def reserve(
    attempt: PaymentAttempt,
    state: State,
    actor: User,
    rials: int,
    reason: Reason,
    text: str,
    account: str,
    campaign_id: int | None,
    reverse_until: datetime | None = None,
) -> Refund:
    """A refund of money that `account` has, if the payment is in `state` and has so much left. Raises `Refused`."""
    least = 1 if reason is Reason.DISPUTE else LEAST_RIALS
    if type(rials) is not int or rials < least:
        raise Refused("amount")
    said(text)
    if reverse_until is not None:
        _may_be_reversed(attempt, rials, campaign_id, reverse_until)
    if rials > attempt.captured_rials - attempt.refund_reserved_rials:
        raise Refused("captured")
    if campaign_id is not None:
        _cover(attempt.id, account, rials)
    _take(attempt, state, rials)
    facts = {"attempt_id": attempt.id, "campaign_id": campaign_id, "reverse_until": reverse_until}
    return _asked(attempt.gateway, rials, reason, text, actor, account=account, **facts)


def reserve_unknown(item: ReviewItem, actor: User, rials: int, reason: Reason, text: str) -> Refund:
    """A refund of money of no payment of ours: its gateway knows whose card it came from. Raises `Refused`."""
    said(text)
    gateway = item.detail["gateway"]
    return _asked(gateway, rials, reason, text, actor, account=accounts.UNALLOCATED, item_id=item.id)


def approve(refund: Refund, actor: User, note: str = "") -> None:
    """The second person agrees: the book owes it to the donor, or the gateway is asked.

    Raises `WrongStep` or `Refused`: `own`: asked for by the same person, `reversed`: no campaign has it any more,
    `spent`: it spent it meanwhile, `frozen`: the money does not add up, `late` or `another`: it cannot be a reversal
    any more.
    """
    _may_leave()
    if refund.requested_by_id == actor.id:
        raise Refused("own")
    if refund.attempt is not None and refund.reverse_until is not None:
        _may_be_reversed(refund.attempt, refund.rials, refund.campaign_id, refund.reverse_until)
    if refund.campaign_id is not None and refund.attempt_id is not None:
        accounts.hold(refund.account)
        _undecided(refund)
        _cover(refund.attempt_id, refund.account, refund.rials)
    before = walk(refund, RefundState.APPROVED, approved_by_id=actor.id, approved_at=now())
    write(refund, before, actor, note)
    _leaves_its_state(refund)
    if not refund.is_reversal:
        posting.owe(refund, actor)
    if refund.is_dispute:  # the bank has begun it: nobody has anything to send
        before = walk(refund, RefundState.SENT, sent_at=now())
        write(refund, before, actor, "")


def refuse(refund: Refund, actor: User, note: str) -> None:
    """A second person says no, or the first one takes it back, and why. Raises `Refused` or `WrongStep`."""
    said(note)
    before = walk(refund, RefundState.REFUSED, ended_at=now())
    write(refund, before, actor, note)
    endings.release(refund)


def send(refund: Refund, actor: User, provider_ref: str) -> None:
    """Somebody has ordered it at the gateway, which named it `provider_ref`.

    Raises `Refused` (`evidence`: no reference; `reference`: another refund has it; `frozen`) or `WrongStep`.
    """
    _may_leave()
    said(provider_ref)
    if refund.is_reversal:
        raise WrongStep(RefundState.SENT.value)
    try:
        before = walk(refund, RefundState.SENT, provider_ref=provider_ref.strip(), sent_at=now())
    except IntegrityError:
        raise Refused("reference") from None
    write(refund, before, actor, provider_ref)


def finish(refund: Refund, actor: User, note: str = "") -> None:
    """The gateway or the bank confirms that the donor has it. Raises `WrongStep`."""
    endings.finish(refund, actor, note)


def fail(refund: Refund, actor: User, note: str) -> None:
    """The gateway or the bank definitely says no: everything is as before it. Raises `Refused` or `WrongStep`.

    Money no campaign has waits for a decision again.
    """
    said(note)
    endings.fail(refund, actor, note)


def _take(attempt: PaymentAttempt, state: State, rials: int) -> None:
    """Reserves so much of the payment, whoever else does at the same moment."""
    after = PaymentAttempt.refund_reserved_rials + rials
    done = db.session.execute(
        update(PaymentAttempt)
        .where(
            PaymentAttempt.id == attempt.id,
            PaymentAttempt.state == state.value,
            after <= PaymentAttempt.captured_rials,
        )
        .values(refund_reserved_rials=after)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("captured")


def _asked(gateway: str, rials: int, reason: Reason, text: str, actor: User, **facts: Any) -> Refund:
    refund = Refund(
        gateway=gateway,
        rials=rials,
        reason_code=reason.value,
        reason_text=text.strip(),
        state=RefundState.REQUESTED.value,
        requested_by_id=actor.id,
        **facts,
    )
    db.session.add(refund)
    db.session.flush()
    write(refund, "", actor, text)
    return refund


def _may_be_reversed(attempt: PaymentAttempt, rials: int, campaign_id: int | None, until: datetime) -> None:
    if now() > until:
        raise Refused("late")
    if rials != attempt.captured_rials:
        raise Refused("whole")
    if campaign_id is not None and another_payment(attempt):
        raise Refused("another")


def _cover(attempt_id: int, account: str, rials: int) -> None:
    """Whether the campaign still has it: what it spent cannot be given back. Holds the bucket, before any other row:
    nobody deadlocks.
    """
    free = held_free(account)
    if source_of(("attempt", attempt_id)) is None:
        raise Refused("reversed")
    if rials > free:
        raise Spent(free)


def _undecided(refund: Refund) -> None:
    """Said before anything else: what is decided already was not spent, it is decided."""
    db.session.refresh(refund)
    if not may_walk(refund.state, RefundState.APPROVED):
        raise WrongStep(RefundState.APPROVED.value)


def _leaves_its_state(refund: Refund) -> None:
    """A payment that goes back by its gateway, and one that no campaign has, is REVERSING from now on (T14, T15)."""
    if refund.attempt_id is None or not (refund.is_reversal or refund.campaign_id is None):
        return
    only = State.PAID if refund.campaign_id is not None else State.REVIEW
    if not move(refund.attempt_id, State.REVERSING, "decision", "approved", only=only):
        raise Refused("moved")
    if refund.is_reversal:
        due = {"next_check_at": now(), "tries": 0}
        db.session.execute(
            update(PaymentAttempt)
            .where(PaymentAttempt.id == refund.attempt_id)
            .values(**due)
            .execution_options(synchronize_session=False)
        )


def _may_leave() -> None:
    if payouts_frozen():
        raise Refused("frozen")
