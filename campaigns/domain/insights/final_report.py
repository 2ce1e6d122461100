"""The page with which a campaign ends: what was spent on what, what reached people where, what was left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.base.suppression import LEAST
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.deliveries import grants
from campaigns.domain.deliveries.models import Delivery, FinalReport
from campaigns.domain.deliveries.queries import public_deliveries, spent_of
from campaigns.domain.deliveries.reports import is_over, shown
from campaigns.domain.families.sums import whole_of
from campaigns.domain.funds.models import Spending
from campaigns.domain.funds.paper_models import SpendingPaper
from campaigns.domain.funds.papers import dates, public_papers
from campaigns.domain.insights.five_numbers import Five, five_numbers
from campaigns.domain.insights.goods_numbers import GoodsNumbers, goods_numbers


@dataclass(frozen=True)
class Row:
    """A delivery as everybody may read it; `quantity` is none where it would tell of a few."""

    delivery: Delivery
    quantity: int | None


@dataclass(frozen=True)
class ReportPage:
    """`report` is none until a moderator has read one; `is_over`: the campaign takes no more gifts. `papers`: by
    spending, the copy for everybody; `dates`: the day on its document.
    """

    report: FinalReport | None
    is_over: bool
    five: Five
    goods: GoodsNumbers
    spendings: Sequence[Spending]
    papers: Mapping[int, SpendingPaper]
    dates: Mapping[int, date]
    grants: grants.Grants
    deliveries: Sequence[Row]


def report_page(campaign: Campaign, received_rials: int, language: str) -> ReportPage:
    """A fixed number of statements."""
    spendings = spent_of(campaign.id)
    ids = [row.id for row in spendings]
    table, whole = grants.of_campaign(campaign.id, language), whole_of(campaign.id)
    return ReportPage(
        report=shown(campaign.id),
        is_over=is_over(campaign),
        five=five_numbers(
            campaign.id,
            whole.goal_rials if whole else campaign.goal_rials,
            received_rials,
            campaign.unit_price_rials,
            table,
            whole,
        ),
        goods=goods_numbers(campaign.id, language),
        spendings=spendings,
        papers=public_papers(ids),
        dates=dates(ids),
        grants=table,
        deliveries=told(public_deliveries(campaign.id), table),
    )


def told(deliveries: Sequence[Delivery], table: grants.Grants) -> list[Row]:
    """Numbers of single records only where the sum of kind and county is told and none of its records is of a few:
    else what is left out of the table could be worked out from them.
    """
    small = {(row.kind_code, row.county_id) for row in deliveries if row.quantity < LEAST}
    return [
        Row(
            row,
            row.quantity
            if (row.kind_code, row.county_id) not in small and table.tells(row.kind_code, row.county_id)
            else None,
        )
        for row in deliveries
    ]
