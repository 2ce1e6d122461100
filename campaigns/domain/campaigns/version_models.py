"""The table of versions: every part of a campaign as somebody has saved it, one row a save."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import Campaign


class CampaignVersion(Model):
    """One part as it was saved: who, when, what. Append-only.

    No author: how the part stood before the first save that was kept. `edit`: the change that waited for a moderator.
    `aside`: somebody wrote this while another saved, and then took what the other had written.
    """

    __tablename__ = "campaign_version"
    __table_args__ = (Index("ix_campaign_version_part", "campaign_id", "part"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    part: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]
    mark: Mapped[str] = mapped_column(String(64))  # `versions.mark` of data
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    edit_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_edit.id"))
    aside: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[At] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship()
    author: Mapped[User | None] = relationship()
    edit: Mapped[CampaignEdit | None] = relationship()


append_only(CampaignVersion.__table__)  # type: ignore[arg-type]
