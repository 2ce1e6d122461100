"""Reads of warehouses: shelves, receipts, movements, boxes, and what was delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from campaigns.base.among import among
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.campaigns.calendar import is_live
from campaigns.domain.campaigns.models import Campaign, campaign_province
from campaigns.domain.goods.need_models import NeedLine, NeedState
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_states import State
from campaigns.domain.goods.stock_models import Box, Intake, Move, Movement, Stock, Warehouse

MAY_COME = (State.REGISTERED, State.ARRANGED, State.PARTLY, State.NO_SHOW, State.EXPIRED)
"""States of a pledge whose goods may still stand on the counter: late goods are goods."""
MOST_PLEDGES, MOST_NEEDS, MOST_BOXES = 20, 200, 200


def shelves(warehouse: Warehouse) -> list[Stock]:
    """What lies there, by item."""
    query = select(Stock).where(Stock.warehouse_id == warehouse.id, Stock.quantity > 0)
    return list(db.session.scalars(query.order_by(Stock.item, Stock.id).options(joinedload(Stock.campaign))))


class Total(NamedTuple):
    """What lies in a warehouse: how many kinds of goods, and what all of it is worth where somebody has said so."""

    kinds: int
    rials: int


def totals(warehouse_ids: Sequence[int]) -> dict[int, Total]:
    """By row id of the warehouse; those where nothing lies are left out."""
    query = (
        select(Stock.warehouse_id, func.count(), func.sum(Stock.quantity * Stock.unit_rials))
        .where(Stock.warehouse_id.in_(warehouse_ids), Stock.quantity > 0)
        .group_by(Stock.warehouse_id)
    )
    return {number: Total(int(kinds), int(rials)) for number, kinds, rials in db.session.execute(query)}


def shelf_by_public_id(warehouse: Warehouse, public_id: str) -> Stock | None:
    query = select(Stock).where(Stock.warehouse_id == warehouse.id, Stock.public_id == public_id)
    return db.session.scalar(query)


def receipt_by_public_id(warehouse: Warehouse, public_id: str) -> Intake | None:
    query = select(Intake).where(Intake.warehouse_id == warehouse.id, Intake.public_id == public_id)
    return db.session.scalar(query.options(joinedload(Intake.stock), joinedload(Intake.pledge)))


def newest_receipts(warehouse: Warehouse, limit: int = 10) -> list[Intake]:
    query = select(Intake).where(Intake.warehouse_id == warehouse.id).options(joinedload(Intake.stock))
    return list(db.session.scalars(query.order_by(Intake.id.desc()).limit(limit)))


def pledges_of_mobile(mobile: str) -> list[Pledge]:
    """What somebody may bring with this number, the newest first; whatever the campaign, for they stand here."""
    query = select(Pledge).where(Pledge.mobile == mobile, Pledge.state.in_([one.value for one in MAY_COME]))
    whole = query.options(joinedload(Pledge.need)).order_by(Pledge.id.desc())
    return list(db.session.scalars(whole.limit(MOST_PLEDGES)))


def pledge_by_public_id(public_id: str) -> Pledge | None:
    query = select(Pledge).where(Pledge.public_id == public_id).options(joinedload(Pledge.need))
    return db.session.scalar(query)


def needs_near(warehouse: Warehouse) -> list[NeedLine]:
    """What live campaigns of the warehouse's province ask for, campaign by campaign."""
    here = campaign_province.c.province_code == warehouse.province_code
    query = (
        select(NeedLine)
        .join(Campaign, Campaign.id == NeedLine.campaign_id)
        .join(campaign_province, campaign_province.c.campaign_id == Campaign.id)
        .where(here, NeedLine.state == NeedState.SHOWN.value, is_live(tehran_day(now())))
        .order_by(NeedLine.campaign_id.desc(), NeedLine.position, NeedLine.id)
    )
    return list(db.session.scalars(query.limit(MOST_NEEDS)))


def need_by_public_id(public_id: str) -> NeedLine | None:
    return db.session.scalar(select(NeedLine).where(NeedLine.public_id == public_id))


@dataclass(frozen=True)
class Narrowed:
    """Which movements are asked for; Tehran days, both included."""

    kind: Move | None = None
    first: date | None = None
    last: date | None = None
    stock_id: int | None = None


def movements(warehouse: Warehouse, narrowed: Narrowed) -> Select[Movement]:
    """The newest first."""
    query = (
        select(Movement).join(Stock, Stock.id == Movement.stock_id).where(Stock.warehouse_id == warehouse.id)
    )
    if narrowed.kind is not None:
        query = query.where(Movement.kind == narrowed.kind.value)
    if narrowed.first is not None:
        query = query.where(Movement.at >= day_start(narrowed.first))
    if narrowed.last is not None:
        query = query.where(Movement.at < day_start(narrowed.last + timedelta(days=1)))
    if narrowed.stock_id is not None:
        query = query.where(Movement.stock_id == narrowed.stock_id)
    whole = (Movement.stock, Movement.box, Movement.intake, Movement.actor)
    return query.order_by(Movement.id.desc()).options(*(joinedload(one) for one in whole))


def movement_by_public_id(warehouse: Warehouse, public_id: str) -> Movement | None:
    query = select(Movement).join(Stock, Stock.id == Movement.stock_id)
    return db.session.scalar(query.where(Stock.warehouse_id == warehouse.id, Movement.public_id == public_id))


def reversed_ids(movement_ids: Sequence[int]) -> set[int]:
    """Which of these another movement has set right."""
    query = select(Movement.reverses_id).where(Movement.reverses_id.in_(movement_ids))
    return {number for number in db.session.scalars(query) if number is not None}


def box_by_code(code: str) -> Box | None:
    """As `base.codes.parse_code` gives it."""
    whole = (joinedload(Box.county), joinedload(Box.warehouse))
    return db.session.scalar(select(Box).where(Box.code == code).options(*whole))


def boxes_of(warehouse: Warehouse) -> list[Box]:
    """The newest first."""
    query = select(Box).where(Box.warehouse_id == warehouse.id).options(joinedload(Box.county))
    return list(db.session.scalars(query.order_by(Box.id.desc()).limit(MOST_BOXES)))


def packed_at(box: Box) -> datetime | None:
    """When the first of what is or was in it was put there."""
    return db.session.scalar(
        select(Movement.at)
        .where(Movement.box_id == box.id, Movement.kind == Move.PACKED.value)
        .order_by(Movement.id)
        .limit(1)
    )


def arrived_boxes(campaign_id: int, need: NeedLine | None = None) -> list[Box]:
    """Boxes that brought goods of a campaign, or of one of its needs, to their counties; the newest first."""
    mine = Stock.campaign_id == campaign_id if need is None else Stock.need_id == need.id
    brought = (
        select(Movement.box_id)
        .join(Stock, Stock.id == Movement.stock_id)
        .where(mine, Movement.kind == Move.DELIVERED.value)
    )
    query = select(Box).where(Box.id.in_(brought)).options(joinedload(Box.county))
    return list(db.session.scalars(query.order_by(Box.arrived_at.desc(), Box.id.desc()).limit(MOST_BOXES)))


def delivered_of(need_ids: Sequence[int]) -> dict[int, int]:
    """How many pieces of these needs arrived in boxes, by row id of the need."""
    query = (
        select(Stock.need_id, func.sum(Movement.quantity))
        .join(Movement, Movement.stock_id == Stock.id)
        .where(among(db.session, Stock.need_id, need_ids), Movement.kind == Move.DELIVERED.value)
        .group_by(Stock.need_id)
    )
    return {need: int(number) for need, number in db.session.execute(query) if need is not None}


class Reached(NamedTuple):
    """Units of one item that reached a county in one box."""

    code: str
    county_id: int
    arrived_on: date
    campaign_id: int | None
    need_id: int | None
    item: str
    unit: str
    quantity: int


def boxes_delivered(campaign_id: int | None = None) -> list[Reached]:
    """What arrived in boxes, item by item, the newest first; of one campaign, or of all."""
    query: Any = (
        select(
            Box.code,
            Box.county_id,
            Box.arrived_at,
            Stock.campaign_id,
            Stock.need_id,
            Stock.item,
            Stock.unit,
            func.sum(Movement.quantity),
        )
        .join(Movement, Movement.box_id == Box.id)
        .join(Stock, Stock.id == Movement.stock_id)
        .where(Movement.kind == Move.DELIVERED.value)
        .group_by(Box.id, Box.code, Box.county_id, Box.arrived_at, Stock.id, Stock.campaign_id)
        .group_by(Stock.need_id, Stock.item, Stock.unit)
        .order_by(Box.arrived_at.desc(), Box.id.desc(), Stock.id)
    )
    if campaign_id is not None:
        query = query.where(Stock.campaign_id == campaign_id)
    return [
        Reached(code, county, tehran_day(at), campaign, need, item, unit, int(number))
        for code, county, at, campaign, need, item, unit, number in db.session.execute(query)
    ]
