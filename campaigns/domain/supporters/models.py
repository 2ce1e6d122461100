"""Tables of those who follow a campaign and of what is written to them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Marks, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign


class FollowState(StrEnum):
    ASKED = "asked"  # the address has not said yes yet
    FOLLOWS = "follows"
    LEFT = "left"  # for good; the address is forgotten


class Audience(StrEnum):
    """Whom a message is for, of those who agreed to be written to."""

    ALL = "all"
    DONORS = "donors"


class MessageState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"


class ThanksState(StrEnum):
    WAITING = "waiting"
    SHOWN = "shown"
    RETURNED = "returned"
    REJECTED = "rejected"


class Follower(Model):
    """An address that asked for the news of one campaign. `email` is personal data: no organizer reads it, and it is
    forgotten when its owner leaves. `gift_id`: they asked at the receipt of this gift, so they are a donor.
    """

    __tablename__ = "follower"
    __table_args__ = (
        CheckConstraint("(state = 'left') = (email IS NULL)", name="forgotten"),
        Index("uq_follower_address", "campaign_id", "email", unique=True, **where("email IS NOT NULL")),
        Index("ix_follower_letters", "campaign_id", "id", **where("state = 'follows'")),
        Index("ix_follower_asked", "asked_at", **where("state = 'asked'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    gift_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8), default=FollowState.ASKED.value)
    asked_at: Mapped[At] = mapped_column(default=now)
    agreed_at: Mapped[datetime | None] = mapped_column(Moment())
    left_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()


class SupporterMessage(Model):
    """What an organizer writes to supporters by e-mail; a moderator reads it first. `reach`: how many it would have
    gone to when it was written.
    """

    __tablename__ = "supporter_message"
    __table_args__ = (Index("ix_supporter_message_waiting", "created_at", **where("state = 'waiting'")),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    audience: Mapped[str] = mapped_column(String(8), default=Audience.ALL.value)
    language: Mapped[str] = mapped_column(String(8), default="fa")
    subject: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(12), default=MessageState.WAITING.value)
    reach: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[At] = mapped_column(default=now)
    approved_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User] = relationship()


class Mailing(Model):
    """One update or one message on its way to everybody who followed when it began (`until_id`). It begins once.

    `reached_id`: the last follower whose letter is in the outbox; it only grows, in the transaction that writes the
    letters. `letters`: how many were written.
    """

    __tablename__ = "mailing"
    __table_args__ = (
        CheckConstraint("(update_id IS NULL) <> (message_id IS NULL)", name="one_thing"),
        Index("ix_mailing_unfinished", "id", **where("done_at IS NULL")),
    )
    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_update.id"), unique=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("supporter_message.id"), unique=True)
    audience: Mapped[str] = mapped_column(String(8), default=Audience.ALL.value)
    until_id: Mapped[int] = mapped_column(BigKey)
    reached_id: Mapped[int] = mapped_column(BigKey, default=0)
    letters: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[At] = mapped_column(default=now)
    done_at: Mapped[datetime | None] = mapped_column(Moment())


class GiftThanks(Model):
    """The thanks for one gift, of which there is one at most. It stands on the receipt, and goes to the donor's address
    where they left one. `template`: one of the house's own sentences, which nobody has to read first; empty: own words.
    """

    __tablename__ = "gift_thanks"
    __table_args__ = (
        Index("ix_gift_thanks_waiting", "created_at", **where("state = 'waiting'")),
        Index("ix_gift_thanks_untold", "shown_at", **where("state = 'shown' AND told_at IS NULL")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    gift_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    template: Mapped[str] = mapped_column(String(12), default="")
    body: Mapped[str] = mapped_column(String(600), default="")
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(12), default=ThanksState.WAITING.value)
    created_at: Mapped[At] = mapped_column(default=now)
    shown_at: Mapped[datetime | None] = mapped_column(Moment())
    told_at: Mapped[datetime | None] = mapped_column(Moment())  # the worker has seen to its letter

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User] = relationship()
