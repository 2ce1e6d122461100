"""Tables of families: what a province last took from the national campaign, and how it answered to later changes."""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key
from campaigns.base.extensions import Model


class Inherited(Model):
    """The values of one part of the national campaign that a province has: taken over, or seen and left aside.

    While the province's own part still says the same it follows; once the national one says something else, that is
    a proposal.
    """

    __tablename__ = "inherited_part"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    data: Mapped[dict[str, Any]]


class Answer(Model):
    """What somebody of a province did with a proposal: `taken` over or `left` aside. Append-only."""

    __tablename__ = "proposal_answer"
    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]
    answer: Mapped[str] = mapped_column(String(8))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[At] = mapped_column(default=now)


append_only(Answer.__table__)  # type: ignore[arg-type]
