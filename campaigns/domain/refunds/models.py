"""What people said about money that does not fit."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.payments.models import ReviewItem


class ReviewStep(Model):
    """What one person said about a review item. Append-only; never shown to the public.

    A proposal names its `outcome` and, to allocate, the campaign and the intent. `evidence` is why.
    """

    __tablename__ = "review_step"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    item_id: Mapped[int] = mapped_column(ForeignKey("review_item.id"), index=True)
    verb: Mapped[str] = mapped_column(String(12))  # confirm, propose, agree, refuse, close
    outcome: Mapped[str] = mapped_column(String(12), default="")  # allocate, return
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    intent: Mapped[str] = mapped_column(String(20), default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)

    item: Mapped[ReviewItem] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    actor: Mapped[User] = relationship()


append_only(ReviewStep.__table__)  # type: ignore[arg-type]
