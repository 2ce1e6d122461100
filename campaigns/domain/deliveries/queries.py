"""Reads of deliveries. What the public may count is `counted`."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.states import State
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.models import State as SpendingState
from campaigns.domain.regions.models import County

SHOWN = 200
_Mended = aliased(Delivery)


def counted() -> ColumnElement[bool]:
    """A condition on `Delivery`: shown, and not mended by another that is."""
    mended = select(_Mended.id).where(_Mended.corrects_id == Delivery.id, _Mended.state == State.SHOWN.value)
    return and_(Delivery.state == State.SHOWN.value, ~mended.exists())


def by_public_id(public_id: str) -> Delivery | None:
    return db.session.scalar(select(Delivery).where(Delivery.public_id == public_id))


def within(scope: Scope, user_id: int) -> Select[Delivery]:
    """Deliveries of the campaigns and of the provinces of a scope."""
    query = select(Delivery).options(
        joinedload(Delivery.campaign),
        joinedload(Delivery.kind),
        joinedload(Delivery.office),
        joinedload(Delivery.need),
        joinedload(Delivery.box),
        joinedload(Delivery.county).joinedload(County.province),
    )
    if scope.everywhere:
        return query
    mine = in_scope(select(Campaign.id), scope, user_id)
    there = select(County.id).where(County.province_code.in_(scope.province_codes))
    whose = Delivery.campaign_id.in_(mine)
    if scope.province_codes:  # a campaign of many provinces: only what reached these
        own = Delivery.campaign_id.in_(scope.campaign_ids)
        return query.where(or_(own, and_(whose, Delivery.county_id.in_(there))))
    return query.where(whose)


def waiting(scope: Scope, user_id: int) -> list[Delivery]:
    """What waits for a second person, the oldest first."""
    query = within(scope, user_id).where(Delivery.state == State.RECORDED.value)
    return list(db.session.scalars(query.order_by(Delivery.recorded_at)))


def newest(scope: Scope, user_id: int, limit: int | None = SHOWN) -> list[Delivery]:
    query = within(scope, user_id).order_by(Delivery.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def mended_by(delivery: Delivery) -> Delivery | None:
    """The correction that counts in its stead."""
    return db.session.scalar(
        select(Delivery).where(Delivery.corrects_id == delivery.id, Delivery.state == State.SHOWN.value)
    )


def public_deliveries(campaign_id: int, limit: int = SHOWN) -> list[Delivery]:
    """What everybody may read of a campaign, the newest week first."""
    query = (
        select(Delivery)
        .options(
            joinedload(Delivery.kind),
            joinedload(Delivery.county),
            joinedload(Delivery.office),
            joinedload(Delivery.spending),
        )
        .where(Delivery.campaign_id == campaign_id, counted(), Delivery.quantity > 0)
        .order_by(Delivery.week.desc(), Delivery.id.desc())
    )
    return list(db.session.scalars(query.limit(limit)))


def delivered_rials(campaign_ids: Collection[int]) -> dict[int, int]:
    """By campaign: what the things that reached people cost."""
    query = delivered_query(Delivery.campaign_id.in_(campaign_ids))
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def delivered_query(here: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """(campaign, rials); `here` narrows it by `Delivery.campaign_id`."""
    query = select(Delivery.campaign_id, func.sum(Delivery.rials)).where(here, counted())
    return query.group_by(Delivery.campaign_id)


def of_spendings(spending_ids: Collection[int]) -> dict[int, list[Delivery]]:
    """What counts of these spendings, in the order in which it was delivered."""
    query = (
        select(Delivery)
        .options(joinedload(Delivery.kind), joinedload(Delivery.county).joinedload(County.province))
        .where(Delivery.spending_id.in_(spending_ids), counted(), Delivery.rials > 0)
        .order_by(Delivery.week, Delivery.id)
    )
    found: dict[int, list[Delivery]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.spending_id or 0, []).append(row)
    return found


def spent_of(campaign_id: int, intent: str = "") -> Sequence[Spending]:
    """Spendings that took money out of a bucket, or of any, in the order in which they were approved."""
    states = (SpendingState.APPROVED.value, SpendingState.PAID.value)
    query = select(Spending).where(Spending.campaign_id == campaign_id, Spending.state.in_(states))
    if intent:
        query = query.where(Spending.intent == intent)
    return db.session.scalars(query.order_by(Spending.decided_at, Spending.id)).all()
