"""Tables of a crisis: a call for many hands at once, and who answered it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.regions.models import Province
from campaigns.domain.volunteers.profile_models import Volunteer


class Surge(Model):
    """A call for many hands, for one campaign or one province. Closed: nobody signs up any more."""

    __tablename__ = "surge"
    __table_args__ = (CheckConstraint("(campaign_id IS NULL) <> (province_code IS NULL)", name="one_place"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title_fa: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(120), default="")
    about_fa: Mapped[str] = mapped_column(Text, default="")
    about_en: Mapped[str] = mapped_column(Text, default="")
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("province.code"))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[At] = mapped_column(default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign | None] = relationship()
    province: Mapped[Province | None] = relationship()


class SurgeSignup(Model):
    """Somebody answered a call: once, however often they send the form. What was written the last time."""

    __tablename__ = "surge_signup"
    __table_args__ = (
        UniqueConstraint("surge_id", "volunteer_id"),
        Index("ix_surge_signup_newest", "surge_id", "province_code", "id"),
    )
    id: Mapped[Key]
    surge_id: Mapped[int] = mapped_column(ForeignKey("surge.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"))
    offer: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[At] = mapped_column(default=now)

    surge: Mapped[Surge] = relationship()
    volunteer: Mapped[Volunteer] = relationship()
