"""The table of links that show a draft to colleagues."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign


class DraftLink(Model):
    """Who holds the link reads the draft until it expires or is withdrawn. The signed word itself is not kept."""

    __tablename__ = "draft_link"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)
    expires_at: Mapped[At]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User] = relationship()
