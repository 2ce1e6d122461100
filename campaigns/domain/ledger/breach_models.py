"""Tables of what was found broken in the money, and of who has answered for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User


class Breach(Model):
    """An invariant that did not hold. `detail` says where, in plain English without personal data.

    `gone_at`: when a later look no longer found it; the same thing found again afterwards is a new breach.
    `clearances` counts the people who have answered for it; two make it cleared.
    """

    __tablename__ = "breach"
    __table_args__ = (
        Index("uq_breach_standing", "name", "detail", unique=True, **where("gone_at IS NULL")),
        Index("ix_breach_open", "clearances", **where("clearances < 2")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(String(300))
    found_at: Mapped[At] = mapped_column(default=now)
    gone_at: Mapped[datetime | None] = mapped_column(Moment())
    clearances: Mapped[int] = mapped_column(default=0)


class BreachClearance(Model):
    """Somebody has looked into a breach and says why money may leave again."""

    __tablename__ = "breach_clearance"
    __table_args__ = (UniqueConstraint("breach_id", "user_id"),)
    id: Mapped[Key]
    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(String(300))
    cleared_at: Mapped[At] = mapped_column(default=now)

    user: Mapped[User] = relationship()


append_only(BreachClearance.__table__)  # type: ignore[arg-type]
