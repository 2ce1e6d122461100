"""The states of a review item as a table, and the one function that walks it.

The numbers are those of the payment design.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import update

from campaigns.base.extensions import db
from campaigns.domain.payments.models import ReviewItem


class ItemState(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"  # one person has said what to do; another agrees or refuses
    DECIDED = "decided"
    CLOSED = "closed"  # there was no money in it


S = ItemState
ITEM_TABLE: Mapping[ItemState, frozenset[ItemState]] = {
    S.OPEN: frozenset({S.PROPOSED, S.CLOSED}),
    S.PROPOSED: frozenset({S.OPEN, S.DECIDED}),  # refused; T13 and T14
    S.DECIDED: frozenset(),
    S.CLOSED: frozenset(),
}


class WrongStep(Exception):
    """The row is not, or no longer, in a state that leads there: somebody else was first."""


def may_walk(before: str, after: ItemState) -> bool:
    """Whether the table leads from `before` to `after`."""
    return after in ITEM_TABLE[ItemState(before)]


def walk(row: ReviewItem, after: ItemState, **values: Any) -> str:
    """Moves the row, once, whoever else tries, and sets `values` with it. Returns the state before.

    Raises `WrongStep`. Does not commit.
    """
    before, table = row.state, type(row)
    if not may_walk(before, after):
        raise WrongStep(after.value)
    moved = db.session.execute(
        update(table)
        .where(table.id == row.id, table.state == before)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise WrongStep(after.value)
    db.session.refresh(row)
    return before
