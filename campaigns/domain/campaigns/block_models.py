"""Tables of blocks: what the page of a campaign shows after its story, and which files that makes public."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.extensions import Model


class CampaignBlocks(Model):
    """The blocks of one campaign in their order (`block_kinds`). A campaign without blocks may have no row."""

    __tablename__ = "campaign_blocks"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    blocks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class ShownFile(Model):
    """A picture or paper that the blocks of a campaign name; written together with them."""

    __tablename__ = "shown_file"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
