"""The states of a review item and of a refund as tables, and the one function that walks them.

The numbers are those of the payment design. An unknown outcome has no state of its own: a refund stays SENT
until the gateway or the bank has definitely said what became of it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import update

from campaigns.base.extensions import db
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.models import Refund


class ItemState(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"  # one person has said what to do; another agrees or refuses
    DECIDED = "decided"
    CLOSED = "closed"  # there was no money in it


class RefundState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"  # by a second person: owed to the donor from now on
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"


S, R = ItemState, RefundState
ITEM_TABLE: Mapping[ItemState, frozenset[ItemState]] = {
    S.OPEN: frozenset({S.PROPOSED, S.CLOSED}),
    S.PROPOSED: frozenset({S.OPEN, S.DECIDED}),  # refused; T13 and T14
    S.DECIDED: frozenset({S.OPEN}),  # its money could not be returned: people decide again
    S.CLOSED: frozenset({S.OPEN}),  # the gift that was found for its money is not its gift
}
REFUND_TABLE: Mapping[RefundState, frozenset[RefundState]] = {
    R.REQUESTED: frozenset({R.APPROVED, R.REFUSED}),  # T19
    R.APPROVED: frozenset({R.SENT, R.FAILED}),  # T20; or the gateway would not even take it
    R.SENT: frozenset({R.DONE, R.FAILED}),  # T21, T22
    R.DONE: frozenset(),
    R.FAILED: frozenset(),
    R.REFUSED: frozenset(),
}
IN_BOOK = (R.APPROVED.value, R.SENT.value, R.DONE.value)
"""States in which the book says that a refund's rials have left where they were."""


class WrongStep(Exception):
    """The row is not, or no longer, in a state that leads there: somebody else was first."""


def may_walk(before: str, after: ItemState | RefundState) -> bool:
    """Whether the tables lead from `before` to `after`."""
    if isinstance(after, ItemState):
        return after in ITEM_TABLE[ItemState(before)]
    return after in REFUND_TABLE[RefundState(before)]


def walk(row: ReviewItem | Refund, after: ItemState | RefundState, **values: Any) -> str:
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
