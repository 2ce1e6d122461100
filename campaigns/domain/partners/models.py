"""Tables of partners: what is said of an organization, memoranda of understanding, their papers and their moves."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, LargeBinary, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Digest, Key, Marks, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.campaigns.models import Campaign

memorandum_party = Table(
    "memorandum_party",
    Model.metadata,
    Column("memorandum_id", BigKey, ForeignKey("memorandum.id"), primary_key=True),
    Column("organization_id", BigKey, ForeignKey("organization.id"), primary_key=True, index=True),
)
memorandum_campaign = Table(
    "memorandum_campaign",
    Model.metadata,
    Column("memorandum_id", BigKey, ForeignKey("memorandum.id"), primary_key=True),
    Column("campaign_id", BigKey, ForeignKey("campaign.id"), primary_key=True, index=True),
)


class PartnerProfile(Model):
    """What is said of an organization as a partner, one row a version. At most one is shown, at most one waits."""

    __tablename__ = "partner_profile"
    __table_args__ = (
        Index("ix_partner_profile_shown", "organization_id", unique=True, **where("state = 'shown'")),
        Index("ix_partner_profile_waiting", "organization_id", unique=True, **where("state = 'waiting'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(12))  # `words.Kind`
    license_number: Mapped[str] = mapped_column(String(40))
    about_fa: Mapped[str] = mapped_column(Text)
    about_en: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    has_logo: Mapped[bool] = mapped_column(default=False)
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(12), default="waiting")  # shown, returned, rejected, replaced
    created_at: Mapped[At] = mapped_column(default=now)
    shown_at: Mapped[datetime | None] = mapped_column(Moment())

    organization: Mapped[Organization] = relationship()
    author: Mapped[User] = relationship()


class PartnerLogo(Model):
    """The logo of one version, painted anew as a small PNG; apart, so that lists never read it."""

    __tablename__ = "partner_logo"
    profile_id: Mapped[int] = mapped_column(ForeignKey("partner_profile.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Memorandum(Model):
    """A memorandum of understanding (تفاهم‌نامه) between a house of ours and its partners.

    `house` signs for us: its province says whose desk it is. Days are Tehran's, both inclusive. What the calendar
    makes of `state` says `states.state_on`.
    """

    __tablename__ = "memorandum"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="period"),
        Index("ix_memorandum_division_state", "division", "state"),
        Index("ix_memorandum_state", "state", "ends_on"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    house_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    subject_fa: Mapped[str] = mapped_column(String(160))
    subject_en: Mapped[str] = mapped_column(String(160), default="")
    terms_fa: Mapped[str] = mapped_column(Text)
    terms_en: Mapped[str] = mapped_column(Text, default="")
    division: Mapped[str] = mapped_column(String(16))  # `words.Division`
    for_network: Mapped[bool] = mapped_column(
        default=False
    )  # stands behind the volunteers, not campaigns alone
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    state_reason: Mapped[str] = mapped_column(
        String(500), default=""
    )  # of ending it early; everybody reads it
    state_changed_at: Mapped[At] = mapped_column(default=now)
    hidden_marks: Mapped[Marks]
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[At] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment())
    approved_at: Mapped[datetime | None] = mapped_column(Moment())

    house: Mapped[Organization] = relationship()
    author: Mapped[User] = relationship()
    parties: Mapped[list[Organization]] = relationship(secondary=memorandum_party, order_by=Organization.id)
    campaigns: Mapped[list[Campaign]] = relationship(secondary=memorandum_campaign, order_by=Campaign.id)


class MemorandumPaper(Model):
    """A PDF of a memorandum. `use`: `signed` is kept for the house alone, `public` is the copy for everybody."""

    __tablename__ = "memorandum_paper"
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id"), primary_key=True)
    use: Mapped[str] = mapped_column(String(6), primary_key=True)
    sha256: Mapped[Digest]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At] = mapped_column(default=now)


class MemorandumMove(Model):
    """One move of the state table: who, when, why. Append-only."""

    __tablename__ = "memorandum_move"
    id: Mapped[Key]
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the calendar did it
    before: Mapped[str] = mapped_column(String(12))
    after: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    moved_at: Mapped[At] = mapped_column(default=now)

    actor: Mapped[User | None] = relationship()


append_only(MemorandumMove.__table__)  # type: ignore[arg-type]
