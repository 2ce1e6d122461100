"""Tables of payment attempts and of everything heard about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.contributions.models import Contribution


class PaymentAttempt(Model):
    """One session at one gateway. See `states` for its table of moves.

    `lease_until`: one process alone may ask the gateway until then. `next_check_at`: when the sweeper looks;
    empty once nothing more is expected. `account_id`: the terminal it was begun with, none for that of the
    environment's settings. `redirect_fields`: what a POST to the gateway carries; empty for a GET.
    """

    __tablename__ = "payment_attempt"
    __table_args__ = (
        UniqueConstraint("gateway", "environment", "gateway_ref"),
        UniqueConstraint("gateway", "environment", "receipt_ref"),
        CheckConstraint("refund_reserved_rials BETWEEN 0 AND captured_rials", name="refunds_within_capture"),
        Index("ix_payment_attempt_due", "next_check_at", **where("next_check_at IS NOT NULL")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    numeric_ref: Mapped[int] = mapped_column(BigInteger, unique=True)  # for gateways that want a number
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    gateway: Mapped[str] = mapped_column(String(20))
    environment: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(16), default="created")
    rials: Mapped[Rials]
    captured_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    refund_reserved_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    gateway_ref: Mapped[str | None] = mapped_column(String(80))
    receipt_ref: Mapped[str | None] = mapped_column(String(80))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("gateway_account.id"))
    redirect_url: Mapped[str | None] = mapped_column(String(500))
    redirect_fields: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    bank_ref: Mapped[str | None] = mapped_column(
        String(40)
    )  # what people quote, where the receipt is no number
    card_mask: Mapped[str | None] = mapped_column(String(24))
    tries: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(Moment())
    next_check_at: Mapped[datetime | None] = mapped_column(Moment())
    created_at: Mapped[At] = mapped_column(default=now)
    paid_at: Mapped[datetime | None] = mapped_column(Moment())

    contribution: Mapped[Contribution] = relationship()


class HeardReceipt(Model):
    """A receipt that a browser brought for an attempt and that only its gateway can vouch for.

    Anybody may bring one, so all are kept, each is asked about, and none stands in the way of another.
    `asked`: how often the gateway was asked; `refused_at`: it said no.
    """

    __tablename__ = "heard_receipt"
    attempt_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("payment_attempt.id"), primary_key=True, autoincrement=False
    )
    receipt_ref: Mapped[str] = mapped_column(String(80), primary_key=True)
    asked: Mapped[int] = mapped_column(default=0)
    heard_at: Mapped[At] = mapped_column(default=now)
    refused_at: Mapped[datetime | None] = mapped_column(Moment())


class PaymentEvent(Model):
    """What was heard or done, as it was: callbacks, answers, moves. Append-only, masked."""

    __tablename__ = "payment_event"
    id: Mapped[Key]
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("payment_attempt.id"), index=True)
    source: Mapped[str] = mapped_column(
        String(20)
    )  # form, start, callback, verify, inquiry, unverified, sweeper
    before: Mapped[str] = mapped_column(String(16), default="")
    after: Mapped[str] = mapped_column(String(16), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    heard_at: Mapped[At] = mapped_column(default=now)


class ReviewItem(Model):
    """Something about money that does not fit and that a person must look at. Never a silent drop."""

    __tablename__ = "review_item"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("payment_attempt.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(12), default="open", server_default="open")  # `refunds.states`
    opened_at: Mapped[At] = mapped_column(default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment())

    attempt: Mapped[PaymentAttempt | None] = relationship()


append_only(PaymentEvent.__table__)  # type: ignore[arg-type]
