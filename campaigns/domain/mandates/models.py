"""Tables of mandates: the contract with a donor, one charge a month, and everything that was done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.mandates.states import ChargeState, State
from campaigns.domain.payments.models import PaymentAttempt


class Mandate(Model):
    """A donor's leave to take `rials` once a month, never more than `max_rials` at once.

    `contract_ref`: the gateway's name of the contract, until it is signed. `sealed`: the signature that moves the
    money (`signatures`), erased once the gateway knows that it is over.
    `day` and `covered`: as of a reminder. `next_on`: the Tehran day of the next charge. `check_at`: when the worker
    asks the gateway about the contract itself: whether it was signed, or to end it; `lease_until`: somebody asks it
    just now. `ended_at_gateway`: it said so.
    `donor_name`, `mobile` and `email` are personal data.
    """

    __tablename__ = "mandate"
    __table_args__ = (
        UniqueConstraint("gateway", "environment", "contract_ref"),
        CheckConstraint("day BETWEEN 1 AND 31", name="day"),
        CheckConstraint("rials > 0 AND rials <= max_rials", name="within_contract"),
        Index("ix_mandate_due", "next_on", **where("state = 'active'")),
        Index("ix_mandate_check", "check_at", **where("check_at IS NOT NULL")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    rials: Mapped[Rials]
    intent: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    donor_name: Mapped[str] = mapped_column(String(80), default="")
    hide_name: Mapped[bool] = mapped_column(default=True)
    hide_amount: Mapped[bool] = mapped_column(default=False)
    mobile: Mapped[str] = mapped_column(String(16))
    email: Mapped[str] = mapped_column(String(254))
    gateway: Mapped[str] = mapped_column(String(20))
    environment: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("gateway_account.id"))
    contract_ref: Mapped[str | None] = mapped_column(String(80))
    sealed: Mapped[str | None] = mapped_column(Text)
    max_rials: Mapped[int] = mapped_column(BigInteger)
    max_daily: Mapped[int] = mapped_column(SmallInteger)
    max_monthly: Mapped[int] = mapped_column(SmallInteger)
    expires_at: Mapped[At]
    day: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str] = mapped_column(String(12), default=State.DRAFT.value)
    why: Mapped[str] = mapped_column(String(12), default="")
    covered: Mapped[int] = mapped_column()
    next_on: Mapped[date | None] = mapped_column(Date)
    check_at: Mapped[datetime | None] = mapped_column(Moment())
    lease_until: Mapped[datetime | None] = mapped_column(Moment())
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[At] = mapped_column(default=now)
    signed_at: Mapped[datetime | None] = mapped_column(Moment())
    stopped_at: Mapped[datetime | None] = mapped_column(Moment())
    ended_at_gateway: Mapped[datetime | None] = mapped_column(Moment())

    campaign: Mapped[Campaign] = relationship()


class MandateCharge(Model):
    """What is taken for one month: one row, one gift. `attempt_id`: the payment that is tried now.

    A new payment takes the place of one only after the gateway said for certain that nothing was taken by that.
    `asked_at`: a checkout was sent and its outcome is not known; empty once it is. `sends`: since the last refusal.
    """

    __tablename__ = "mandate_charge"
    __table_args__ = (Index("ix_mandate_charge_due", "next_try_at", **where("state = 'open'")),)
    mandate_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("mandate.id"), primary_key=True, autoincrement=False
    )
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    gift_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("payment_attempt.id"), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=ChargeState.OPEN.value)
    refusals: Mapped[int] = mapped_column(default=0)
    sends: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None] = mapped_column(Moment())
    next_try_at: Mapped[datetime | None] = mapped_column(Moment())
    lease_until: Mapped[datetime | None] = mapped_column(Moment())
    made_at: Mapped[At] = mapped_column(default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment())

    mandate: Mapped[Mandate] = relationship()
    gift: Mapped[Contribution] = relationship()
    attempt: Mapped[PaymentAttempt] = relationship()


class MandateStep(Model):
    """Something that was done to a mandate, and by whom: donor, worker or gateway. Append-only."""

    __tablename__ = "mandate_step"
    id: Mapped[Key]
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(12))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[At] = mapped_column(default=now)


append_only(MandateStep.__table__)  # type: ignore[arg-type]
