"""What the book says of an organization: sums over its campaigns. Two queries."""

from dataclasses import dataclass

from sqlalchemy import and_, case, func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.calendar import is_live
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import was_public
from campaigns.domain.ledger.kinds import SPENDING_KINDS
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
    spent = (
        select(func.coalesce(func.sum(-LedgerDay.rials), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerDay.account_id)
        .join(Campaign, Campaign.id == LedgerAccount.campaign_id)
        .where(own, LedgerDay.kind.in_(SPENDING_KINDS))
    )
    campaigns, open_now, reached, gifts, rials = map(int, db.session.execute(query).one())
    return Record(campaigns, open_now, reached, gifts, rials, int(db.session.scalar(spent) or 0))
