"""Tables of webhooks: who wants to be told of a campaign, and what each was told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign


class MessageState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"  # tried as often as we try; a person may send it again


class Endpoint(Model):
    """An address that is told when the public numbers of a campaign change. `sealed_secret` signs what it is told.

    `told_*` are the numbers of its newest message: another is written when they differ from those of today.
    """

    __tablename__ = "webhook_endpoint"
    __table_args__ = (Index("ix_webhook_endpoint_campaign", "campaign_id", **where("removed_at IS NULL")),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    url: Mapped[str] = mapped_column(String(400))
    sealed_secret: Mapped[str] = mapped_column(String(400))
    told_state: Mapped[str] = mapped_column(String(12), default="")
    told_received_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    told_gifts: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None] = mapped_column(Moment())
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At] = mapped_column(default=now)
    removed_at: Mapped[datetime | None] = mapped_column(Moment())
    gone: Mapped[bool] = mapped_column(default=False)  # the receiver answered 410

    campaign: Mapped[Campaign] = relationship()
    added_by: Mapped[User] = relationship()


class Message(Model):
    """One thing that is told, with the same id and the same words however often it is tried."""

    __tablename__ = "webhook_message"
    __table_args__ = (
        Index("ix_webhook_message_due", "due_at", **where("state = 'waiting'")),
        Index("ix_webhook_message_endpoint", "endpoint_id", "id"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("webhook_endpoint.id"))
    body: Mapped[str] = mapped_column(Text)  # JSON, the very bytes that are signed
    state: Mapped[str] = mapped_column(String(8), default=MessageState.WAITING.value)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[At] = mapped_column(default=now)
    last_status: Mapped[int | None]  # of HTTP; none: nothing came back
    last_problem: Mapped[str] = mapped_column(String(60), default="")
    written_at: Mapped[At] = mapped_column(default=now)
    done_at: Mapped[datetime | None] = mapped_column(Moment())

    endpoint: Mapped[Endpoint] = relationship()
