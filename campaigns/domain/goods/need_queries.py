"""Reads of needs and places for those who keep them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from campaigns.base.extensions import db
from campaigns.domain.goods.need_models import DropOffPlace, EditState, NeedEdit, NeedLine, NeedState

UNSETTLED = (EditState.WAITING.value, EditState.RETURNED.value)


def lines_of(campaign_id: int) -> Sequence[NeedLine]:
    """Its needs in their order, closed ones too."""
    return lines_in([campaign_id])


def lines_in(campaign_ids: Sequence[int]) -> Sequence[NeedLine]:
    """Those of several campaigns, of each in its order. One query."""
    query = select(NeedLine).where(
        NeedLine.campaign_id.in_(campaign_ids), NeedLine.state != NeedState.HIDDEN.value
    )
    return db.session.scalars(
        query.options(joinedload(NeedLine.county)).order_by(NeedLine.position, NeedLine.id)
    ).all()


def line_of(campaign_id: int, public_id: str | None) -> NeedLine | None:
    """One need of this campaign, whatever its state; none for no name."""
    query = select(NeedLine).where(NeedLine.campaign_id == campaign_id, NeedLine.public_id == public_id)
    return db.session.scalar(query) if public_id else None


def places_of(campaign_id: int) -> Sequence[DropOffPlace]:
    """Where its goods may be brought, each with its needs. Two queries."""
    query = select(DropOffPlace).where(
        DropOffPlace.campaign_id == campaign_id, DropOffPlace.state == NeedState.SHOWN.value
    )
    whole = query.options(
        joinedload(DropOffPlace.county), joinedload(DropOffPlace.province), selectinload(DropOffPlace.needs)
    )
    return db.session.scalars(whole.order_by(DropOffPlace.id)).unique().all()


def place_of(campaign_id: int, public_id: str | None) -> DropOffPlace | None:
    """One place of this campaign, whatever its state; none for no name."""
    query = select(DropOffPlace).where(
        DropOffPlace.campaign_id == campaign_id, DropOffPlace.public_id == public_id
    )
    return db.session.scalar(query) if public_id else None


def unsettled_edits(campaign_id: int) -> Sequence[NeedEdit]:
    """What waits for a moderator or was sent back, oldest first."""
    query = select(NeedEdit).where(NeedEdit.campaign_id == campaign_id, NeedEdit.state.in_(UNSETTLED))
    return db.session.scalars(query.order_by(NeedEdit.id)).all()


def edit_of(campaign_id: int, public_id: str, *, lock: bool = False) -> NeedEdit | None:
    """One change of this campaign. `lock` holds its row, as it is now, until the transaction ends."""
    query = select(NeedEdit).where(NeedEdit.campaign_id == campaign_id, NeedEdit.public_id == public_id)
    if lock:
        query = query.with_for_update(of=NeedEdit).execution_options(populate_existing=True)
    return db.session.scalar(query)
