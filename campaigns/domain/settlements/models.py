"""Tables of settlements: a gateway has paid to our bank. One person enters it, another confirms it against the bank.

Whether money has moved is for the book to say; a row here is the paper the two people sign, and its parts say which
days of the gateway it paid for.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User


class State(StrEnum):
    ENTERED = "entered"
    CONFIRMED = "confirmed"  # in the book
    REFUSED = "refused"


_STANDS = "state IN ('entered','confirmed')"


class Settlement(Model):
    """`terminal` as `payments.terminals.key` names it. `rials` reached the bank on `day`; `fee_rials` the gateway kept
    back from this payment, besides what it kept of single gifts. It pays for what came from `first_day` to `last_day`.
    """

    __tablename__ = "settlement"
    __table_args__ = (
        CheckConstraint("rials > 0", name="positive"),
        CheckConstraint("fee_rials >= 0", name="fee"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("decided_by_id <> entered_by_id OR state = 'refused'", name="two_people"),
        Index(
            "ix_settlement_reference",
            "bank_account",
            "bank_reference",
            unique=True,
            **where(_STANDS),
        ),
        Index("ix_settlement_terminal", "terminal", "id"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    terminal: Mapped[str] = mapped_column(String(40))
    bank_account: Mapped[str] = mapped_column(String(26))
    bank_reference: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    rials: Mapped[Rials]
    fee_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    first_day: Mapped[date]
    last_day: Mapped[date]
    state: Mapped[str] = mapped_column(String(12), default=State.ENTERED.value)
    note: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    reason: Mapped[str] = mapped_column(String(500), default="")  # of refusing it

    entered_by: Mapped[User] = relationship(foreign_keys=[entered_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def leaves_rials(self) -> int:
        """What the gateway no longer holds once this is in the book."""
        return self.rials + self.fee_rials


class SettlementPart(Model):
    """What of a confirmed settlement pays for one day of its terminal. Less than zero where more had gone back to
    donors on that day than came in. The parts of a settlement add up to all that left the gateway with it.
    """

    __tablename__ = "settlement_part"
    __table_args__ = (Index("ix_settlement_part_terminal", "terminal", "day"),)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlement.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    terminal: Mapped[str] = mapped_column(String(40))
    rials: Mapped[Rials]


append_only(SettlementPart.__table__)  # type: ignore[arg-type]
