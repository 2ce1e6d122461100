"""The log of decisions. Append-only: taking one back is a new row that names the old one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Moment, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User


class Decision(Model):
    """A verdict of one person on one thing. `note` goes to the author, never to the public page of decisions."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_subject", "subject_kind", "subject_id"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    subject_kind: Mapped[str] = mapped_column(String(12))  # a key of `subjects.SUBJECTS`
    subject_id: Mapped[int] = mapped_column(BigKey)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[str] = mapped_column(String(12))  # approve, return, reject, undo
    reason_code: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    round: Mapped[int] = mapped_column(default=1)  # which submission of the thing this belongs to
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    decided_at: Mapped[At] = mapped_column(default=now, index=True)
    service: Mapped[str] = mapped_column(String(8), default="", server_default="")  # as `QueueEntry.service`
    waited_since: Mapped[datetime | None] = mapped_column(Moment())  # none: not known of older ones

    actor: Mapped[User] = relationship()


append_only(Decision.__table__)  # type: ignore[arg-type]
