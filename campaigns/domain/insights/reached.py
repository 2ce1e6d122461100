"""What was needed, promised, came and reached people: of a province and its counties, of the whole country."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign, campaign_province
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.deliveries.grants import untold
from campaigns.domain.deliveries.queries import delivered_rials
from campaigns.domain.families.sums import wholes
from campaigns.domain.insights.five_numbers import promised, spent
from campaigns.domain.ledger.models import CampaignRollup


@dataclass(frozen=True)
class Sums:
    """Of `campaigns` campaigns together, in rials; `delivered` without those that tell nothing of it."""

    campaigns: int
    needed: int
    promised: int
    received: int
    spent: int
    delivered: int


@dataclass(frozen=True)
class Region:
    """`own`: campaigns for this province alone. `shared`: those for others as well, whose money is not divided."""

    own: Sums
    shared: Sums


def region(code: str) -> Region:
    here = exists().where(
        campaign_province.c.campaign_id == Campaign.id, campaign_province.c.province_code == code
    )
    elsewhere = exists().where(
        campaign_province.c.campaign_id == Campaign.id, campaign_province.c.province_code != code
    )
    rows = _campaigns(here, elsewhere)
    return Region(
        _sums([(number, goal, got) for number, goal, got, wide in rows if not wide]),
        _sums([(number, goal, got) for number, goal, got, wide in rows if wide]),
    )


def country() -> Sums:
    """Every campaign with a page."""
    return _sums(
        [
            (number, goal, got)
            for number, goal, got, _elsewhere in _campaigns(Campaign.id > 0, Campaign.id < 0)
        ]
    )


def _campaigns(which: ColumnElement[bool], wide: ColumnElement[bool]) -> Sequence[tuple[int, int, int, bool]]:
    """Of a national campaign only what its provinces do not say already."""
    query = (
        select(
            Campaign.id,
            Campaign.unit_price_rials * Campaign.unit_count,
            func.coalesce(CampaignRollup.received_rials, 0),
            wide,
        )
        .outerjoin(CampaignRollup, CampaignRollup.campaign_id == Campaign.id)
        .where(was_public(), which)
    )
    rows = db.session.execute(query).all()
    families = wholes([row[0] for row in rows])
    goals = {key: whole.own.goal_rials for key, whole in families.items()}
    return [(row[0], goals.get(row[0], int(row[1])), int(row[2]), bool(row[3])) for row in rows]


def _sums(rows: Sequence[tuple[int, int, int]]) -> Sums:
    ids, hidden = [number for number, _goal, _got in rows], untold()
    return Sums(
        campaigns=len(ids),
        needed=sum(goal for _number, goal, _got in rows),
        promised=sum(promised(ids).values()),
        received=sum(got for _number, _goal, got in rows),
        spent=sum(spent(ids).values()),
        delivered=sum(delivered_rials([number for number in ids if number not in hidden]).values()),
    )
