"""Table of spendings: who wants to spend what from which bucket, who agreed, and when it was paid.

Whether money has moved is for the book to say; a row here is the paper the two people sign.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign


class State(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"  # the bucket has paid; the bank has not yet
    PAID = "paid"
    REFUSED = "refused"
    CALLED_OFF = "called_off"  # approved, then given back to the bucket before the bank paid


_STANDS = "state IN ('proposed','approved','paid')"


class Spending(Model):
    """`document` is the paper it is for (invoice, contract, decision): once in a bucket while the spending stands."""

    __tablename__ = "spending"
    __table_args__ = (
        CheckConstraint("rials > 0", name="positive"),
        CheckConstraint("decided_by_id <> proposed_by_id", name="two_people"),
        Index("ix_spending_document", "campaign_id", "intent", "document", unique=True, **where(_STANDS)),
        Index("ix_spending_open", "proposed_at", **where("state IN ('proposed','approved')")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    intent: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(20))
    rials: Mapped[Rials]
    payee: Mapped[str] = mapped_column(String(120))
    thing: Mapped[str] = mapped_column(String(300))  # what the money buys, for everybody to read
    document: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(12), default=State.PROPOSED.value)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    reason: Mapped[str] = mapped_column(String(500), default="")  # of refusing it or calling it off
    closed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id")
    )  # recorded the payment, or called it off
    closed_at: Mapped[datetime | None] = mapped_column(Moment())
    bank_account: Mapped[str] = mapped_column(String(26), default="")
    bank_reference: Mapped[str] = mapped_column(String(40), default="")

    campaign: Mapped[Campaign] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])
