"""The table of appeals."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Marks, Moment, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.moderation.models import Decision


class Appeal(Model):
    """An author does not agree with a «no»: once for each decision, in their words. Somebody else than who decided
    answers: `granted`, and the thing is looked at anew, or `refused`.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("answered_by_id IS NULL OR answered_by_id <> decider_id", name="two_people"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    decider_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    words: Mapped[str] = mapped_column(Text)
    hidden_marks: Mapped[Marks]
    state: Mapped[str] = mapped_column(String(8), default="waiting", index=True)  # granted, refused
    created_at: Mapped[At] = mapped_column(default=now)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment())

    decision: Mapped[Decision] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
