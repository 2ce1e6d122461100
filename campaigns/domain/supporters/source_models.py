"""Tables of where gifts came from: the links an organizer hands out, and the gifts that were begun from one."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key
from campaigns.base.extensions import Model
from campaigns.domain.campaigns.models import Campaign


class SourceTag(Model):
    """A link of a campaign with a name of its own («masjed-jame»), so that its gifts can be counted together.

    It stands in the address of the page and in the form, never in a cookie. `label`: what the organizer calls it.
    """

    __tablename__ = "source_tag"
    __table_args__ = (UniqueConstraint("campaign_id", "tag"),)
    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    tag: Mapped[str] = mapped_column(String(30))
    label: Mapped[str] = mapped_column(String(60), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[At] = mapped_column(default=now)

    campaign: Mapped[Campaign] = relationship()


class GiftSource(Model):
    """This gift was begun from that link. Whether it arrived is for the contribution to say."""

    __tablename__ = "gift_source"
    gift_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("contribution.id"), primary_key=True, autoincrement=False
    )
    source_id: Mapped[int] = mapped_column(ForeignKey("source_tag.id"), index=True)
