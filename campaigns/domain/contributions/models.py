"""Table of contributions: the donor's intent. Whether it was paid is for payments and the ledger to say."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.codes import new_code, new_salt
from campaigns.base.columns import At, Key, Marks, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.campaigns.models import Campaign


class Contribution(Model):
    """One gift as its donor meant it.

    `code` is the receipt and tracking code, speakable. `received_at` is set in the transaction that posts the
    gift to the ledger; it orders the wall and is never summed. `refunded_at` is set
    while all of it has gone back to the donor. `form_key` is the single-use key of the form
    that made it: the same form sent twice is one contribution. `donor_name`, `mobile` and `dedication` are
    personal data. `salt` is the only thread from here to a line of the public book; erased, nobody finds the
    one from the other, and the book stays valid.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        Index("ix_contribution_wall", "campaign_id", "received_at", "id", **where("received_at IS NOT NULL")),
        Index("ix_contribution_waiting", "received_at", **where("message_state = 'waiting'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]  # for people of the house; `code` belongs to the donor
    code: Mapped[str] = mapped_column(String(16), unique=True, default=new_code)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[str] = mapped_column(String(12), default="money")
    rials: Mapped[Rials]
    intent: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8), default="fa")
    donor_name: Mapped[str] = mapped_column(String(80), default="")
    hide_name: Mapped[bool] = mapped_column(default=True)
    hide_amount: Mapped[bool] = mapped_column(default=False)
    mobile: Mapped[str | None] = mapped_column(String(16))
    dedication: Mapped[str] = mapped_column(String(120), default="")
    message: Mapped[str] = mapped_column(String(120), default="")
    hidden_marks: Mapped[Marks]
    message_state: Mapped[str] = mapped_column(String(12), default="none")  # waiting, shown, rejected
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16), default=new_salt)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    pledged_at: Mapped[At] = mapped_column(default=now)
    received_at: Mapped[datetime | None] = mapped_column(Moment())
    refunded_at: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()
