"""Tables of offices: who works there, the card readers, the receipts, the sheets of their days, cash for the bank.

How much money there is, the book says; rows here are the papers that people sign.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.regions.models import Province


class SheetState(StrEnum):
    COUNTED = "counted"  # waits for a second person
    RETURNED = "returned"  # to be counted once more
    CONFIRMED = "confirmed"


class DepositState(StrEnum):
    SENT = "sent"
    DONE = "done"  # a second person saw it on the account
    RETURNED = "returned"  # it never came there and lies in the drawer again


class Office(Model):
    """Where gifts are taken. `code` stands in the numbers of its receipts and in the book, so it never changes.

    Whoever changes what its book says holds this row first (`offices.hold`).
    """

    __tablename__ = "office"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[str] = mapped_column(String(10))  # province, county, booth
    name_fa: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), index=True)
    paper: Mapped[str] = mapped_column(String(6), default="a5")  # a5, roll (80 mm)
    is_open: Mapped[bool] = mapped_column(default=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[At] = mapped_column(default=now)

    province: Mapped[Province] = relationship()


class OfficeClerk(Model):
    """Somebody was given to an office, and perhaps taken away again."""

    __tablename__ = "office_clerk"
    __table_args__ = (
        Index("ix_office_clerk_present", "office_id", "user_id", unique=True, **where("taken_at IS NULL")),
    )
    id: Mapped[Key]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[At] = mapped_column(default=now)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    taken_at: Mapped[datetime | None] = mapped_column(Moment())

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class CardReader(Model):
    """`number` is what its bank calls it; it stays at one office, for its account in the book is its own."""

    __tablename__ = "card_reader"
    id: Mapped[Key]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    is_used: Mapped[bool] = mapped_column(default=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At] = mapped_column(default=now)


class Sheet(Model):
    """The end of a day: what the book said, what was counted. It covers everything since the sheet before it.

    `upto_txn_id` is the newest transaction of the book it covers; `opening_rials` what the sheet before it counted.
    """

    __tablename__ = "office_sheet"
    __table_args__ = (
        UniqueConstraint("office_id", "last_day"),
        CheckConstraint("decided_by_id <> counted_by_id", name="two_people"),
        Index("ix_office_sheet_open", "counted_at", **where("state <> 'confirmed'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    upto_txn_id: Mapped[int] = mapped_column(BigKey)
    opening_rials: Mapped[int] = mapped_column(BigInteger)
    expected_rials: Mapped[int] = mapped_column(BigInteger)
    counted_rials: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(300), default="")  # of a difference
    state: Mapped[str] = mapped_column(String(12), default=SheetState.COUNTED.value)
    counted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    counted_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    note: Mapped[str] = mapped_column(String(300), default="")  # why it was sent back

    office: Mapped[Office] = relationship()
    counted_by: Mapped[User] = relationship(foreign_keys=[counted_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def difference_rials(self) -> int:
        """What was counted too much; less than zero: what was missing."""
        return self.counted_rials - self.expected_rials


class Receipt(Model):
    """A numbered receipt. A void one keeps its number. `payer` is personal data; it stands on the paper alone.

    `day` is the day of the office's book: after the sheet of a day, gifts are the next day's.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("office_id", "year", "number"),
        CheckConstraint("voided_by_id <> made_by_id", name="two_people"),
        CheckConstraint("(reader_id IS NULL) = (trace IS NULL)", name="trace_of_reader"),
        Index(
            "ix_receipt_trace",
            "reader_id",
            "trace",
            unique=True,
            **where("reader_id IS NOT NULL AND voided_at IS NULL"),
        ),
        Index("ix_receipt_sheet", "office_id", "sheet_id"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    year: Mapped[int]  # Jalali
    number: Mapped[int]
    day: Mapped[date] = mapped_column(Date)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    rials: Mapped[Rials]
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("card_reader.id"))  # none: cash
    trace: Mapped[str | None] = mapped_column(String(12))
    card_last4: Mapped[str] = mapped_column(String(4), default="")
    payer: Mapped[str] = mapped_column(String(80), default="")
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("office_sheet.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    voided_at: Mapped[datetime | None] = mapped_column(Moment())
    void_reason: Mapped[str] = mapped_column(String(12), default="")
    void_note: Mapped[str] = mapped_column(String(300), default="")

    office: Mapped[Office] = relationship()
    contribution: Mapped[Contribution] = relationship()
    reader: Mapped[CardReader | None] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    voided_by: Mapped[User | None] = relationship(foreign_keys=[voided_by_id])

    @property
    def named(self) -> str:
        """The whole number: «KRM1-1405-00012»."""
        return f"{self.office.code}-{self.year}-{self.number:05}"


class ReceiptCount(Model):
    """The last number an office has used in a year. It moves with the receipt: what is rolled back takes none."""

    __tablename__ = "receipt_count"
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Deposit(Model):
    """Cash that one person brings to the bank and another sees there. A slip counts once on an account."""

    __tablename__ = "cash_deposit"
    __table_args__ = (
        CheckConstraint("rials > 0", name="positive"),
        CheckConstraint("decided_by_id <> sent_by_id", name="two_people"),
        Index("ix_cash_deposit_slip", "bank_account", "slip", unique=True, **where("state <> 'returned'")),
        Index("ix_cash_deposit_open", "sent_at", **where("state = 'sent'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    rials: Mapped[Rials]
    bank_account: Mapped[str] = mapped_column(String(26))
    slip: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), default=DepositState.SENT.value)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[At] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment())
    reason: Mapped[str] = mapped_column(String(300), default="")  # of giving it back

    office: Mapped[Office] = relationship()
    sent_by: Mapped[User] = relationship(foreign_keys=[sent_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
