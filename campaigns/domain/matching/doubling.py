"""Doubling one gift out of the open pools, in their order: where one has not enough left, the next adds the rest.

None of these commit.
"""

from sqlalchemy import select, update

from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.matching.models import MatchPool, State
from campaigns.domain.matching.queries import MATCH


def double(gift: LedgerTxn, rials: int) -> bool:
    """A rial for each, as far as the pools go. Whether any pool added something."""
    legs = take(gift, rials)
    if legs:
        _post(f"match:{gift.idempotency_key}", legs, gift, gift)
    return bool(legs)


def double_again(gift: LedgerTxn, first: LedgerTxn, cause: LedgerTxn, rials: int) -> bool:
    """So much of what was taken back is added again, as far as the pools of its day still go.

    `first` is the transaction that doubled it, `cause` the one with which the gift stands again.
    """
    legs = take(gift, rials)
    if legs:
        _post(f"rematch:{cause.idempotency_key}", legs, gift, cause, (MATCH, first.id))
    return bool(legs)


def take(gift: LedgerTxn, rials: int) -> list[Leg]:
    """Takes up to `rials` out of the pools that cover this gift; one leg for each pool that gave."""
    assert gift.campaign_id is not None
    own = own_account(gift)
    legs: list[Leg] = []
    for pool in open_pools():
        part = min(rials, pool.left_rials)
        if part > 0 and _covers(pool, gift) and _take(pool, part):
            legs.append(Leg(accounts.pool(pool.public_id), own, part))
            rials -= part
    return legs


def own_account(gift: LedgerTxn) -> str:
    """A free gift of the sponsor, whatever the intent of the gift it doubles: that one is its giver's alone."""
    assert gift.campaign_id is not None
    return accounts.campaign(gift.campaign_id, Intent.SADAQAH.value)


def open_pools() -> list[MatchPool]:
    """Those that have something left, in the order they are used."""
    query = select(MatchPool).where(
        MatchPool.state == State.OPEN.value,
        MatchPool.matched_rials + MatchPool.out_rials < MatchPool.cap_rials,
    )
    ordered = query.order_by(MatchPool.position, MatchPool.id)
    return list(db.session.scalars(ordered.execution_options(populate_existing=True)))


def _covers(pool: MatchPool, gift: LedgerTxn) -> bool:
    here = pool.campaign_id in {None, gift.campaign_id}
    was_open = pool.decided_at is not None and gift.occurred_at >= pool.decided_at
    return here and was_open and pool.first_day <= tehran_day(gift.occurred_at) <= pool.last_day


def _take(pool: MatchPool, rials: int) -> bool:
    """False: somebody closed it meanwhile. The row itself refuses to pass the cap, whatever this process believes."""
    taken = (
        update(MatchPool)
        .where(MatchPool.id == pool.id, MatchPool.state == State.OPEN.value)
        .values(matched_rials=MatchPool.matched_rials + rials)
        .execution_options(synchronize_session=False)
    )
    done = bool(db.session.execute(taken).rowcount == 1)  # type: ignore[attr-defined]
    db.session.refresh(pool)
    return done


def _post(
    key: str,
    legs: list[Leg],
    gift: LedgerTxn,
    cause: LedgerTxn,
    reference: tuple[str, int] | None = None,
) -> None:
    post(
        key,
        Kind.MATCH,
        legs,
        occurred_at=cause.occurred_at,
        campaign_id=gift.campaign_id,
        reference=reference,
    )
