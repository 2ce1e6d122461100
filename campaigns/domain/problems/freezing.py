"""Stopping all giving to a campaign with one act, and letting it go on. None of these commit.

The state of the campaign is what stops it: everything that takes a gift, a promise or a shift asks for an open
campaign, so a frozen one is closed wherever nobody has thought of it. What is at a bank already is settled as ever.
Once a freeze is committed, whoever told it to somebody first waits until no process and no cache shows anything else
(`web.pagecache.until_everywhere`).
"""

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.actions import move, start_if_due
from campaigns.domain.campaigns.history import CampaignMove
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import Move, State, WrongMove
from campaigns.domain.problems.models import Freeze, Problem
from campaigns.domain.problems.states import Refused

CAN_FREEZE = frozenset({State.APPROVED, State.LIVE, State.PAUSED})


def freeze(
    campaign: Campaign, actor: User, reason: str, note: str = "", problem: Problem | None = None
) -> Freeze:
    """Raises `Refused`: `state` where nothing can be given anyway, or it is frozen already."""
    return _act(campaign, Move.FREEZE, "freeze", actor, reason, note, problem)


def thaw(campaign: Campaign, actor: User, reason: str, note: str = "") -> Freeze:
    """As it was before: open, paused, or waiting for its first day. Raises `Refused`: `state`;
    `own` for who froze it and for whose campaign it is.
    """
    _by_another(campaign, actor)
    made = _act(campaign, _way_back(campaign), "thaw", actor, reason, note)
    start_if_due(campaign, tehran_day(now()))
    return made


def condemn(campaign: Campaign, actor: User, reason: str, note: str = "") -> Freeze:
    """It never goes on: it is cancelled. Raises as `thaw`."""
    _by_another(campaign, actor)
    return _act(campaign, Move.CONDEMN, "condemn", actor, reason, note)


def standing(campaign: Campaign) -> Freeze | None:
    """The freeze that holds now."""
    if campaign.state != State.FROZEN:
        return None
    query = select(Freeze).where(Freeze.campaign_id == campaign.id, Freeze.act == "freeze")
    return db.session.scalars(query.order_by(Freeze.id.desc()).limit(1)).first()


def freezes_of(campaign_id: int) -> list[Freeze]:
    """Every one, and every thaw, newest first."""
    query = select(Freeze).where(Freeze.campaign_id == campaign_id)
    return list(db.session.scalars(query.order_by(Freeze.id.desc())))


def _act(
    campaign: Campaign,
    step: Move,
    act: str,
    actor: User,
    reason: str,
    note: str,
    problem: Problem | None = None,
) -> Freeze:
    try:
        move(campaign, step, actor, reason)
    except WrongMove:
        raise Refused("state") from None
    row = Freeze(
        campaign_id=campaign.id,
        problem_id=problem.id if problem else None,
        actor_id=actor.id,
        act=act,
        reason=reason,
        note=note,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _by_another(campaign: Campaign, actor: User) -> None:
    before = standing(campaign)
    if before is None:
        raise Refused("state")
    if actor.id in {before.actor_id, campaign.author_id}:
        raise Refused("own")


def _way_back(campaign: Campaign) -> Move:
    query = select(CampaignMove.before).where(
        CampaignMove.campaign_id == campaign.id, CampaignMove.after == State.FROZEN.value
    )
    before = db.session.scalars(query.order_by(CampaignMove.id.desc()).limit(1)).first()
    return Move.THAW_PAUSED if before == State.PAUSED else Move.THAW
