"""Goods in the book: what lies in a warehouse or is on its way in its boxes, by worth, and whose it is.

These accounts belong to no campaign as the bar counts, so no bar of money ever moves with them.
"""

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.stock_models import Move, Movement, Stock, Warehouse
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, mirror, post
from campaigns.domain.ledger.kinds import Kind

OUT = {
    Move.WRITTEN_OFF: Kind.IN_KIND_LOST,
    Move.LOST: Kind.IN_KIND_LOST,
    Move.DELIVERED: Kind.IN_KIND_DELIVERED,
}


def key_of(movement: Movement) -> str:
    """The key of the transaction of a movement."""
    return f"mov:{movement.public_id}"


def book(movement: Movement, stock: Stock) -> None:
    """Writes what a movement changes of what is ours; nothing where the goods have no worth or only went into a box."""
    kind = Move(movement.kind)
    if not movement.rials or kind in {Move.PACKED, Move.UNPACKED}:
        return
    if movement.reverses_id is not None:
        first = db.session.get_one(Movement, movement.reverses_id)
        mirror(key_of(first), Kind.REVERSAL, occurred_at=now(), actor_id=movement.actor_id)
        return
    lies, held = _accounts(stock)
    leg = Leg(held, lies, movement.rials) if kind in OUT else Leg(lies, held, movement.rials)
    post(
        key_of(movement),
        OUT.get(kind, Kind.IN_KIND),
        [leg],
        occurred_at=now(),
        campaign_id=stock.campaign_id,
        reference=("movement", movement.id),
        actor_id=movement.actor_id,
    )


def _accounts(stock: Stock) -> tuple[str, str]:
    code = db.session.execute(select(Warehouse.code).where(Warehouse.id == stock.warehouse_id)).scalar_one()
    owner = db.session.scalar(select(Campaign.public_id).where(Campaign.id == stock.campaign_id))
    return accounts.goods(code), accounts.campaign_goods(owner) if owner else accounts.GENERAL_GOODS
