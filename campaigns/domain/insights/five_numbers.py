"""Needed, promised, received, spent, delivered: the five numbers of a campaign side by side.

Five statements, however many gifts there are: money comes from the sums of the book.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.states import OPEN
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.deliveries.grants import Grants
from campaigns.domain.deliveries.queries import delivered_rials
from campaigns.domain.ledger.kinds import SPENDING_KINDS
from campaigns.domain.ledger.models import LedgerAccount
from campaigns.domain.ledger.seal_models import LedgerDay


@dataclass(frozen=True)
class Five:
    """In rials, on a Tehran day. `promised`: transfers that were declared and that the bank has not shown yet.
    `delivered` is none where so little was that its cost would tell how many families. `unit_rials`: what one unit
    costs.
    """

    needed: int
    promised: int
    received: int
    spent: int
    delivered: int | None
    unit_rials: int
    on: date

    @property
    def short(self) -> int:
        """What has neither come nor been promised."""
        return max(0, self.needed - self.received - self.promised)

    @property
    def units_short(self) -> int:
        """How many units that is, begun ones counted."""
        return -(-self.short // self.unit_rials) if self.unit_rials else 0

    @property
    def unspent(self) -> int:
        """Received, and not spent yet."""
        return max(0, self.received - self.spent)

    @property
    def undelivered(self) -> int:
        """Spent, and not delivered yet."""
        return max(0, self.spent - self.delivered) if self.delivered is not None else 0


def five_numbers(
    campaign_id: int, goal_rials: int, received_rials: int, unit_rials: int, table: Grants
) -> Five:
    """`received_rials` as the bar of the page says it; `table`: what the campaign tells of its deliveries."""
    tells = isinstance(table.total, int)
    return Five(
        needed=goal_rials,
        promised=promised([campaign_id]).get(campaign_id, 0),
        received=received_rials,
        spent=spent([campaign_id]).get(campaign_id, 0),
        delivered=delivered_rials([campaign_id]).get(campaign_id, 0) if tells else None,
        unit_rials=unit_rials,
        on=tehran_day(now()),
    )


def promised(campaign_ids: Collection[int]) -> dict[int, int]:
    """By campaign: what donors said they would transfer, and the bank has not shown."""
    query = (
        select(Contribution.campaign_id, func.sum(TransferClaim.expected_rials))
        .join(Contribution, Contribution.id == TransferClaim.contribution_id)
        .where(TransferClaim.state.in_(OPEN), Contribution.campaign_id.in_(campaign_ids))
        .group_by(Contribution.campaign_id)
    )
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def spent(campaign_ids: Collection[int]) -> dict[int, int]:
    """By campaign: what was taken out of its buckets, by the book."""
    is_spent = LedgerDay.kind.in_(SPENDING_KINDS)
    query = (
        select(LedgerAccount.campaign_id, func.sum(case((is_spent, -LedgerDay.rials), else_=0)))
        .join(LedgerDay, LedgerDay.account_id == LedgerAccount.id)
        .where(LedgerAccount.campaign_id.in_(campaign_ids))
        .group_by(LedgerAccount.campaign_id)
    )
    return {row[0]: int(row[1]) for row in db.session.execute(query) if row[0] is not None}
