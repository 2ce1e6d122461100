"""Closing pools: what is left goes back to its sponsor, or with the sponsor's word to a campaign. By two people.

None of these commit. A pool doubles gifts until the second person agrees; what later comes back to it from gifts that
were given back is closed in the same way.
"""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.breaches import payouts_frozen
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.matching.models import ClosingState, MatchPool, Outcome, PoolClosing, State
from campaigns.domain.matching.pools import STAMP, NoLonger, SamePerson

TAKING = (CampaignState.LIVE, CampaignState.PAUSED, CampaignState.ENDED)  # not while it is frozen
REFERENCE = "pool_closing"


class NothingLeft(Exception):
    """The pool has no money that anything could become of."""


class NotThere(Exception):
    """The campaign takes no money, or none was named."""


class Frozen(Exception):
    """No money leaves while something about it does not add up."""


def propose(
    pool: MatchPool, actor: User, outcome: Outcome, word: str, campaign: Campaign | None = None
) -> PoolClosing:
    """The first person says what the sponsor wants. `campaign`: where it goes; that of the pool, where it has one.

    Raises `NoLonger`, `NothingLeft`, `NotThere`.
    """
    if pool.state not in {State.OPEN, State.CLOSED}:
        raise NoLonger
    if pool.left_rials <= 0:
        raise NothingLeft
    campaign = (pool.campaign or campaign) if outcome is Outcome.GIVE else None
    if outcome is Outcome.GIVE:
        _takes(campaign)
    closing = PoolClosing(
        pool_id=pool.id,
        outcome=outcome.value,
        campaign_id=campaign.id if campaign else None,
        word=word.strip(),
        proposed_by_id=actor.id,
    )
    db.session.add(closing)
    try:
        db.session.flush()
    except IntegrityError:  # another proposal stands
        raise NoLonger from None
    return closing


def agree(closing: PoolClosing, actor: User) -> None:
    """The second person agrees: the pool is closed, and all it has left goes there.

    Raises `SamePerson`, `NoLonger`, `NothingLeft`, `NotThere`, `Frozen`.
    """
    if actor.id == closing.proposed_by_id:
        raise SamePerson
    returns = closing.outcome == Outcome.RETURN
    if returns and payouts_frozen():
        raise Frozen
    if not returns:
        _takes(closing.campaign)
    rials = _emptied(closing.pool_id)
    after = ClosingState.APPROVED if returns else ClosingState.DONE
    decided = {"decided_by_id": actor.id, "decided_at": now(), "rials": rials}
    _move(closing, ClosingState.PROPOSED, after, **decided)
    pool = accounts.pool(closing.pool.public_id)
    if returns:
        _post(closing, "", Kind.POOL_BACK, Leg(pool, accounts.PAYABLE, rials), actor)
    else:
        own = accounts.campaign(closing.campaign_id or 0, Intent.SADAQAH.value)
        _post(closing, "", Kind.POOL_GIVEN, Leg(pool, own, rials), actor)
    stamps.bump(STAMP)


def refuse(closing: PoolClosing, actor: User, reason: str) -> None:
    """The pool goes on. Raises `SamePerson` or `NoLonger`."""
    if actor.id == closing.proposed_by_id:
        raise SamePerson
    decided = {"decided_by_id": actor.id, "decided_at": now(), "reason": reason.strip()}
    _move(closing, ClosingState.PROPOSED, ClosingState.REFUSED, **decided)


def pay(closing: PoolClosing, actor: User, bank_account: str, bank_reference: str) -> None:
    """The bank has paid the sponsor, from our account `bank_account`. Raises `NoLonger` or `Frozen`."""
    if payouts_frozen():
        raise Frozen
    known = {"bank_account": bank_account, "bank_reference": bank_reference}
    _move(closing, ClosingState.APPROVED, ClosingState.DONE, paid_by_id=actor.id, paid_at=now(), **known)
    leg = Leg(accounts.PAYABLE, accounts.bank(bank_account), closing.rials)
    _post(closing, ":b", Kind.PAYOUT, leg, actor)


def _takes(campaign: Campaign | None) -> None:
    if campaign is None or campaign.state not in TAKING:
        raise NotThere


def _emptied(pool_id: int) -> int:
    """Closes the pool and takes out what it has left; the worker, who may be taking from it now, waits or was first."""
    query = select(MatchPool).where(MatchPool.id == pool_id).with_for_update()
    pool = db.session.execute(query.execution_options(populate_existing=True)).scalar_one()
    rials = pool.left_rials
    if rials <= 0:
        raise NothingLeft
    db.session.execute(
        update(MatchPool)
        .where(MatchPool.id == pool_id)
        .values(state=State.CLOSED.value, out_rials=MatchPool.out_rials + rials)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(pool)
    return rials


def _move(closing: PoolClosing, before: ClosingState, after: ClosingState, **values: Any) -> None:
    """Once, whoever else tries."""
    statement = (
        update(PoolClosing)
        .where(PoolClosing.id == closing.id, PoolClosing.state == before.value)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise NoLonger
    db.session.refresh(closing)


def _post(closing: PoolClosing, step: str, kind: Kind, leg: Leg, actor: User) -> None:
    post(
        f"close:{closing.public_id}{step}",
        kind,
        [leg],
        occurred_at=now(),
        campaign_id=closing.campaign_id,
        reference=(REFERENCE, closing.id),
        actor_id=actor.id,
    )
