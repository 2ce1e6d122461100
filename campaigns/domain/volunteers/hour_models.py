"""Tables of hours: what was given, what was vowed, and the certificates that say thanks for it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.shift_models import Signup


class HourEntry(Model):
    """What somebody saw of one person at one shift. Append-only: a mistake is mended by an entry that corrects it.

    `minutes` counts against what was said before, so the hours of anything are a sum; `was_there` is what holds now.
    """

    __tablename__ = "hour_entry"
    __table_args__ = (
        Index("uq_hour_entry_first", "signup_id", unique=True, **where("corrects_id IS NULL")),
        Index("ix_hour_entry_signup", "signup_id"),
        Index("ix_hour_entry_person", "volunteer_id", "campaign_id"),
        Index("ix_hour_entry_campaign", "campaign_id", "minutes"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    signup_id: Mapped[int] = mapped_column(ForeignKey("shift_signup.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    was_there: Mapped[bool]
    minutes: Mapped[int] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(String(200), default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("hour_entry.id"), unique=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)

    signup: Mapped[Signup] = relationship()
    actor: Mapped[User] = relationship()


class HourVow(Model):
    """«نذر خدمت»: so many hours for one campaign until a day. The hours checked in since fulfil it."""

    __tablename__ = "hour_vow"
    __table_args__ = (
        CheckConstraint("hours BETWEEN 1 AND 1000", name="hours"),
        Index(
            "uq_hour_vow_standing",
            "code",
            "campaign_id",
            unique=True,
            **where("withdrawn_at IS NULL"),
        ),
    )
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(11))  # of who vowed: the hours that it opens fulfil the vow
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    hours: Mapped[int] = mapped_column(SmallInteger)
    until_on: Mapped[date] = mapped_column(Date)
    made_at: Mapped[At] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment())

    volunteer: Mapped[Volunteer] = relationship()


class Thanks(Model):
    """A certificate. It says what held on its day and is never changed, but its names go when personal data is erased.

    `shown_name` is what its owner lets others read.
    """

    __tablename__ = "thanks"
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(11), unique=True)
    holder_code: Mapped[str] = mapped_column(String(11), index=True)  # with which it was asked for
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    shown_name: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int] = mapped_column(Integer)
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    issued_at: Mapped[At] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship()


append_only(HourEntry.__table__)  # type: ignore[arg-type]
