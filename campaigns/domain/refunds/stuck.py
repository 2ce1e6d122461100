"""What should have ended long ago is shown to people (R3): a payment nobody answers about, money on its way too long.

An item of this kind closes by itself once what it is about has ended. None of these commit.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Exists, Select, and_, exists, func, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.payments.events import open_item
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent, ReviewItem
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.disputes import DISPUTE
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.states import ItemState, RefundState

VERIFYING, REVERSING, REFUND = "stuck_verifying", "stuck_reversing", "stuck_refund"
VERIFYING_FOR = timedelta(minutes=10)
REVERSING_FOR = timedelta(minutes=5)
REFUND_FOR = timedelta(hours=24)
AT_ONCE = 200
"""Items that one look opens at most: when a gateway is away for hours the next looks open the rest."""


class Stuck(NamedTuple):
    """`name` tells this one from a later one of the same payment."""

    kind: str
    name: str
    attempt_id: int | None
    rials: int


def detect() -> int:
    """Opens an item for everything that is stuck, and closes those that are not any more. Returns how many opened."""
    new = list(_found())
    for one in new:
        open_item(one.kind, one.name, {"rials": one.rials}, one.attempt_id)
    _close_ended()
    return len(new)


def _found() -> Iterator[Stuck]:
    for attempt_id, name, rials in db.session.execute(_verifying().limit(AT_ONCE)):
        yield Stuck(VERIFYING, name, attempt_id, rials)
    for kind, query in ((REVERSING, _reversing()), (REFUND, _sent())):
        for name, whose, rials in db.session.execute(query.limit(AT_ONCE)):
            yield Stuck(kind, name, whose, rials)


def _verifying() -> Select[int, str, int]:
    """Since the last time it was in another state the bank was first asked ten minutes ago, and has not said."""
    mine = PaymentEvent.attempt_id == PaymentAttempt.id
    other = select(func.coalesce(func.max(PaymentEvent.id), 0)).where(
        mine, PaymentEvent.after.not_in(("", State.VERIFYING.value))
    )
    long_ago = exists().where(
        mine,
        PaymentEvent.after == State.VERIFYING.value,
        PaymentEvent.heard_at < now() - VERIFYING_FOR,
        PaymentEvent.id > other.correlate(PaymentAttempt).scalar_subquery(),
    )
    return (
        select(PaymentAttempt.id, PaymentAttempt.public_id, PaymentAttempt.rials)
        .where(
            PaymentAttempt.state == State.VERIFYING.value,
            long_ago,
            ~_told(PaymentAttempt.public_id, VERIFYING),
        )
        .order_by(PaymentAttempt.id)
    )


def _reversing() -> Select[str, int | None, int]:
    return _refunds(REVERSING).where(
        Refund.reverse_until.is_not(None),
        Refund.state.in_((RefundState.APPROVED.value, RefundState.SENT.value)),
        Refund.approved_at < now() - REVERSING_FOR,
    )


def _sent() -> Select[str, int | None, int]:
    return _refunds(REFUND).where(
        Refund.reverse_until.is_(None),
        Refund.state == RefundState.SENT.value,
        Refund.reason_code != Reason.DISPUTE.value,  # banks take weeks, and its own item is open
        Refund.sent_at < now() - REFUND_FOR,
    )


def _refunds(kind: str) -> Select[str, int | None, int]:
    query = select(Refund.public_id, Refund.attempt_id, Refund.rials)
    return query.where(~_told(Refund.public_id, kind)).order_by(Refund.id)


def _told(public_id: Any, kind: str) -> Exists:
    """People were asked to look at it before."""
    return exists().where(ReviewItem.dedupe_key == f"{kind}:" + public_id)


def _close_ended() -> None:
    verifying = exists().where(
        PaymentAttempt.id == ReviewItem.attempt_id, PaymentAttempt.state == State.VERIFYING.value
    )
    on_its_way = exists().where(
        ReviewItem.dedupe_key == ReviewItem.kind + ":" + Refund.public_id,
        Refund.state.in_((RefundState.APPROVED.value, RefundState.SENT.value)),
    )
    undecided = exists().where(
        ReviewItem.dedupe_key == ReviewItem.kind + ":" + Refund.public_id, Refund.ended_at.is_(None)
    )
    for ended in (
        and_(ReviewItem.kind == VERIFYING, ~verifying),
        and_(ReviewItem.kind == DISPUTE, ~undecided),
        and_(ReviewItem.kind.in_((REVERSING, REFUND)), ~on_its_way),
    ):
        db.session.execute(
            update(ReviewItem)
            .where(ReviewItem.state == ItemState.OPEN.value, ended)
            .values(state=ItemState.CLOSED.value, closed_at=now())
            .execution_options(synchronize_session=False)
        )
