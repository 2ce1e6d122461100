"""The provinces of a national campaign for people of the house: in whatever state, and what waits in each."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.clones import Clone
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.regions.models import Province


@dataclass(frozen=True)
class Child:
    """`waiting`: how many of its changes wait for a moderator."""

    campaign: Campaign
    province: Province
    waiting: int


def children_of(parent_id: int) -> list[Child]:
    """One query, with the authors."""
    waiting = (
        select(func.count())
        .where(CampaignEdit.campaign_id == Campaign.id, CampaignEdit.state == "waiting")
        .correlate(Campaign)
        .scalar_subquery()
    )
    query = (
        select(Campaign, Province, waiting)
        .join(Clone, Clone.campaign_id == Campaign.id)
        .join(Province, Province.code == Clone.province_code)
        .join(User, User.id == Campaign.author_id)
        .options(contains_eager(Campaign.author))
        .where(Clone.parent_id == parent_id)
        .order_by(Campaign.id)
    )
    return [Child(*row) for row in db.session.execute(query)]
