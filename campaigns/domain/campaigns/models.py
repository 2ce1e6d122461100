"""Tables of campaigns. Rows here are what the public page shows once the campaign is live."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, SmallInteger, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Marks, Moment, PublicId, Rials
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.regions.models import County, Province

campaign_province = Table(
    "campaign_province",
    Model.metadata,
    Column("campaign_id", BigKey, ForeignKey("campaign.id"), primary_key=True),
    Column("province_code", String(5), ForeignKey("province.code"), primary_key=True, index=True),
)
campaign_county = Table(
    "campaign_county",
    Model.metadata,
    Column("campaign_id", BigKey, ForeignKey("campaign.id"), primary_key=True),
    Column("county_id", BigKey, ForeignKey("county.id"), primary_key=True),
)


class Campaign(Model):
    """One campaign. Its goal is `unit_price_rials * unit_count`; what it has received is in the ledger."""

    __tablename__ = "campaign"
    __table_args__ = (Index("ix_campaign_state_topic", "state", "topic"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    short_code: Mapped[str] = mapped_column(String(8), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    state_reason: Mapped[str] = mapped_column(Text, default="")  # shown when paused, cancelled or sent back
    state_changed_at: Mapped[At] = mapped_column(default=now)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    topic: Mapped[str] = mapped_column(String(20), default="marriage")
    theme: Mapped[str] = mapped_column(String(20), default="firouzeh")
    motif: Mapped[str] = mapped_column(String(20), default="window")
    accent: Mapped[str] = mapped_column(
        String(7), default=""
    )  # its own colour, `#rrggbb`; empty: the theme's
    unit_price_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    unit_count: Mapped[int] = mapped_column(default=0)
    minimum_rials: Mapped[int] = mapped_column(BigInteger, default=200_000)
    covers_overhead: Mapped[bool] = mapped_column(default=False)  # the organization pays the running costs
    goal_policy: Mapped[str] = mapped_column(String(12), default="continue")
    sibling_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    starts_on: Mapped[date | None] = mapped_column(Date)  # Tehran days, both inclusive
    ends_on: Mapped[date | None] = mapped_column(Date)
    search_key: Mapped[str] = mapped_column(Text, default="")
    hidden_marks: Mapped[Marks]
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[At] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment())
    approved_at: Mapped[datetime | None] = mapped_column(Moment())

    organization: Mapped[Organization] = relationship()
    author: Mapped[User] = relationship()
    provinces: Mapped[list[Province]] = relationship(secondary=campaign_province)
    counties: Mapped[list[County]] = relationship(secondary=campaign_county)
    sibling: Mapped["Campaign | None"] = relationship(remote_side="Campaign.id")

    @property
    def goal_rials(self) -> int:
        return self.unit_price_rials * self.unit_count


class CampaignText(Model):
    """The words of one campaign in one language. `story` is Markdown."""

    __tablename__ = "campaign_text"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    lead: Mapped[str] = mapped_column(String(400), default="")
    story: Mapped[str] = mapped_column(Text, default="")
    unit_name: Mapped[str] = mapped_column(String(60), default="")
    surplus_rule: Mapped[str] = mapped_column(String(500), default="")

    campaign: Mapped[Campaign] = relationship()


class OldSlug(Model):
    """An address a campaign had before; it redirects."""

    __tablename__ = "old_slug"
    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))


class UnitCost(Model):
    """One line of what a unit costs. The lines of a campaign sum to its unit price."""

    __tablename__ = "unit_cost"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    label_fa: Mapped[str] = mapped_column(String(120))
    label_en: Mapped[str] = mapped_column(String(120), default="")
    rials: Mapped[Rials]


class Preset(Model):
    """A suggested amount and the thing it stands for."""

    __tablename__ = "preset"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    rials: Mapped[Rials]
    thing_fa: Mapped[str] = mapped_column(String(80))
    thing_en: Mapped[str] = mapped_column(String(80), default="")


class AllowedIntent(Model):
    """An intent (نیت) gifts to this campaign may carry."""

    __tablename__ = "allowed_intent"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    intent: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, default=0)


class Faq(Model):
    __tablename__ = "faq"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    question: Mapped[str] = mapped_column(String(200))
    answer: Mapped[str] = mapped_column(Text)
