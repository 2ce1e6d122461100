"""How far a gift has come: received, allocated, bought, delivered in which county. The rule is `deliveries.trace`."""

from dataclasses import dataclass
from typing import NamedTuple

from campaigns.domain.contributions.models import Contribution
from campaigns.domain.deliveries import grants
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.queries import of_spendings, spent_of
from campaigns.domain.deliveries.stretch import stretch
from campaigns.domain.deliveries.trace import Bought, Brought, Parts, parts
from campaigns.domain.funds.models import State
from campaigns.domain.ledger import accounts


class Stop(NamedTuple):
    """Where things that the gift paid for arrived. `county` is empty where so few were helped that it is not told."""

    what: str
    county: str
    province: str


@dataclass(frozen=True)
class Trace:
    """Rials of a gift, stage by stage: each stage holds what went on to the next."""

    parts: Parts
    stops: list[Stop]

    @property
    def received(self) -> int:
        return self.parts.rials

    @property
    def allocated(self) -> int:
        return self.received - self.parts.waiting

    @property
    def bought(self) -> int:
        return self.allocated - self.parts.allocated

    @property
    def delivered(self) -> int:
        return self.parts.delivered_rials


def gift_trace(gift: Contribution, key: str, language: str) -> Trace | None:
    """Of the gift that the book calls `key`. None: it has no line yet, or its money went elsewhere."""
    found = stretch(key, accounts.campaign(gift.campaign_id, gift.intent))
    if found is None:
        return None
    spendings = spent_of(gift.campaign_id, gift.intent)
    paid = [one.id for one in spendings if one.state == State.PAID]
    deliveries = of_spendings(paid) if paid else {}
    bought = [
        Bought(
            one.rials,
            one.state == State.PAID,
            [Brought(row.rials, row) for row in deliveries.get(one.id, ())],
        )
        for one in spendings
    ]
    own = parts(found.begin, found.rials, bought)
    return Trace(own, stops(gift.campaign_id, [part.what for part in own.delivered], language))


def stops(campaign_id: int, rows: list[Delivery], language: str) -> list[Stop]:
    """Where deliveries arrived, each place once and in their order: for receipts of gifts, pledges and boxes."""
    if not rows:
        return []
    table, english = grants.of_campaign(campaign_id, language), language == "en"
    found = [
        Stop(
            row.kind.name_en if english else row.kind.name_fa,
            ((english and row.county.name_en) or row.county.name_fa)
            if table.tells(row.kind_code, row.county_id)
            else "",
            row.county.province.name_en if english else row.county.province.name_fa,
        )
        for row in rows
    ]
    return list(dict.fromkeys(found))
