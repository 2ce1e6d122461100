"""Pledges all of whose goods have reached people. Does not commit."""

from collections.abc import Collection

from sqlalchemy import select

from campaigns.base.among import among
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.goods import pledges
from campaigns.domain.goods.outgoing import Stage
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_states import State
from campaigns.domain.goods.pledge_trace import arrived, receipt_parts, standing
from campaigns.domain.goods.stock_models import Intake

THERE = (State.PARTLY.value, State.RECEIVED.value)
"""States of a pledge whose goods are with us."""


def reached(stock_ids: Collection[int], actor: User, note: str) -> None:
    """After goods of these shelves arrived: pledges of which every piece that came has arrived are delivered.

    Whoever calls holds the warehouse of the shelves, so two boxes that arrive at once see each other.
    """
    done = {stock_id: _finished(stock_id) for stock_id in sorted(stock_ids)}
    pledge_ids = {pledge_id for finished in done.values() for pledge_id in finished.values()}
    receipts = db.session.scalars(
        select(Intake).where(
            among(db.session, Intake.pledge_id, sorted(pledge_ids)),
            Intake.voided_at.is_(None),
            Intake.quantity > 0,
        )
    ).all()
    open_ids = {one.pledge_id for one in receipts if not _is_whole(one, done)}
    for pledge_id in sorted(pledge_ids - open_ids):
        try:
            pledges.deliver(db.session.get_one(Pledge, pledge_id), actor.id, note)
        except pledges.WrongMove:
            continue  # somebody else was first, and has said what became of it


def _finished(stock_id: int) -> dict[int, int]:
    """By receipt: the pledge it is of, where all its pieces have arrived and nobody has said so yet."""
    rows = standing(stock_id).subquery()
    query = (
        select(rows.c.intake_id, rows.c.pledge_id)
        .join(Pledge, Pledge.id == rows.c.pledge_id)
        .where(rows.c.upto <= arrived(stock_id), Pledge.state.in_(THERE))
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _is_whole(receipt: Intake, done: dict[int, dict[int, int]]) -> bool:
    """Whether all of it has arrived; on shelves that this box did not touch it is looked up."""
    if receipt.stock_id in done:
        return receipt.id in done[receipt.stock_id]
    there = sum(part.quantity for part in receipt_parts(receipt) if part.stage == Stage.ARRIVED)
    return there == receipt.quantity
