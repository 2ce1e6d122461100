"""Tables that follow a campaign through time: moves of its state, edits of a live page, updates to supporters."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Marks, Moment, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign


class CampaignMove(Model):
    """One move of the state table: who, when, why. Append-only."""

    __tablename__ = "campaign_move"
    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the calendar did it
    before: Mapped[str] = mapped_column(String(12))
    after: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    moved_at: Mapped[At] = mapped_column(default=now)


append_only(CampaignMove.__table__)  # type: ignore[arg-type]


class CampaignEdit(Model):
    """A change to one part of a campaign that is already public; applied only when approved.

    `part` names the editor page, `data` its form values, `base` the values it started from (for the diff).
    """

    __tablename__ = "campaign_edit"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    part: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]
    base: Mapped[dict[str, Any]]
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(
        String(12), default="waiting", index=True
    )  # approved, returned, rejected, replaced
    created_at: Mapped[At] = mapped_column(default=now)
    decided_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User] = relationship()


class CampaignUpdate(Model):
    """News of a campaign («تازه‌ها»), shown after approval."""

    __tablename__ = "campaign_update"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    language: Mapped[str] = mapped_column(String(8), default="fa")
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(12), default="waiting", index=True)  # shown, returned, rejected
    created_at: Mapped[At] = mapped_column(default=now)
    shown_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User] = relationship()
