"""Need to zero: how far each need of a campaign is, by goods and by money together.

Money and lines: nobody chooses a line when giving money, and the ledger knows campaigns, not lines. So the money of
a campaign buys its needs in their order: it completes as many whole units of the first as are still missing, then of
the second, and so on. It is simple to say on the page («the next gift buys …»), needs no second account beside the
ledger, and stays true when a gift is refunded, a promise runs out or the order changes: the units are derived anew
from the ledger's total each time. Each gift of one unit's price lowers the count of the need it reaches by one.

Goods that were promised or have come take precedence: money buys only what they leave open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.goods.need_models import NeedLine, NeedState
from campaigns.domain.goods.need_queries import lines_in, lines_of
from campaigns.domain.ledger.models import CampaignRollup


@dataclass(frozen=True)
class Count:
    """One need in numbers. They always sum to `quantity`, and none is below zero."""

    quantity: int
    received: int
    bought: int
    reserved: int

    @property
    def remaining(self) -> int:
        """Open for goods and for money."""
        return self.quantity - self.received - self.bought - self.reserved

    @property
    def there(self) -> int:
        """Received in goods, or paid for."""
        return self.received + self.bought


@dataclass(frozen=True)
class Board:
    """The needs of one campaign, in their order, each with its count. `next_id`: the one the next money goes to."""

    lines: Sequence[NeedLine]
    counts: dict[int, Count]
    next_id: int | None
    towards_next_rials: int  # of the price of its next unit, already here


NOTHING = Board((), {}, None, 0)
"""Of a campaign that asks for no goods."""


def board(campaign_id: int) -> Board:
    """Two queries, whatever the number of gifts and pledges."""
    lines = lines_of(campaign_id)
    return counted(lines, money_of(campaign_id) if lines else 0)


def boards(campaign_ids: Sequence[int]) -> dict[int, Board]:
    """The boards of several campaigns, in this order. Two queries, however many they are."""
    lines: dict[int, list[NeedLine]] = {key: [] for key in campaign_ids}
    for line in lines_in(campaign_ids):
        lines[line.campaign_id].append(line)
    asking = [key for key, found in lines.items() if found]
    money = _money_in(asking) if asking else {}
    return {key: counted(found, money.get(key, 0)) for key, found in lines.items()}


def money_of(campaign_id: int) -> int:
    """Rials the campaign has received by the ledger, less what was refunded. Spending does not lower it."""
    return _money_in([campaign_id]).get(campaign_id, 0)


def _money_in(campaign_ids: Sequence[int]) -> dict[int, int]:
    query = select(CampaignRollup.campaign_id, CampaignRollup.received_rials)
    rows = db.session.execute(query.where(CampaignRollup.campaign_id.in_(campaign_ids)))
    return {row.campaign_id: row.received_rials for row in rows}


def counted(lines: Sequence[NeedLine], rials: int) -> Board:
    """Lets `rials` buy what is open of these lines, in their order. Closed ones keep what they had."""
    closed = {line.id: line.bought_when_closed for line in lines if line.state != NeedState.SHOWN}
    left = max(0, rials - sum(closed.get(line.id, 0) * line.unit_price_rials for line in lines))
    counts: dict[int, Count] = {}
    next_id = None
    for line in lines:
        bought = closed.get(line.id, 0)
        if line.state == NeedState.SHOWN and line.takes_money and next_id is None:
            missing = line.quantity - line.received - line.reserved
            bought = min(missing, left // line.unit_price_rials)
            left -= bought * line.unit_price_rials
            next_id = line.id if bought < missing else None
        counts[line.id] = Count(line.quantity, line.received, bought, line.reserved)
    return Board(lines, counts, next_id, left if next_id is not None else 0)
