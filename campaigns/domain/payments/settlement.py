"""`settle`: the one way an attempt becomes paid, whoever asks: callback, sweeper, unverified list.

Claim by a conditional update with a lease and commit; ask the gateway with no transaction open; then one transaction
that moves the attempt and posts to the ledger. Repeated, lost or raced, one payment is posted once: the claim lets one
in, the conditional update to PAID lets one through, and the ledger's idempotency key is unique.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.payments import capture
from campaigns.domain.payments.contract import Gateway, Outcome, VerifyRequest, VerifyResult
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent
from campaigns.domain.payments.states import CLAIMABLE, LEASE, State, pause_after


@dataclass(frozen=True)
class Claimed:
    """An attempt this process alone may ask about until its lease ends; our own stored facts."""

    attempt_id: int
    tries: int
    request: VerifyRequest


def settle(attempt_id: int, gateway: Gateway, source: str, payload: dict[str, Any] | None = None) -> State:
    """Asks the gateway and books what it says. Safe to call any number of times, from anywhere. Commits."""
    claimed = _claim(attempt_id, source, payload or {})
    if claimed is None:
        return _state(attempt_id)
    result = gateway.verify(claimed.request)
    if result.outcome is Outcome.NOT_PAID:
        result = _second_look(gateway, claimed.request, result)
    return book(claimed, result)


def book(claimed: Claimed, result: VerifyResult) -> State:
    """Writes down one answer about a claimed attempt. Commits."""
    try:
        after = _apply(claimed, result)
        db.session.commit()
    except IntegrityError:  # the receipt is in the book already, or another process was first
        db.session.rollback()
        if _state(claimed.attempt_id) is State.VERIFYING:
            capture.review(claimed.attempt_id, "duplicate_receipt", result)
        db.session.commit()
        after = _state(claimed.attempt_id)
    return after


def note_cancelled(attempt_id: int, payload: dict[str, Any]) -> None:
    """The donor came back saying no. A hint that anyone can forge: it is kept and still polled. Commits."""
    moved = _move(
        attempt_id, (State.REDIRECTED,), State.SOFT_CANCELLED, {"next_check_at": now() + pause_after(1)}
    )
    _event(attempt_id, "callback", State.SOFT_CANCELLED if moved else None, "cancelled", payload)
    db.session.commit()


def _claim(attempt_id: int, source: str, payload: dict[str, Any]) -> Claimed | None:
    moment = now()
    idle = or_(PaymentAttempt.lease_until.is_(None), PaymentAttempt.lease_until < moment)
    free = or_(
        PaymentAttempt.state.in_(CLAIMABLE),
        and_(PaymentAttempt.state == State.VERIFYING.value, idle),
    )
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == attempt_id, PaymentAttempt.gateway_ref.is_not(None), free)
        .values(state=State.VERIFYING.value, lease_until=moment + LEASE, tries=PaymentAttempt.tries + 1)
        .execution_options(synchronize_session=False)
    )
    claimed = None
    if done.rowcount == 1:  # type: ignore[attr-defined]
        attempt = db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True)
        facts = VerifyRequest(
            attempt.gateway_ref or "", attempt.rials, attempt.numeric_ref, attempt.receipt_ref
        )
        claimed = Claimed(attempt_id, attempt.tries, facts)
    _event(
        attempt_id,
        source,
        State.VERIFYING if claimed else None,
        "claimed" if claimed else "repeated",
        payload,
    )
    db.session.commit()
    return claimed


def _second_look(gateway: Gateway, request: VerifyRequest, negative: VerifyResult) -> VerifyResult:
    """A no is a no only when an inquiry does not see the donor still at the bank."""
    if not gateway.capabilities().inquiry:
        return negative
    seen = gateway.inquire(request)
    return seen if seen.outcome in {Outcome.PENDING, Outcome.UNKNOWN, Outcome.PAID_UNVERIFIED} else negative


def _apply(claimed: Claimed, result: VerifyResult) -> State:
    attempt_id = claimed.attempt_id
    if result.outcome.verified:
        return capture.paid(attempt_id, result)
    if result.outcome is Outcome.MISMATCH:
        return capture.review(attempt_id, "mismatch", result)
    negative = {Outcome.NOT_PAID, Outcome.REVERSED, Outcome.REFUNDED}
    after = State.NOT_PAID if result.outcome in negative else State.VERIFYING
    again = None if after is State.NOT_PAID else now() + pause_after(claimed.tries)
    moved = _move(attempt_id, (State.VERIFYING,), after, {"lease_until": None, "next_check_at": again})
    _event(attempt_id, "verify", after if moved else None, result.outcome.value, dict(result.raw))
    return after


def _move(attempt_id: int, before: tuple[State, ...], after: State, values: dict[str, Any]) -> bool:
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == attempt_id, PaymentAttempt.state.in_([state.value for state in before]))
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _event(attempt_id: int, source: str, after: State | None, outcome: str, payload: dict[str, Any]) -> None:
    db.session.add(
        PaymentEvent(
            attempt_id=attempt_id,
            source=source,
            after=after.value if after else "",
            outcome=outcome,
            payload=payload,
        )
    )


def _state(attempt_id: int) -> State:
    return State(db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True).state)
