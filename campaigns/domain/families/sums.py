"""What the provinces of national campaigns have together, by the rollups of the book: one query for many campaigns."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from campaigns.base.extensions import db
from campaigns.domain.campaigns.clones import Clone
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.campaigns.whole import Share, Whole, whole
from campaigns.domain.ledger.models import CampaignRollup

_Parent, _Own = aliased(Campaign), aliased(CampaignRollup)


def wholes(campaign_ids: Collection[int]) -> dict[int, Whole]:
    """Those of these campaigns that have provinces with a page, by id; everything else is what it is by itself."""
    provinces: dict[int, list[Share]] = {}
    owns: dict[int, Share] = {}
    for own, province in _shares(campaign_ids):
        owns[own.campaign_id] = own
        provinces.setdefault(own.campaign_id, []).append(province)
    return {key: whole(own, provinces[key]) for key, own in owns.items()}


def whole_of(campaign_id: int) -> Whole | None:
    return wholes([campaign_id]).get(campaign_id)


def _shares(campaign_ids: Collection[int]) -> list[tuple[Share, Share]]:
    """(the national campaign by itself, one of its provinces)."""
    if not campaign_ids:
        return []
    rows = db.session.execute(shares_query(Clone.parent_id.in_(campaign_ids)))
    return [(Share(*row[:5]), Share(*row[5:])) for row in rows]


def whole_from(rows: Sequence[Sequence[Any]]) -> Whole | None:
    """Of one national campaign, from what its `shares_query` found; None of any other campaign."""
    return whole(Share(*rows[0][:5]), [Share(*row[5:]) for row in rows]) if rows else None


def shares_query(parents: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Five numbers of a national campaign by itself, five of one of its provinces with a page."""
    return (
        select(*_numbers(_Parent, _Own), *_numbers(Campaign, CampaignRollup))
        .join(Clone, Clone.campaign_id == Campaign.id)
        .join(_Parent, _Parent.id == Clone.parent_id)
        .outerjoin(CampaignRollup, CampaignRollup.campaign_id == Campaign.id)
        .outerjoin(_Own, _Own.campaign_id == _Parent.id)
        .where(parents, was_public())
        .order_by(Clone.campaign_id)
    )


def _numbers(campaign: type[Campaign], rollup: type[CampaignRollup]) -> tuple[Any, ...]:
    return (
        campaign.id,
        campaign.unit_price_rials,
        campaign.unit_count,
        func.coalesce(rollup.received_rials, 0),
        func.coalesce(rollup.gifts, 0),
    )
