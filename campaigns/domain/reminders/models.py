"""Tables of reminders: what a donor asked to be reminded of, each month's letter, and the gifts that came of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.campaigns.models import Campaign


class State(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"  # for good; the address is forgotten


class Why(StrEnum):
    """Why a reminder stopped."""

    DONOR = "donor"
    CAMPAIGN = "campaign"  # it has ended
    UNANSWERED = "unanswered"
    UNPAID = "unpaid"  # the gift it began with never arrived


class Reminder(Model):
    """`email` is personal data, given for this alone and forgotten when it stops; so is `mobile`, where only that
    was left.

    `day`: of the Jalali month. `covered`: the month (`base.months`) up to which nothing more is written; it only
    grows. `counted_from`: months up to here do not count as unanswered. `next_on`: the Tehran day of the next letter;
    empty unless it is active.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("day BETWEEN 1 AND 31", name="day"),
        CheckConstraint("rials > 0", name="positive"),
        Index("ix_reminder_due", "next_on", **where("state = 'active'")),
        Index("ix_reminder_unwelcomed", "id", **where("welcomed_at IS NULL AND state = 'active'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    gift_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    rials: Mapped[Rials]
    intent: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    email: Mapped[str | None] = mapped_column(String(254))
    mobile: Mapped[str | None] = mapped_column(String(16))
    day: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str] = mapped_column(String(12), default=State.ACTIVE.value)
    why: Mapped[str] = mapped_column(String(12), default="")
    covered: Mapped[int] = mapped_column()
    counted_from: Mapped[int] = mapped_column()
    next_on: Mapped[date | None] = mapped_column(Date)
    asked_at: Mapped[At] = mapped_column(default=now)  # when they agreed to be written to
    welcomed_at: Mapped[datetime | None] = mapped_column(Moment())
    changed_at: Mapped[At] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship()


class ReminderMonth(Model):
    """A month of a reminder that was seen to: at most one row, and with it at most one letter."""

    __tablename__ = "reminder_month"
    reminder_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("reminder.id"), primary_key=True, autoincrement=False
    )
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(
        String(12)
    )  # written, skipped (the campaign rests), or why it stopped
    made_at: Mapped[At] = mapped_column(default=now)


class ReminderAnswer(Model):
    """A gift begun from a month's letter. Whether it arrived is for the contribution to say."""

    __tablename__ = "reminder_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["reminder_id", "month"], ["reminder_month.reminder_id", "reminder_month.month"]
        ),
        Index("ix_reminder_answer_month", "reminder_id", "month"),
    )
    gift_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("contribution.id"), primary_key=True, autoincrement=False
    )
    reminder_id: Mapped[int] = mapped_column(BigKey)
    month: Mapped[int] = mapped_column()
