"""How a refund ends: the money is with its payer, or everything is as before it. None of these commit.

The payment ends with it: one that was taken back is REVERSED, one that could not be is what it was (T16, T17).
"""

from sqlalchemy import update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.payments.events import open_item
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.moves import move
from campaigns.domain.payments.states import State
from campaigns.domain.refunds import posting
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.states import ItemState, RefundState, walk
from campaigns.domain.refunds.steps import write


def finish(refund: Refund, actor: User, note: str) -> None:
    """The donor has it. Raises `WrongStep`."""
    before = walk(refund, RefundState.DONE, ended_at=now())
    write(refund, before, actor, note)
    if refund.attempt_id is not None and _ends_payment(refund):
        move(refund.attempt_id, State.REVERSED, "refund", "done")
    if refund.is_reversal:
        posting.reverse(refund, actor)
    else:
        posting.settle(refund, actor)


def fail(refund: Refund, actor: User, note: str) -> None:
    """It is as before. What no campaign has waits for people again. Raises `WrongStep`."""
    before = walk(refund, RefundState.FAILED, ended_at=now())
    write(refund, before, actor, note)
    release(refund)
    if refund.attempt_id is not None and _ends_payment(refund):
        was = State.PAID if refund.campaign_id is not None else State.REVIEW
        move(refund.attempt_id, was, "refund", "failed", only=State.REVERSING)
    if not refund.is_reversal:
        posting.take_back(refund, actor)
    if refund.item is not None:
        walk(refund.item, ItemState.OPEN, closed_at=None)
    elif refund.campaign_id is None:
        open_item("refund_failed", refund.public_id, {"rials": refund.rials}, refund.attempt_id)


def release(refund: Refund) -> None:
    """What was reserved on the payment may be asked for again."""
    db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == refund.attempt_id)
        .values(refund_reserved_rials=PaymentAttempt.refund_reserved_rials - refund.rials)
        .execution_options(synchronize_session=False)
    )


def _ends_payment(refund: Refund) -> bool:
    return refund.is_reversal or refund.campaign_id is None
