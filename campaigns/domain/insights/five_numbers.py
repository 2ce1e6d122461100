"""Needed, promised, received, spent, delivered: the five numbers of a campaign side by side.

Five statements, however many gifts there are: money comes from the sums of the book.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.whole import Whole
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.states import OPEN
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.deliveries.grants import Grants, untold
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
    campaign_id: int,
    goal_rials: int,
    received_rials: int,
    unit_rials: int,
    table: Grants,
    whole: Whole | None = None,
) -> Five:
    """`received_rials` as the bar of the page says it; `table`: what the campaign tells of its deliveries. `whole`: of
    a national campaign, whose numbers are those of its provinces.
    """
    ids = [campaign_id, *(whole.province_ids if whole else ())]
    return Five(
        needed=goal_rials,
        promised=sum(promised(ids).values()),
        received=received_rials,
        spent=sum(spent(ids).values()),
        delivered=_delivered(ids, tells=isinstance(table.total, int)),
        unit_rials=unit_rials,
        on=tehran_day(now()),
    )


def five_of(
    sums: tuple[int, int, int], goal_rials: int, received_rials: int, unit_rials: int, table: Grants
) -> Five:
    """As `five_numbers`, of one campaign whose sums (promised, spent, delivered) are known."""
    promised_rials, spent_rials, delivered = sums
    return Five(
        needed=goal_rials,
        promised=promised_rials,
        received=received_rials,
        spent=spent_rials,
        delivered=delivered if isinstance(table.total, int) else None,
        unit_rials=unit_rials,
        on=tehran_day(now()),
    )


def _delivered(campaign_ids: Sequence[int], *, tells: bool) -> int | None:
    """Of many together: the sum of those that tell something, which stands on their own pages."""
    if len(campaign_ids) > 1:
        hidden = untold()
        return sum(delivered_rials([key for key in campaign_ids if key not in hidden]).values())
    return sum(delivered_rials(campaign_ids).values()) if tells else None


def promised(campaign_ids: Collection[int]) -> dict[int, int]:
    """By campaign: what donors said they would transfer, and the bank has not shown."""
    query = promised_query(Contribution.campaign_id.in_(campaign_ids))
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def promised_query(here: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """(campaign, rials); `here` narrows it by `Contribution.campaign_id`."""
    return (
        select(Contribution.campaign_id, func.sum(TransferClaim.expected_rials))
        .join(Contribution, Contribution.id == TransferClaim.contribution_id)
        .where(TransferClaim.state.in_(OPEN), here)
        .group_by(Contribution.campaign_id)
    )


def spent(campaign_ids: Collection[int]) -> dict[int, int]:
    """By campaign: what was taken out of its buckets, by the book."""
    query = spent_query(LedgerAccount.campaign_id.in_(campaign_ids))
    return {row[0]: int(row[1]) for row in db.session.execute(query) if row[0] is not None}


def spent_query(here: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """(campaign, rials); `here` narrows it by `LedgerAccount.campaign_id`."""
    is_spent = LedgerDay.kind.in_(SPENDING_KINDS)
    return (
        select(LedgerAccount.campaign_id, func.sum(case((is_spent, -LedgerDay.rials), else_=0)))
        .join(LedgerDay, LedgerDay.account_id == LedgerAccount.id)
        .where(here)
        .group_by(LedgerAccount.campaign_id)
    )
