"""Refunds: requested by one person, approved by another, sent, done or failed. None of these commit.

Money goes back to the card it came from, and nowhere else. What is asked for is reserved on the payment by one
conditional update, so all refunds together never exceed what was captured, whoever asks at once.
"""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.breaches import payouts_frozen
from campaigns.domain.ledger.queries import balance, source_of
from campaigns.domain.payments.events import open_item
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import State
from campaigns.domain.refunds import posting
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund, RefundStep
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.states import RefundState, walk

LEAST_RIALS = 20_000
"""Gateways give back no less."""


def request(attempt: PaymentAttempt, actor: User, rials: int, reason: Reason, text: str) -> Refund:
    """The first person asks for `rials` of a paid gift to go back.

    Raises `Refused`: `amount` too small or no whole number, `evidence` missing, `captured`: more than is left,
    `reversed`: no campaign has the money (any more).
    """
    source = source_of(("attempt", attempt.id))
    if source is None:
        raise Refused("reversed")
    return reserve(attempt, State.PAID, actor, rials, reason, text, *source)


def reserve(
    attempt: PaymentAttempt,
    state: State,
    actor: User,
    rials: int,
    reason: Reason,
    text: str,
    account: str,
    campaign_id: int | None,
) -> Refund:
    """A refund of money that `account` has, if the payment is in `state` and has so much left. Raises `Refused`."""
    if type(rials) is not int or rials < LEAST_RIALS:
        raise Refused("amount")
    if not text.strip():
        raise Refused("evidence")
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
    refund = Refund(
        attempt_id=attempt.id,
        gateway=attempt.gateway,
        rials=rials,
        account=account,
        campaign_id=campaign_id,
        reason_code=reason.value,
        reason_text=text.strip(),
        state=RefundState.REQUESTED.value,
        requested_by_id=actor.id,
    )
    db.session.add(refund)
    db.session.flush()
    _write(refund, "", actor, text)
    return refund


def approve(refund: Refund, actor: User, note: str = "") -> None:
    """The second person agrees: the book owes it to the donor. Raises `Refused` or `WrongStep`.

    `own`: asked for by the same person, `reversed`: no campaign has it any more, `spent`: its bucket has not enough
    left, `frozen`: the money does not add up.
    """
    _may_leave()
    if refund.requested_by_id == actor.id:
        raise Refused("own")
    if refund.campaign_id is not None and source_of(("attempt", refund.attempt_id)) is None:
        raise Refused("reversed")
    before = walk(refund, RefundState.APPROVED, approved_by_id=actor.id, approved_at=now())
    accounts.hold(refund.account)  # who approves a spending from it waits, and sees what is left
    if balance(refund.account) < refund.rials:
        raise Refused("spent")
    _write(refund, before, actor, note)
    posting.owe(refund, actor)


def refuse(refund: Refund, actor: User, note: str) -> None:
    """A second person says no, or the first one takes it back, and why. Raises `Refused` or `WrongStep`."""
    _said(note)
    before = walk(refund, RefundState.REFUSED, ended_at=now())
    _write(refund, before, actor, note)
    _release(refund)


def send(refund: Refund, actor: User, provider_ref: str) -> None:
    """Somebody has ordered it at the gateway, which named it `provider_ref`.

    Raises `Refused` (`evidence`: no reference; `reference`: another refund has it; `frozen`) or `WrongStep`.
    """
    _may_leave()
    _said(provider_ref)
    try:
        before = walk(refund, RefundState.SENT, provider_ref=provider_ref.strip(), sent_at=now())
    except IntegrityError:
        raise Refused("reference") from None
    _write(refund, before, actor, provider_ref)


def finish(refund: Refund, actor: User, note: str = "") -> None:
    """The gateway or the bank confirms that the donor has it. Raises `WrongStep`."""
    before = walk(refund, RefundState.DONE, ended_at=now())
    _write(refund, before, actor, note)
    posting.settle(refund, actor)


def fail(refund: Refund, actor: User, note: str) -> None:
    """The gateway or the bank definitely says no: everything is as before it. Raises `Refused` or `WrongStep`.

    Money no campaign has waits for a decision again.
    """
    _said(note)
    before = walk(refund, RefundState.FAILED, ended_at=now())
    _write(refund, before, actor, note)
    _release(refund)
    posting.take_back(refund, actor)
    if refund.campaign_id is None:
        open_item("refund_failed", refund.public_id, {"rials": refund.rials}, refund.attempt_id)


def _release(refund: Refund) -> None:
    db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == refund.attempt_id)
        .values(refund_reserved_rials=PaymentAttempt.refund_reserved_rials - refund.rials)
        .execution_options(synchronize_session=False)
    )


def _may_leave() -> None:
    if payouts_frozen():
        raise Refused("frozen")


def _said(words: str) -> None:
    if not words.strip():
        raise Refused("evidence")


def _write(refund: Refund, before: str, actor: User, note: str) -> None:
    step = RefundStep(
        refund_id=refund.id, before=before, after=refund.state, actor_id=actor.id, note=note.strip()
    )
    db.session.add(step)
    db.session.flush()
