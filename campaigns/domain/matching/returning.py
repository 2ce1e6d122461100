"""A double goes back to its pool with the gift it doubled; a gift that stands again is doubled again.

A rial for each: of a gift that went back in part, the sponsor doubles what is left. None of these commit.
"""

from sqlalchemy import func, select, update

from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, mirror, post
from campaigns.domain.ledger.kinds import DIRECT, Kind
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer, LedgerTxn
from campaigns.domain.matching.doubling import double_again, own_account
from campaigns.domain.matching.models import MatchPool
from campaigns.domain.matching.queries import MATCH, is_untouched, taken_for
from campaigns.domain.payments.events import open_item
from campaigns.domain.refunds.holding import held_free
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.states import IN_BOOK

KINDS = (
    Kind.REFUND.value,
    Kind.WHOLE_REFUND.value,
    Kind.GIFT_BACK.value,
    Kind.REVERSAL.value,
    Kind.GIFT_REVERSED.value,
)
"""With these a gift, or a part of it, goes back or stands again."""


def follow(cause: LedgerTxn) -> bool:
    """Brings the double of a gift to what the gift is now. Whether a pool has changed."""
    gift = _gift_of(cause)
    first = _doubling_of(gift) if gift is not None else None
    if gift is None or first is None:
        return False
    taken, stands = taken_for(first), _stands(gift)
    surplus = sum(taken.values()) - stands
    if surplus > 0:
        return _give_back(cause, gift, first, taken, surplus)
    missing = min(stands, _brought(first)) - sum(taken.values())
    return missing > 0 and double_again(gift, first, cause, missing)


def _give_back(
    cause: LedgerTxn, gift: LedgerTxn, first: LedgerTxn, taken: dict[str, int], surplus: int
) -> bool:
    """The last pool first. What the campaign has spent of it cannot go back: then people are asked to look."""
    back = min(surplus, held_free(own_account(gift)))
    if back < surplus:
        detail = {"rials": surplus - max(0, back)}
        open_item("match_spent", cause.public_id, detail, _attempt_id(gift))
    if back <= 0:
        return False
    parts: list[tuple[str, int]] = []
    left = back
    for name, rials in reversed(taken.items()):
        part = min(rials, left)
        if part > 0:
            parts.append((name, part))
            left -= part
    for name, part in parts:
        _into(name, part)
    if back == sum(taken.values()) and is_untouched(first):
        mirror(first.idempotency_key, Kind.UNMATCH, occurred_at=cause.occurred_at)
    else:
        _post(cause, gift, first, parts)
    return True


def _post(cause: LedgerTxn, gift: LedgerTxn, first: LedgerTxn, parts: list[tuple[str, int]]) -> None:
    post(
        f"unmatch:{cause.idempotency_key}",
        Kind.UNMATCH,
        [Leg(own_account(gift), accounts.pool(name), part) for name, part in parts],
        occurred_at=cause.occurred_at,
        campaign_id=gift.campaign_id,
        reference=(MATCH, first.id),
    )


def _into(pool_name: str, rials: int) -> None:
    db.session.execute(
        update(MatchPool)
        .where(MatchPool.public_id == pool_name)
        .values(matched_rials=MatchPool.matched_rials - rials)
        .execution_options(synchronize_session=False)
    )


def _gift_of(cause: LedgerTxn) -> LedgerTxn | None:
    """The gift that a line of the book is about, if it is about one."""
    if cause.reverses_id is not None:
        reversed_ = db.session.get_one(LedgerTxn, cause.reverses_id)
        if reversed_.kind in DIRECT:
            return reversed_
    if cause.reference_kind != "refund":
        return None
    return db.session.scalar(
        select(LedgerTxn)
        .join(Refund, Refund.attempt_id == LedgerTxn.reference_id)
        .where(
            Refund.id == cause.reference_id,
            LedgerTxn.reference_kind == "attempt",
            LedgerTxn.kind == Kind.CAPTURE.value,
        )
    )


def _doubling_of(gift: LedgerTxn) -> LedgerTxn | None:
    return db.session.scalar(
        select(LedgerTxn).where(LedgerTxn.idempotency_key == f"match:{gift.idempotency_key}")
    )


def _stands(gift: LedgerTxn) -> int:
    """Rials of the gift that its campaign has now."""
    if db.session.scalar(select(LedgerTxn.id).where(LedgerTxn.reverses_id == gift.id)) is not None:
        return 0
    gone = select(func.coalesce(func.sum(Refund.rials), 0)).where(
        Refund.attempt_id == _attempt_id(gift),
        Refund.campaign_id == gift.campaign_id,
        Refund.state.in_(IN_BOOK),
        Refund.reverse_until.is_(None),
    )
    return _brought(gift) - int(db.session.scalar(gone) or 0)


def _brought(txn: LedgerTxn) -> int:
    """What a transaction brought to its campaign."""
    query = (
        select(func.coalesce(func.sum(LedgerTransfer.rials), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerTransfer.credit_id)
        .where(LedgerTransfer.txn_id == txn.id, LedgerAccount.campaign_id == txn.campaign_id)
    )
    return int(db.session.scalar(query) or 0)


def _attempt_id(gift: LedgerTxn) -> int | None:
    return gift.reference_id if gift.reference_kind == "attempt" else None
