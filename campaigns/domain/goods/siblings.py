"""Where to help instead, when what somebody brings is not needed any more or not in such a number.

First another need of the same campaign; then one of its sister campaign; then the same thing in another campaign
of its provinces.
"""

from dataclasses import dataclass

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import is_live
from campaigns.domain.campaigns.models import Campaign, campaign_province
from campaigns.domain.goods.board import board
from campaigns.domain.goods.need_models import NeedLine, NeedState

MOST_ASKED = 10
"""Campaigns whose counts are looked at for the same thing: enough to find one, few enough to stay quick."""


@dataclass(frozen=True)
class Offer:
    """A need that is open, and the campaign it belongs to."""

    campaign: Campaign
    line: NeedLine
    remaining: int


def offers_instead(campaign: Campaign, line: NeedLine | None = None, most: int = 3) -> list[Offer]:
    """Open needs to offer instead of `line` (of any at all), the nearest first; perhaps none."""
    found = [offer for offer in _open(campaign) if line is None or offer.line.id != line.id]
    if not found and campaign.sibling is not None and _is_live(campaign.sibling):
        found = _open(campaign.sibling)
    if not found and line is not None:
        found = _same_thing(campaign, line)
    return found[:most]


def _open(campaign: Campaign, item_key: str | None = None) -> list[Offer]:
    there, today = board(campaign.id), tehran_day(now())
    return [
        Offer(campaign, line, there.counts[line.id].remaining)
        for line in there.lines
        if line.state == NeedState.SHOWN
        and (line.ends_on is None or line.ends_on >= today)
        and there.counts[line.id].remaining > 0
        and (item_key is None or line.item_key == item_key)
    ]


def _same_thing(campaign: Campaign, line: NeedLine) -> list[Offer]:
    codes = [province.code for province in campaign.provinces]
    query = (
        select(Campaign)
        .join(NeedLine, NeedLine.campaign_id == Campaign.id)
        .where(
            NeedLine.item_key == line.item_key,
            NeedLine.state == NeedState.SHOWN.value,
            NeedLine.reserved + NeedLine.received < NeedLine.quantity,
            Campaign.id != campaign.id,
            is_live(tehran_day(now())),
            Campaign.id.in_(
                select(campaign_province.c.campaign_id).where(campaign_province.c.province_code.in_(codes))
            ),
        )
        .order_by(Campaign.id)
        .limit(MOST_ASKED)
    )
    campaigns = db.session.scalars(query).unique().all()
    return [offer for other in campaigns for offer in _open(other, line.item_key)]


def _is_live(campaign: Campaign) -> bool:
    here = select(Campaign.id).where(Campaign.id == campaign.id, is_live(tehran_day(now())))
    return db.session.scalar(here) is not None
