"""The table of requests to be forgotten."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.goods.pledge_models import Pledge

ONE = " + ".join(
    f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in ("gift_id", "pledge_id", "user_id")
)


class ErasureRequest(Model):
    """Somebody asks that their data be erased: of one gift, of one promise of goods, or of an account.

    `public_id` is known to who asked alone: with it they follow what becomes of it. `reason` is for them to read.
    """

    __tablename__ = "erasure_request"
    __table_args__ = (CheckConstraint(f"{ONE} = 1", name="one_person"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    gift_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), unique=True)
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("goods_pledge.id"), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="waiting", index=True)  # done, refused
    asked_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    reason: Mapped[str] = mapped_column(String(500), default="")

    gift: Mapped[Contribution | None] = relationship()
    pledge: Mapped[Pledge | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
