"""Reads of settlements and of the days they are to pay for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.settlements.clearing import Day, holding
from campaigns.domain.settlements.models import Settlement, SettlementPart, State


@dataclass(frozen=True)
class Batch:
    """The days a settlement pays for, and what the book says about them. `before`: what was left of them without it."""

    days: list[Day]
    before: int
    paid: int

    @property
    def came(self) -> int:
        return sum(day.came for day in self.days)

    @property
    def fees(self) -> int:
        return sum(day.fees for day in self.days)

    @property
    def went_back(self) -> int:
        return sum(day.went_back for day in self.days)

    @property
    def other(self) -> int:
        return sum(day.other for day in self.days)

    @property
    def difference(self) -> int:
        """What stays open: above zero the gateway still owes us, below it paid more than we know of."""
        return self.before - self.paid


def batch_of(settlement: Settlement) -> Batch:
    days = holding(settlement.terminal).between(settlement.first_day, settlement.last_day)
    left = sum(day.left for day in days)
    mine = sum(parts_by_day(settlement).values())
    return Batch(days, left + mine, settlement.leaves_rials)


def parts_by_day(settlement: Settlement) -> dict[date, int]:
    """What of a confirmed settlement pays for which day."""
    query = select(SettlementPart.day, SettlementPart.rials).where(
        SettlementPart.settlement_id == settlement.id
    )
    return {row.day: row.rials for row in db.session.execute(query.order_by(SettlementPart.day))}


def by_public_id(public_id: str) -> Settlement | None:
    return db.session.scalar(select(Settlement).where(Settlement.public_id == public_id))


def settlements(terminals: Collection[str], limit: int = 100) -> list[Settlement]:
    """Of these terminals: what waits for a second person first, then the newest."""
    query = select(Settlement).where(Settlement.terminal.in_(terminals))
    order = (Settlement.state != State.ENTERED.value, Settlement.id.desc())
    return list(db.session.scalars(query.order_by(*order).limit(limit)))
