"""Shelves, boxes and in-kind receipts must tell the story that movements and the book tell (I21, I22)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, case, func, select

from campaigns.base.extensions import db
from campaigns.domain.goods.stock_models import (
    IN_BOX,
    ON_SHELF,
    OURS,
    Box,
    BoxState,
    Intake,
    IntakeCount,
    Move,
    Movement,
    Stock,
    Warehouse,
)
from campaigns.domain.invariants.contract import Look, Span
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.breaches import Found
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer


def shelves(_spans: Sequence[Span]) -> Iterator[Found]:
    """What lies on a shelf is the sum of its movements."""
    moved = func.coalesce(_signed(ON_SHELF, Movement.quantity), 0)
    query = (
        select(Warehouse.code, Stock.public_id, Stock.quantity - moved)
        .join(Warehouse, Warehouse.id == Stock.warehouse_id)
        .outerjoin(Movement, Movement.stock_id == Stock.id)
        .group_by(Warehouse.code, Stock.public_id, Stock.quantity)
        .having(Stock.quantity != moved)
    )
    for code, public_id, difference in db.session.execute(query):
        yield Found("I21", f"shelf {public_id} of {code} has {difference} more than was moved there")


def boxes(_spans: Sequence[Span]) -> Iterator[Found]:
    """No box gave more than was packed into it, and nothing is left in one that arrived."""
    inside = _signed(IN_BOX, Movement.quantity)
    arrived = Box.state.in_((BoxState.DELIVERED.value, BoxState.LOST.value))
    query = (
        select(Box.code)
        .join(Movement, Movement.box_id == Box.id)
        .group_by(Box.code, Box.state, Movement.stock_id)
        .having((inside < 0) | (arrived & (inside != 0)))
    )
    for code in db.session.scalars(query):
        yield Found("I21", f"box {code} does not hold what was moved into it")


def worth(_spans: Sequence[Span]) -> Iterator[Found]:
    """What the book says the goods of a warehouse are worth is what its movements say."""
    ours = (
        select(Stock.warehouse_id, _signed(OURS, Movement.rials).label("rials"))
        .join(Stock, Stock.id == Movement.stock_id)
        .group_by(Stock.warehouse_id)
        .subquery()
    )
    signed = case(
        (LedgerTransfer.debit_id == LedgerAccount.id, LedgerTransfer.rials), else_=-LedgerTransfer.rials
    )
    book = (
        select(LedgerAccount.code, func.sum(signed).label("rials"))
        .join(
            LedgerTransfer,
            (LedgerTransfer.debit_id == LedgerAccount.id) | (LedgerTransfer.credit_id == LedgerAccount.id),
        )
        .where(LedgerAccount.code.startswith(accounts.goods("")))
        .group_by(LedgerAccount.code)
        .subquery()
    )
    there, moved = func.coalesce(book.c.rials, 0), func.coalesce(ours.c.rials, 0)
    query = (
        select(Warehouse.code, there - moved)
        .outerjoin(ours, ours.c.warehouse_id == Warehouse.id)
        .outerjoin(book, book.c.code == accounts.goods("") + Warehouse.code)
        .where(there != moved)
    )
    for code, difference in db.session.execute(query):
        yield Found("I21", f"the book has goods of {difference} rials more in {code} than were moved there")


def numbers(_spans: Sequence[Span]) -> Iterator[Found]:
    """In-kind receipts of a warehouse and a year are numbered from one without a gap."""
    query = (
        select(Warehouse.code, Intake.year)
        .join(Warehouse, Warehouse.id == Intake.warehouse_id)
        .outerjoin(
            IntakeCount,
            and_(IntakeCount.warehouse_id == Intake.warehouse_id, IntakeCount.year == Intake.year),
        )
        .group_by(Warehouse.code, Intake.year, IntakeCount.last)
        .having(
            (func.count() != func.max(Intake.number))
            | (func.coalesce(IntakeCount.last, 0) != func.max(Intake.number))
        )
    )
    for code, year in db.session.execute(query):
        yield Found("I22", f"the in-kind numbers of {code} in {year} have a gap")


def _signed(signs: dict[Move, int], what: Any) -> Any:
    return func.sum(
        case(*((Movement.kind == kind.value, sign * what) for kind, sign in signs.items()), else_=0)
    )


LOOKS = (Look(("I21",), shelves), Look(("I21",), boxes), Look(("I21",), worth), Look(("I22",), numbers))
