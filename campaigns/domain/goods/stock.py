"""Moving goods: onto a shelf, off it, into boxes. The only way stock ever changes. None of these commit."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select, update

from campaigns.base.chain import canonical
from campaigns.base.codes import public_id
from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.goods.stock_book import book
from campaigns.domain.goods.stock_errors import Refused
from campaigns.domain.goods.stock_models import ON_SHELF, Move, Movement, Stock, Warehouse

LARGEST_WORTH = 10**15
"""Rials that one movement may be worth: far more than any, and whole in every language that reads the book."""


@dataclass(frozen=True)
class Goods:
    """What something is: goods that differ in any of these lie apart. No `unit_rials`: nobody has said a worth."""

    item: str
    unit: str
    unit_rials: int = 0
    campaign_id: int | None = None
    need_id: int | None = None


def shelf(warehouse: Warehouse, goods: Goods) -> Stock:
    """The row of these goods in a warehouse, made when they are the first."""
    facts: dict[str, Any] = {**vars(goods), "warehouse_id": warehouse.id}
    key = sha256(canonical(facts)).hexdigest()
    row = {**facts, "key": key, "quantity": 0, "public_id": public_id()}
    db.session.execute(insert_first(Stock, "key"), row)
    return db.session.execute(select(Stock).where(Stock.key == key)).scalar_one()


def move(stock: Stock, kind: Move, quantity: int, actor: User, **more: Any) -> Movement:
    """Writes a movement, moves the shelf with it, and the book. `more`: `box_id`, `intake_id`, `reverses_id`, `reason`.

    Raises `Refused`: `stock`: not so much lies there, `worth`: more than anything is worth, `quantity`: not above zero.
    """
    if quantity <= 0:
        raise Refused("quantity")
    if quantity * stock.unit_rials > LARGEST_WORTH:
        raise Refused("worth")
    _shift(stock, ON_SHELF.get(kind, 0) * quantity)
    movement = Movement(
        stock_id=stock.id,
        kind=kind.value,
        quantity=quantity,
        rials=quantity * stock.unit_rials,
        actor_id=actor.id,
        **more,
    )
    db.session.add(movement)
    db.session.flush()
    book(movement, stock)
    return movement


def write_off(stock: Stock, quantity: int, reason: str, actor: User) -> Movement:
    """Spoiled or missing. Raises `Refused`: `reason` is not given, and as `move`."""
    if not reason.strip():
        raise Refused("reason")
    return move(stock, Move.WRITTEN_OFF, quantity, actor, reason=reason)


def found_again(movement: Movement, reason: str, actor: User) -> Movement:
    """What was written off is there after all, whole and once. Raises `Refused`: `moved`: it is no write-off that
    stands, `reason` is not given.
    """
    if not reason.strip():
        raise Refused("reason")
    _hold(movement.stock)
    if movement.kind != Move.WRITTEN_OFF or is_reversed(movement):
        raise Refused("moved")
    return move(movement.stock, Move.FOUND, movement.quantity, actor, reverses_id=movement.id, reason=reason)


def is_reversed(movement: Movement) -> bool:
    """Whether another movement has set this one right."""
    query = select(Movement.id).where(Movement.reverses_id == movement.id)
    return db.session.scalar(query) is not None


def _hold(stock: Stock) -> None:
    row = select(Stock).where(Stock.id == stock.id).with_for_update(of=Stock)
    db.session.execute(row.execution_options(populate_existing=True)).scalar_one()


def _shift(stock: Stock, quantity: int) -> None:
    """One statement asks and moves, so two who take the last one do not both get it."""
    if not quantity:
        return
    done = db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id, Stock.quantity + quantity >= 0)
        .values(quantity=Stock.quantity + quantity)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("stock")
    db.session.refresh(stock)
