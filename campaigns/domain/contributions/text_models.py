"""Whose receipt goes to their mobile as a text message."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Moment, where
from campaigns.base.extensions import Model
from campaigns.domain.contributions.models import Contribution


class ReceiptText(Model):
    """Asked for with a gift; the number is the gift's own. `told_at`: the message was written."""

    __tablename__ = "receipt_text"
    __table_args__ = (Index("ix_receipt_text_untold", "gift_id", **where("told_at IS NULL")),)
    gift_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("contribution.id"), primary_key=True, autoincrement=False
    )
    asked_at: Mapped[At] = mapped_column(default=now)
    told_at: Mapped[datetime | None] = mapped_column(Moment())

    gift: Mapped[Contribution] = relationship()
