"""What the book says of an organization: sums over its campaigns, and how each of those that are over ended."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import is_live
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.deliveries.grants import untold
from campaigns.domain.deliveries.queries import delivered_rials
from campaigns.domain.ledger.kinds import SPENDING_KINDS, Kind
from campaigns.domain.ledger.models import CampaignRollup, LedgerAccount
from campaigns.domain.ledger.seal_models import LedgerDay


@dataclass(frozen=True)
class Record:
    """Over the campaigns of one organization that have a page. Sums in rials, as the book says."""

    campaigns: int
    open_now: int
    reached: int
    gifts: int
    received_rials: int
    spent_rials: int
    given_back_rials: int
    delivered_rials: int  # by their cost; without campaigns so small that it would tell how many families


@dataclass(frozen=True)
class Ending:
    """What left the account of one campaign, in rials."""

    spent_rials: int
    given_back_rials: int


_NONE = Ending(0, 0)
BACK = (Kind.REFUND.value, Kind.WHOLE_REFUND.value, Kind.GIFT_BACK.value, Kind.GIFT_REVERSED.value)


def record(organization_id: int) -> Record:
    received = func.coalesce(CampaignRollup.received_rials, 0)
    goal = Campaign.unit_price_rials * Campaign.unit_count
    own = and_(Campaign.organization_id == organization_id, was_public())
    query = (
        select(
            func.count(Campaign.id),
            func.coalesce(func.sum(case((is_live(tehran_day(now())), 1), else_=0)), 0),
            func.coalesce(func.sum(case((and_(goal > 0, received >= goal), 1), else_=0)), 0),
            func.coalesce(func.sum(CampaignRollup.gifts), 0),
            func.coalesce(func.sum(received), 0),
        )
        .select_from(Campaign)
        .outerjoin(CampaignRollup, CampaignRollup.campaign_id == Campaign.id)
        .where(own)
    )
    campaigns, open_now, reached, gifts, rials = map(int, db.session.execute(query).one())
    ids = db.session.scalars(select(Campaign.id).where(own)).all()
    left = endings(ids).values()
    told = delivered_rials(frozenset(ids) - untold())
    return Record(
        campaigns,
        open_now,
        reached,
        gifts,
        rials,
        spent_rials=sum(one.spent_rials for one in left),
        given_back_rials=sum(one.given_back_rials for one in left),
        delivered_rials=sum(told.values()),
    )


def endings(campaign_ids: Collection[int]) -> dict[int, Ending]:
    """By campaign, every one of these. One query."""
    spent, back = (
        func.coalesce(func.sum(case((LedgerDay.kind.in_(kinds), -LedgerDay.rials), else_=0)), 0)
        for kinds in (SPENDING_KINDS, BACK)
    )
    query = (
        select(LedgerAccount.campaign_id, spent, back)
        .join(LedgerDay, LedgerDay.account_id == LedgerAccount.id)
        .where(LedgerAccount.campaign_id.in_(campaign_ids))
        .group_by(LedgerAccount.campaign_id)
    )
    found = {row[0]: Ending(int(row[1]), int(row[2])) for row in db.session.execute(query)}
    return {number: found.get(number, _NONE) for number in campaign_ids}
