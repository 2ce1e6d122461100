"""Which campaign was cloned for which province: the provinces of a national campaign, and the way back."""

from collections.abc import Collection, Sequence

from sqlalchemy import ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.clock import now
from campaigns.base.columns import At
from campaigns.base.extensions import Model, db
from campaigns.domain.campaigns.models import Campaign


class Clone(Model):
    """This campaign is its parent's in one province. A province has one at most, and clones are not cloned again."""

    __tablename__ = "clone"
    __table_args__ = (UniqueConstraint("parent_id", "province_code"),)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    province_code: Mapped[str] = mapped_column(String(5), ForeignKey("province.code"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)


def clone_of(campaign_id: int) -> Clone | None:
    """How this campaign came out of another one; None when it did not."""
    return db.session.get(Clone, campaign_id)


def parent_of(campaign_id: int) -> Campaign | None:
    query = select(Campaign).join(Clone, Clone.parent_id == Campaign.id)
    return db.session.scalar(query.where(Clone.campaign_id == campaign_id))


def clones_of(parent_id: int) -> Sequence[Clone]:
    """In whatever state, in the order they were made."""
    query = select(Clone).where(Clone.parent_id == parent_id).order_by(Clone.campaign_id)
    return db.session.scalars(query).all()


def family_of(campaign_id: int) -> frozenset[int]:
    """Row ids of a campaign, of the national one it came out of, and of every province of either: they share words."""
    of_whom = select(Clone.parent_id).where(Clone.campaign_id == campaign_id).scalar_subquery()
    query = select(Clone.parent_id, Clone.campaign_id).where(
        or_(Clone.parent_id == campaign_id, Clone.parent_id == of_whom)
    )
    return frozenset({campaign_id}.union(*db.session.execute(query)))


def parents_of(campaign_ids: Collection[int]) -> frozenset[int]:
    """Row ids of the national campaigns that these are the provinces of."""
    query = select(Clone.parent_id).where(Clone.campaign_id.in_(campaign_ids)).distinct()
    return frozenset(db.session.scalars(query))
