"""Receipts that only a browser brought: kept, asked about one at a time, none in the way of another.

Anybody may bring one for any attempt they know. What the gateway says about it is the evidence, so a wrong one
costs a question and no more; the one that is right still gets its turn. None of these commit.
"""

from typing import NamedTuple

from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.payments.models import HeardReceipt


class Heard(NamedTuple):
    """A receipt to ask about. `asked`: how often the gateway was asked already, and did not answer."""

    receipt_ref: str
    asked: int


def hear(attempt_id: int, receipt_ref: str) -> None:
    """A browser brought this. Brought again, it is asked about again, whatever was said before."""
    new = insert(HeardReceipt).values(attempt_id=attempt_id, receipt_ref=receipt_ref, heard_at=now())
    again = new.on_conflict_do_update(
        index_elements=["attempt_id", "receipt_ref"], set_={"refused_at": None, "heard_at": now()}
    )
    db.session.execute(again)


def waiting(attempt_id: int) -> Heard | None:
    """The one to ask about next: the least asked, of those the latest heard. None: nothing to ask."""
    row = db.session.execute(
        select(HeardReceipt.receipt_ref, HeardReceipt.asked)
        .where(HeardReceipt.attempt_id == attempt_id, HeardReceipt.refused_at.is_(None))
        .order_by(HeardReceipt.asked, HeardReceipt.heard_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Heard(*row)


def take(attempt_id: int) -> Heard | None:
    """The one to ask about next, counted as asked from now on."""
    heard = waiting(attempt_id)
    if heard is not None:
        _change(attempt_id, heard.receipt_ref, asked=heard.asked + 1)
    return heard


def refuse(attempt_id: int, receipt_ref: str) -> None:
    """The gateway said no to this one: it is not asked about any more, unless somebody brings it again."""
    _change(attempt_id, receipt_ref, refused_at=now())


def _change(attempt_id: int, receipt_ref: str, **values: object) -> None:
    db.session.execute(
        update(HeardReceipt)
        .where(HeardReceipt.attempt_id == attempt_id, HeardReceipt.receipt_ref == receipt_ref)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
