"""Tables of the queue: what waits, when it is due and who holds it; what moderators write among themselves."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Moment
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User


class QueueEntry(Model):
    """One thing that waits. A list to read from, never a proof: whether the thing still waits, it says itself.

    `places`: codes of provinces between spaces, for what belongs to no campaign. `title_fa`, `title_en`: what it is
    called where that is not its campaign's title. `hints`: kinds of hints its words gave when it came.
    """

    __tablename__ = "queue_entry"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", name="uq_queue_entry_subject"),
        Index("ix_queue_entry_due", "due_at", "id"),
        Index("ix_queue_entry_kind", "kind", "due_at"),
    )
    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int] = mapped_column(BigKey)
    public_id: Mapped[str] = mapped_column(String(32))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    places: Mapped[str] = mapped_column(String(200), default="")
    service: Mapped[str] = mapped_column(String(8))  # crisis, edit, campaign, message
    waiting_since: Mapped[At]
    due_at: Mapped[At]
    title_fa: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    hints: Mapped[list[str]] = mapped_column(JSON, default=list)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    claimed_until: Mapped[datetime | None] = mapped_column(Moment())

    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    claimed_by: Mapped[User | None] = relationship(foreign_keys=[claimed_by_id])


class PrivateNote(Model):
    """What a moderator wrote on a thing for the other moderators; no author and no export ever shows it."""

    __tablename__ = "private_note"
    __table_args__ = (Index("ix_private_note_subject", "subject_kind", "subject_id"),)
    id: Mapped[Key]
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int] = mapped_column(BigKey)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[At] = mapped_column(default=now)

    author: Mapped[User] = relationship()


class ReasonText(Model):
    """A version of the sentence an author reads for one reason. The newest of each language stands; none: ours."""

    __tablename__ = "reason_text"
    __table_args__ = (Index("ix_reason_text_code", "code", "language"),)
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(String(500))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    written_at: Mapped[At] = mapped_column(default=now)

    written_by: Mapped[User] = relationship()


class ReviewHabit(Model):
    """How one moderator likes to work. `keys`: the keyboard decides too."""

    __tablename__ = "review_habit"
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    keys: Mapped[bool] = mapped_column(Boolean, default=False)


append_only(PrivateNote.__table__)  # type: ignore[arg-type]
append_only(ReasonText.__table__)  # type: ignore[arg-type]
