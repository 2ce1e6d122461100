"""The goods side of the five numbers: thing by thing, for pieces of different things make no sum. Three statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.base.suppression import LEAST
from campaigns.domain.goods.board import Board, Count, board
from campaigns.domain.goods.need_models import NeedLine, NeedState
from campaigns.domain.goods.need_views import text
from campaigns.domain.goods.stock_queries import delivered_of


@dataclass(frozen=True)
class Thing:
    """One thing in pieces, of all counties together. `received`: in goods; `paid`: what the campaign's money buys.
    `delivered`: what of `received` arrived in boxes; none where so little was that it could tell of a family.
    `missing`: neither there nor promised, of what is still asked for; `missing_rials`: its worth, none without a price.
    """

    item: str
    unit: str
    needed: int
    promised: int
    received: int
    paid: int
    delivered: int | None
    missing: int
    missing_rials: int | None

    @property
    def undelivered(self) -> int:
        """Received, and not delivered yet as far as it is told."""
        return self.received - self.delivered if self.delivered is not None else 0


@dataclass(frozen=True)
class GoodsNumbers:
    """Every thing a campaign needs, in its order."""

    things: Sequence[Thing]

    @property
    def whole(self) -> int:
        """Of how many things nothing is missing."""
        return sum(thing.missing == 0 for thing in self.things)

    @property
    def missing_rials(self) -> int | None:
        """What is missing is worth so much; none where a price is not known. Nothing is missing: zero."""
        worths = [thing.missing_rials for thing in self.things]
        return None if None in worths else sum(worth for worth in worths if worth)


def goods_numbers(campaign_id: int, language: str, found: Board | None = None) -> GoodsNumbers:
    """However many pledges, receipts and boxes there are. `found`: its board, where the caller has it."""
    found = found or board(campaign_id)
    if not found.lines:
        return GoodsNumbers(())
    delivered = delivered_of([line.id for line in found.lines])
    alike: dict[tuple[str, str], list[NeedLine]] = {}
    for line in found.lines:
        alike.setdefault((line.item_key, line.unit_fa), []).append(line)
    return GoodsNumbers([_thing(lines, found.counts, delivered, language) for lines in alike.values()])


def _thing(
    lines: Sequence[NeedLine], counts: dict[int, Count], delivered: dict[int, int], language: str
) -> Thing:
    reached = sum(min(delivered.get(line.id, 0), line.received) for line in lines)
    missing = [
        (counts[line.id].remaining, line.unit_price_rials) for line in lines if line.state == NeedState.SHOWN
    ]
    priced = all(price for number, price in missing if number)
    return Thing(
        item=text(lines[0], "item", language),
        unit=text(lines[0], "unit", language),
        needed=sum(line.quantity for line in lines),
        promised=sum(line.reserved for line in lines),
        received=sum(line.received for line in lines),
        paid=sum(counts[line.id].bought for line in lines),
        delivered=reached if reached == 0 or reached >= LEAST else None,
        missing=sum(number for number, _price in missing),
        missing_rials=sum(number * price for number, price in missing) if priced else None,
    )
