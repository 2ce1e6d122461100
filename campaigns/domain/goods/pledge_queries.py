"""Reads of pledges: by their giver's code, and as people of the house list them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.goods.need_models import DropOffPlace, NeedLine, NeedState, drop_off_need
from campaigns.domain.goods.pledge_models import ListedShop, Pledge, PledgeStep, PledgeTerms

_WHOLE = (joinedload(Pledge.need), joinedload(Pledge.place), joinedload(Pledge.shop))


def pledge_by_code(code: str) -> Pledge | None:
    """The pledge of a tracking code, as `base.codes.parse_code` gives it."""
    return db.session.scalar(select(Pledge).where(Pledge.code == code).options(*_WHOLE))


def pledge_of(campaign_id: int, public_id: str) -> Pledge | None:
    """One pledge of a campaign, for people of the house."""
    found = select(Pledge).where(Pledge.campaign_id == campaign_id, Pledge.public_id == public_id)
    return db.session.scalar(found.options(*_WHOLE))


def pledges(
    campaign_id: int, states: Sequence[str] = (), limit: int | None = 50, after: Pledge | None = None
) -> Select[Any]:
    """A query for the pledges of a campaign, newest first; no states: all. `after`: the last row of the page before."""
    query = select(Pledge).where(Pledge.campaign_id == campaign_id).options(*_WHOLE)
    if states:
        query = query.where(Pledge.state.in_(states))
    if after is not None:
        query = query.where(Pledge.id < after.id)
    query = query.order_by(Pledge.id.desc())
    return query if limit is None else query.limit(limit)


def numbers(campaign_id: int) -> dict[str, int]:
    """How many pledges of a campaign are in each state."""
    rows = select(Pledge.state, func.count()).where(Pledge.campaign_id == campaign_id).group_by(Pledge.state)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def steps(pledge: Pledge) -> Sequence[PledgeStep]:
    """What happened to a pledge, the oldest first."""
    rows = select(PledgeStep).where(PledgeStep.pledge_id == pledge.id).options(joinedload(PledgeStep.actor))
    return db.session.scalars(rows.order_by(PledgeStep.id)).all()


def need_of(campaign_id: int, public_id: str) -> NeedLine | None:
    """A need of a campaign that is on its page, perhaps closed."""
    shown = NeedLine.state != NeedState.HIDDEN.value
    return db.session.scalar(
        select(NeedLine).where(NeedLine.campaign_id == campaign_id, NeedLine.public_id == public_id, shown)
    )


def places_for(need: NeedLine) -> Sequence[DropOffPlace]:
    """Where this need may be brought."""
    named = select(drop_off_need.c.place_id).where(drop_off_need.c.place_id == DropOffPlace.id)
    fits = ~named.exists() | named.where(drop_off_need.c.need_id == need.id).exists()
    shown = DropOffPlace.state == NeedState.SHOWN.value
    rows = select(DropOffPlace).where(DropOffPlace.campaign_id == need.campaign_id, shown, fits)
    return db.session.scalars(rows.order_by(DropOffPlace.id)).all()


def shops_of(campaign_id: int) -> Sequence[ListedShop]:
    """Shops a moderator has read."""
    rows = select(ListedShop).where(ListedShop.campaign_id == campaign_id, ListedShop.state == "shown")
    return db.session.scalars(rows.order_by(ListedShop.id)).all()


def collects(campaign_id: int) -> bool:
    """Whether somebody comes and takes goods."""
    terms = db.session.get(PledgeTerms, campaign_id)
    return terms is not None and terms.collects
