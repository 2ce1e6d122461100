"""Tables of decisions about money that does not fit, of refunds, and of the history of both."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.refunds.reasons import Reason


class ReviewStep(Model):
    """What one person said about a review item. Append-only; never shown to the public.

    A proposal names its `outcome` and, to allocate, the campaign and the intent. `evidence` is why.
    """

    __tablename__ = "review_step"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    item_id: Mapped[int] = mapped_column(ForeignKey("review_item.id"), index=True)
    verb: Mapped[str] = mapped_column(String(12))  # confirm, propose, agree, refuse, close
    outcome: Mapped[str] = mapped_column(String(12), default="")  # allocate, return
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    intent: Mapped[str] = mapped_column(String(20), default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)

    item: Mapped[ReviewItem] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    actor: Mapped[User] = relationship()


class Refund(Model):
    """Money on its way back to the card it came from; there is no column for another destination.

    `account` is the account of the book it is taken from. `reason_code` is public, `reason_text` is not.
    `reverse_until`: the gateway itself takes the payment back, all of it, and would until then; empty: somebody
    orders it in the gateway's panel. Money of no payment of ours has no attempt, but the `item` it was found with.
    """

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("rials > 0", name="positive"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> requested_by_id", name="two_people"),
        UniqueConstraint("gateway", "provider_ref"),
        Index("ix_refund_untold", "id", **where("state = 'done' AND told_at IS NULL")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("payment_attempt.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("review_item.id"))
    gateway: Mapped[str] = mapped_column(String(20))
    rials: Mapped[Rials]
    account: Mapped[str] = mapped_column(String(80))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    reason_code: Mapped[str] = mapped_column(String(20))
    reason_text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default="requested", index=True)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    provider_ref: Mapped[str | None] = mapped_column(String(80))
    requested_at: Mapped[At] = mapped_column(default=now)
    approved_at: Mapped[datetime | None] = mapped_column(Moment())
    reverse_until: Mapped[datetime | None] = mapped_column(Moment())
    sent_at: Mapped[datetime | None] = mapped_column(Moment())
    ended_at: Mapped[datetime | None] = mapped_column(Moment())
    told_at: Mapped[datetime | None] = mapped_column(Moment())  # its donor, where there is an address

    attempt: Mapped[PaymentAttempt | None] = relationship()
    item: Mapped[ReviewItem | None] = relationship()
    requested_by: Mapped[User] = relationship(foreign_keys=[requested_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])

    @property
    def is_reversal(self) -> bool:
        """Whether the gateway is asked to take the payment back, so that the book is mirrored once it has."""
        return self.reverse_until is not None

    @property
    def is_dispute(self) -> bool:
        """Whether the payer's bank disputes the payment; `provider_ref` is the number of its case."""
        return self.reason_code == Reason.DISPUTE


class RefundStep(Model):
    """One move of a refund. Append-only; `note` is never shown to the public."""

    __tablename__ = "refund_step"
    id: Mapped[Key]
    refund_id: Mapped[int] = mapped_column(ForeignKey("refund.id"), index=True)
    before: Mapped[str] = mapped_column(String(12), default="")
    after: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[At] = mapped_column(default=now)

    actor: Mapped[User] = relationship()


for _table in (ReviewStep, RefundStep):
    append_only(_table.__table__)  # type: ignore[arg-type]
