"""How far the goods of a pledge have come, by the movements of their shelves. The rule is `goods.outgoing`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, func, select

from campaigns.base.extensions import db
from campaigns.domain.goods.outgoing import Heap, Stage, parts
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.stock_models import IN_BOX, ON_SHELF, Box, BoxState, Intake, Move, Movement, Stock

_in_box = case(
    *((Movement.kind == kind.value, sign * Movement.quantity) for kind, sign in IN_BOX.items()), else_=0
)
_on_shelf = case(
    *((Movement.kind == kind.value, sign * Movement.quantity) for kind, sign in ON_SHELF.items()), else_=0
)


def came_of(pledge_id: int) -> Sequence[Intake]:
    """The receipts of good pieces of a pledge that stand, in the order in which they were written."""
    query = select(Intake).where(
        Intake.pledge_id == pledge_id, Intake.voided_at.is_(None), Intake.quantity > 0
    )
    return db.session.scalars(query.order_by(Intake.id)).all()


def pledge_parts(pledge: Pledge) -> tuple[int, list[Heap]]:
    """How many good pieces came of it, and how far they are; of those that arrived `what` is the row id of the county.
    Two statements for each of its receipts and one more, however many there are of others.
    """
    receipts = came_of(pledge.id)
    found = [part for receipt in receipts for part in receipt_parts(receipt)]
    return sum(receipt.quantity for receipt in receipts), found


def arrived_in(need_id: int) -> dict[int, int]:
    """How many pieces of a need have arrived, by row id of the county."""
    query = (
        select(Box.county_id, func.sum(Movement.quantity))
        .join(Movement, Movement.box_id == Box.id)
        .join(Stock, Stock.id == Movement.stock_id)
        .where(Stock.need_id == need_id, Movement.kind == Move.DELIVERED.value)
        .group_by(Box.county_id)
    )
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def receipt_parts(receipt: Intake) -> list[Heap]:
    return parts(_before(receipt), receipt.quantity, _heaps(receipt.stock_id))


def arrived(stock_id: int) -> int:
    """How many pieces of a shelf have arrived."""
    query = select(func.sum(Movement.quantity)).where(
        Movement.stock_id == stock_id, Movement.kind == Move.DELIVERED.value
    )
    return int(db.session.scalar(query) or 0)


def standing(stock_id: int) -> Select[Any]:
    """(pledge_id, intake_id, upto) of the standing receipts of a shelf; `upto`: pieces that came until and with it."""
    upto = func.sum(Movement.quantity).over(order_by=Movement.id)
    return _received(stock_id, Intake.pledge_id, Movement.intake_id, upto.label("upto"))


def _before(receipt: Intake) -> int:
    earlier = _received(receipt.stock_id, func.sum(Movement.quantity)).where(Intake.id < receipt.id)
    return int(db.session.scalar(earlier) or 0)


def _received(stock_id: int, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Movement)
        .join(Intake, Intake.id == Movement.intake_id)
        .where(
            Movement.stock_id == stock_id,
            Movement.kind == Move.RECEIVED.value,
            Intake.voided_at.is_(None),
        )
    )


def _heaps(stock_id: int) -> list[Heap]:
    """All that is left of a shelf: box by box, and what lies there."""
    is_there = Movement.kind == Move.DELIVERED.value
    rows = db.session.execute(
        select(
            Movement.box_id,
            Box.state,
            Box.county_id,
            func.sum(case((is_there, Movement.quantity), else_=0)),
            func.sum(_in_box),
            func.sum(_on_shelf),
        )
        .outerjoin(Box, Box.id == Movement.box_id)
        .where(Movement.stock_id == stock_id)
        .group_by(Movement.box_id, Box.state, Box.county_id)
        .order_by(func.max(case((is_there, Movement.id))))
    ).all()
    heaps = [Heap(Stage.ARRIVED, int(came), county) for _box, _state, county, came, _in, _on in rows]
    heaps += [
        Heap(Stage.SENT if state == BoxState.SENT else Stage.PACKED, int(number))
        for _box, state, _county, _came, number, _on in rows
    ]
    heaps.append(Heap(Stage.SHELF, sum(int(row[5]) for row in rows)))
    return [heap for heap in heaps if heap.quantity]
