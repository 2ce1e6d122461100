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


@dataclass(frozen=True)
class _Book:
    """By campaign, in rials; those that tell nothing of what was delivered are not in it."""

    promised: dict[int, int]
    spent: dict[int, int]
    delivered: dict[int, int]


def region(code: str) -> Region:
    here = exists().where(
        campaign_province.c.campaign_id == Campaign.id, campaign_province.c.province_code == code
    )
    elsewhere = exists().where(
        campaign_province.c.campaign_id == Campaign.id, campaign_province.c.province_code != code
    )
    rows = _campaigns(here, elsewhere)
    book = _book([row[0] for row in rows])
    return Region(
        _sums([(number, goal, got) for number, goal, got, wide in rows if not wide], book),
        _sums([(number, goal, got) for number, goal, got, wide in rows if wide], book),
    )


def country() -> Sums:
    """Every campaign with a page."""
    rows = [
        (number, goal, got) for number, goal, got, _elsewhere in _campaigns(Campaign.id > 0, Campaign.id < 0)
    ]
    return _sums(rows, _book([row[0] for row in rows]))


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


def _book(ids: Sequence[int]) -> _Book:
    hidden = untold()
    told = delivered_rials([number for number in ids if number not in hidden])
    return _Book(promised(ids), spent(ids), told)


def _sums(rows: Sequence[tuple[int, int, int]], book: _Book) -> Sums:
    ids = [number for number, _goal, _got in rows]
    return Sums(
        campaigns=len(ids),
        needed=sum(goal for _number, goal, _got in rows),
        promised=sum(book.promised.get(number, 0) for number in ids),
        received=sum(got for _number, _goal, got in rows),
        spent=sum(book.spent.get(number, 0) for number in ids),
        delivered=sum(book.delivered.get(number, 0) for number in ids),
    )
