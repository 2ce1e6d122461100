"""Table of the papers of spendings: what two people have seen, and the copy that everybody may see."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Digest, Key, PublicId, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.funds.models import Spending


class SpendingPaper(Model):
    """An invoice, contract or decision. `is_public`: a redacted copy, always a picture painted anew. `stored`: the
    name of the file in the private folder. `dated_on`: the day that stands on the paper.
    """

    __tablename__ = "spending_paper"
    __table_args__ = (
        CheckConstraint("NOT is_public OR kind = 'image'", name="painted"),
        Index("ix_spending_paper_public", "spending_id", unique=True, **where("is_public")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    spending_id: Mapped[int] = mapped_column(ForeignKey("spending.id"), index=True)
    kind: Mapped[str] = mapped_column(String(5))  # image, pdf
    is_public: Mapped[bool] = mapped_column(default=False)
    dated_on: Mapped[date | None] = mapped_column(Date)
    stored: Mapped[str] = mapped_column(String(60), index=True)
    size: Mapped[int]
    sha256: Mapped[Digest]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At] = mapped_column(default=now)

    spending: Mapped[Spending] = relationship()
    added_by: Mapped[User] = relationship()
