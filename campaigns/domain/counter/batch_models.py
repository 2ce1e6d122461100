"""Tables of batches: many small gifts by USSD or SMS, as the statement of their operator says."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Digest, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign

STANDING = "state <> 'refused' AND state <> 'taken_back'"


class BatchState(StrEnum):
    PROPOSED = "proposed"
    BOOKED = "booked"  # by a second person: in the book
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"  # by two people: mirrored in the book, line by line


class Batch(Model):
    """One statement of one operator. `operator` stands in the book; `statement_hash` is that of the file as it came.

    While a batch stands, no other has its statement.
    """

    __tablename__ = "gift_batch"
    __table_args__ = (
        CheckConstraint("decided_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("last_day >= first_day", name="period"),
        Index("ix_gift_batch_statement", "statement_hash", unique=True, **where(STANDING)),
        Index("ix_gift_batch_operator", "operator", "first_day"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    channel: Mapped[str] = mapped_column(String(4))  # ussd, sms
    operator: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[date] = mapped_column(Date)  # Tehran days, both inclusive
    last_day: Mapped[date] = mapped_column(Date)
    statement_name: Mapped[str] = mapped_column(String(120))
    statement_hash: Mapped[Digest]
    state: Mapped[str] = mapped_column(String(12), default=BatchState.PROPOSED.value)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    reason: Mapped[str] = mapped_column(String(300), default="")  # of refusing it

    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


class BatchLine(Model):
    """What a batch brings to one campaign. `dedupe_key` is its operator, period and campaign, while it stands."""

    __tablename__ = "gift_batch_line"
    __table_args__ = (
        CheckConstraint("gifts > 0 AND rials > 0", name="positive"),
        CheckConstraint("fee_rials >= 0 AND fee_rials < rials", name="fee"),
    )
    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("gift_batch.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    intent: Mapped[str] = mapped_column(String(20))
    gifts: Mapped[int]
    rials: Mapped[Rials]
    fee_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)

    batch: Mapped[Batch] = relationship()
    campaign: Mapped[Campaign] = relationship()


class BatchReturn(Model):
    """Somebody asks to take a booked batch back, somebody else does it or says no. `reason_code` is public, the
    words are not.
    """

    __tablename__ = "gift_batch_return"
    __table_args__ = (
        CheckConstraint("decided_by_id <> asked_by_id", name="two_people"),
        Index("ix_gift_batch_return_standing", "batch_id", unique=True, **where("state <> 'refused'")),
    )
    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("gift_batch.id"), index=True)
    reason_code: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(8), default="asked")  # done, refused
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    answer: Mapped[str] = mapped_column(String(300), default="")

    batch: Mapped[Batch] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


class BatchStatement(Model):
    """The file itself, apart, so that lists never read it. Pictures are drawn anew before they come here."""

    __tablename__ = "gift_batch_statement"
    batch_id: Mapped[int] = mapped_column(ForeignKey("gift_batch.id"), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary)
