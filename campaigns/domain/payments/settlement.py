"""`settle`: the one way an attempt becomes paid, whoever asks: callback, sweeper, unverified list.

Claim by a conditional update with a lease and commit; ask the gateway with no transaction open; then one
transaction that moves the attempt and posts to the ledger. Repeated, lost or raced, one payment is posted
once: the claim lets one in, the conditional update to PAID lets one through, and the ledger's idempotency key
is unique.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.engine import passing, single
from campaigns.base.extensions import db
from campaigns.domain.payments import capture, receipts
from campaigns.domain.payments.claims import Claimed, claim, claim_back
from campaigns.domain.payments.contract import Gateway, Outcome, VerifyResult
from campaigns.domain.payments.events import event, note
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import GATEWAY_DECIDES_WITHIN, State, pause_after

Finder = Callable[[str, int | None], Gateway | None]
NEGATIVE = frozenset({Outcome.NOT_PAID, Outcome.REVERSED, Outcome.REFUNDED})

_attempt = PaymentAttempt.__table__.c
_RELEASE = update(PaymentAttempt.__table__).where(  # type: ignore[arg-type]
    _attempt.id == bindparam("attempt"),
    _attempt.state == State.VERIFYING.value,
    _attempt.lease_until == bindparam("lease"),
)
"""Sets the columns it is run with."""


def settle(attempt_id: int, gateway: Gateway, source: str, payload: Mapping[str, Any] | None = None) -> State:
    """Asks the gateway and books what it says. Safe to call any number of times, from anywhere.

    Commits, and leaves no transaction open. An attempt that somebody else is asking about, or that needs no
    asking, stays as it is.
    """
    claimed = claim(attempt_id, source, payload)
    if claimed is not None and gateway.capabilities().receipt_by_callback:
        claimed = claimed.with_receipt()
    if claimed is None and source == "callback":
        note(event(attempt_id, source, "repeated", None, payload))
    db.session.commit()
    return state_of(attempt_id) if claimed is None else _ask(claimed, gateway)


def settle_back(
    public_id: str, name: str, gateway_ref: str, payload: Mapping[str, Any], gateway_of: Finder
) -> str | None:
    """The same for a donor who comes back: their tracking code. None, and nothing done, when there is nothing
    to claim: the attempt is unknown, settled, or somebody is asking, or the reference is not its own. Commits.

    `name` is the gateway in the address; `gateway_of` finds the terminal that the attempt was begun with.
    """
    with passing(), single():
        found = claim_back(public_id, name, gateway_ref, payload)
        db.session.commit()
    if found is None:
        return None
    claimed, code = found
    gateway = gateway_of(claimed.gateway, claimed.account_id)
    if gateway is None:
        book(claimed, VerifyResult(Outcome.UNKNOWN, raw={"code": "no_terminal"}))
    else:
        _ask(claimed, gateway)
    return code


def book(claimed: Claimed, result: VerifyResult) -> State:
    """Writes down one answer about a claimed attempt. Commits."""
    try:
        after = State.PAID if _at_once(claimed, result) else _apply(claimed, result)
        db.session.commit()
    except IntegrityError:  # the receipt belongs to another attempt: no new money
        db.session.rollback()
        after = capture.review(claimed, "duplicate_receipt", replace(result, receipt_ref=None))
        db.session.commit()
    return after


def note_cancelled(attempt_id: int, payload: Mapping[str, Any]) -> None:
    """The donor came back saying no. A hint that anyone can forge: it is kept and still polled. Commits."""
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == attempt_id, PaymentAttempt.state == State.REDIRECTED.value)
        .values(state=State.SOFT_CANCELLED.value, next_check_at=now() + pause_after(1))
        .execution_options(synchronize_session=False)
    )
    moved = done.rowcount == 1  # type: ignore[attr-defined]
    note(event(attempt_id, "callback", "cancelled", State.SOFT_CANCELLED if moved else None, payload))
    db.session.commit()


def state_of(attempt_id: int) -> State:
    """The state an attempt is in now. Ends the transaction."""
    state = capture.present_state(attempt_id)
    db.session.commit()
    return state


def _ask(claimed: Claimed, gateway: Gateway) -> State:
    result = gateway.verify(claimed.request)
    if result.outcome in NEGATIVE:
        result = _second_look(gateway, claimed, result)
    return book(claimed, result)


def _second_look(gateway: Gateway, claimed: Claimed, negative: VerifyResult) -> VerifyResult:
    """A no is a no only when an inquiry says so too, or when the donor has had all the time there is."""
    can, age = gateway.capabilities(), now() - claimed.created_at
    if can.inquiry:
        seen = gateway.inquire(claimed.request).outcome
        if seen in NEGATIVE:
            return negative
        return replace(negative, outcome=Outcome.PENDING if seen is Outcome.PENDING else Outcome.UNKNOWN)
    if can.receipt_by_callback:
        return _of_one_receipt(claimed, negative, over=age > can.payer_window + can.verify_window)
    return negative if age > GATEWAY_DECIDES_WITHIN else replace(negative, outcome=Outcome.PENDING)


def _of_one_receipt(claimed: Claimed, negative: VerifyResult, *, over: bool) -> VerifyResult:
    """A no to one receipt leaves room for another, until the time for that is `over`.

    «Given back» is no answer where an earlier question about this receipt had none: it may have been verified
    by that one, and only a person can find out.
    """
    if negative.outcome is Outcome.REVERSED and claimed.receipt_asked:
        return replace(negative, outcome=Outcome.UNKNOWN)
    receipts.refuse(claimed.attempt_id, claimed.request.receipt_ref or "")
    another = receipts.waiting(claimed.attempt_id) is not None
    ended = not another and (over or negative.outcome is Outcome.REVERSED)
    return negative if ended else replace(negative, outcome=Outcome.PENDING)


def _at_once(claimed: Claimed, result: VerifyResult) -> bool:
    """A receipt or an event that is in the book already is for the careful way to find, in a transaction of its own."""
    try:
        return result.outcome.verified and capture.at_once(claimed, result)
    except IntegrityError:
        db.session.rollback()
        return False


def _apply(claimed: Claimed, result: VerifyResult) -> State:
    if result.outcome.verified:
        return capture.paid(claimed, result)
    if result.outcome is Outcome.MISMATCH:
        return capture.review(claimed, "mismatch", result, captured=result.rials or 0)
    if result.outcome in NEGATIVE:
        return _release(claimed, State.NOT_PAID, None, result)
    pause = max(pause_after(claimed.tries), timedelta(seconds=result.retry_after_seconds or 0))
    return _release(claimed, State.VERIFYING, pause, result)


def _release(claimed: Claimed, after: State, pause: timedelta | None, result: VerifyResult) -> State:
    """Gives the lease back. Who has lost it meanwhile has no say about an answer without money."""
    values = {
        "attempt": claimed.attempt_id,
        "lease": claimed.lease_until,
        "state": after.value,
        "lease_until": None,
        "next_check_at": now() + pause if pause else None,
    }
    moved = db.session.execute(_RELEASE, values).rowcount == 1  # type: ignore[attr-defined]
    heard = result.outcome.value
    said = event(
        claimed.attempt_id, "verify", heard, after if moved else None, result.raw, before="verifying"
    )
    note(claimed.asked, said)
    return after if moved else capture.present_state(claimed.attempt_id)
