"""Boxes: packed for a county, sent, arrived. None of these commit."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, func, select, update

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.goods import warehouses
from campaigns.domain.goods.reaching import reached
from campaigns.domain.goods.stock import move
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import IN_BOX, Box, BoxState, Move, Movement, Stock, Warehouse
from campaigns.domain.regions.models import County

MOST_AT_ONCE = 40
"""Boxes that are opened together: as many as two sheets of labels have."""

_signed = case(
    *((Movement.kind == kind.value, sign * Movement.quantity) for kind, sign in IN_BOX.items()), else_=0
)


def open_boxes(warehouse: Warehouse, county: County, number: int, actor: User) -> list[Box]:
    """As many empty boxes for a county. Raises `Refused`: `number`, `warehouse` is closed."""
    if not 0 < number <= MOST_AT_ONCE:
        raise Refused("number")
    if not warehouse.is_open:
        raise Refused("warehouse")
    boxes = [
        Box(warehouse_id=warehouse.id, county_id=county.id, opened_by_id=actor.id) for _one in range(number)
    ]
    db.session.add_all(boxes)
    db.session.flush()
    return boxes


def hold(box: Box) -> None:
    """Nobody else changes what is in it before the transaction ends (on SQLite nobody could)."""
    row = select(Box).where(Box.id == box.id).with_for_update(of=Box)
    db.session.execute(row.execution_options(populate_existing=True)).scalar_one()


def contents(box: Box) -> list[tuple[Stock, int]]:
    """What is in it now, in the order it was first packed."""
    inside = (
        select(Movement.stock_id, func.sum(_signed).label("quantity"), func.min(Movement.id).label("first"))
        .where(Movement.box_id == box.id)
        .group_by(Movement.stock_id)
        .having(func.sum(_signed) > 0)
        .subquery()
    )
    query = select(Stock, inside.c.quantity).join(inside, inside.c.stock_id == Stock.id)
    return [(stock, int(number)) for stock, number in db.session.execute(query.order_by(inside.c.first))]


def pack(box: Box, stock: Stock, quantity: int, actor: User) -> Movement:
    """From the shelf into the box. Raises `Refused`: `box` is closed already, `elsewhere`: another warehouse's goods,
    and as `stock.move`.
    """
    _open(box)
    if stock.warehouse_id != box.warehouse_id:
        raise Refused("elsewhere")
    return move(stock, Move.PACKED, quantity, actor, box_id=box.id)


def unpack(box: Box, stock: Stock, quantity: int, actor: User) -> Movement:
    """Back onto the shelf. Raises `Refused`: `box` is closed already, `inside`: not so much is in it, `quantity`."""
    _open(box)
    if quantity > _inside(box).get(stock.id, 0):
        raise Refused("inside")
    return move(stock, Move.UNPACKED, quantity, actor, box_id=box.id)


def send(box: Box, actor: User) -> None:
    """It is closed and on its way. Raises `Refused`: `moved`: it is not open, `empty`."""
    hold(box)
    if not contents(box):
        raise Refused("empty")
    _become(box, BoxState.OPEN, BoxState.SENT, sent_by_id=actor.id, sent_at=now())


def call_back(box: Box) -> None:
    """It came back, and is open again. Raises `Refused`: `moved`: it is not on its way."""
    _become(box, BoxState.SENT, BoxState.OPEN, sent_by_id=None, sent_at=None)


def delivered(box: Box, actor: User, missing: Mapping[int, int] | None = None, reason: str = "") -> None:
    """It arrived: what is in it reached its county, and pledges of which all has arrived are delivered. `missing`:
    units by row id of `Stock` that were not in it any more, with the `reason`.

    Raises `Refused`: `moved`: it is not on its way, `inside`: more is missing than was in it, `reason` is not given.
    """
    warehouses.hold(box.warehouse)
    hold(box)
    absent = {stock_id: number for stock_id, number in (missing or {}).items() if number}
    if absent and not reason.strip():
        raise Refused("reason")
    inside = contents(box)
    if any(number < 0 or number > _inside(box).get(stock_id, 0) for stock_id, number in absent.items()):
        raise Refused("inside")
    all_lost = sum(absent.values()) == sum(number for _stock, number in inside)
    after = BoxState.LOST if all_lost else BoxState.DELIVERED
    _become(box, BoxState.SENT, after, arrived_by_id=actor.id, arrived_at=now())
    for stock, number in inside:
        gone = absent.get(stock.id, 0)
        if gone:
            move(stock, Move.LOST, gone, actor, box_id=box.id, reason=reason)
        if number > gone:
            move(stock, Move.DELIVERED, number - gone, actor, box_id=box.id)
    reached({stock.id for stock, _number in inside}, actor, box.code)
    told = [stamps.of_campaign(stock.campaign_id) for stock, _number in inside if stock.campaign_id]
    if told:
        stamps.bump(*told)


def _inside(box: Box) -> dict[int, int]:
    return {stock.id: number for stock, number in contents(box)}


def _open(box: Box) -> None:
    hold(box)
    if box.state != BoxState.OPEN:
        raise Refused("box")


def _become(box: Box, before: BoxState, after: BoxState, **values: Any) -> None:
    """Once, whoever else tries."""
    done = db.session.execute(
        update(Box)
        .where(Box.id == box.id, Box.state == before.value)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(box)
