"""Tables of statements: the files, how they are read, their lines, and what people said about lines."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Digest, Key, Moment, PublicId, Rials
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.models import BankAccount, TransferClaim
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.statements.outcomes import ImportState, Outcome


class StatementImport(Model):
    """A file somebody brought. `layout`: how it is read, if that was told (`columns.Layout`); none: by its header.

    `read_rows`, `new_lines` and `known_lines` are counted when it is imported: a line that was there before counts
    as known.
    """

    __tablename__ = "statement_import"
    __table_args__ = (Index("ix_statement_import_file", "bank_account_id", "sha256"),)
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    state: Mapped[str] = mapped_column(String(10), default=ImportState.DRAFT.value)
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[Digest]
    size: Mapped[int]
    layout: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    read_rows: Mapped[int] = mapped_column(default=0)
    new_lines: Mapped[int] = mapped_column(default=0)
    known_lines: Mapped[int] = mapped_column(default=0)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[At] = mapped_column(default=now)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # imported or discarded it
    ended_at: Mapped[datetime | None] = mapped_column(Moment())

    bank_account: Mapped[BankAccount] = relationship()
    uploaded_by: Mapped[User] = relationship(foreign_keys=[uploaded_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])


class StatementReturn(Model):
    """The import was taken back as a whole: why, by whom, and how many of its lines. Finance alone reads the reason."""

    __tablename__ = "statement_return"
    import_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("statement_import.id"), primary_key=True, autoincrement=False
    )
    reason: Mapped[str] = mapped_column(String(300))
    lines: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At] = mapped_column(default=now)

    by: Mapped[User] = relationship()


class StatementFile(Model):
    """The file itself, packed, as it came: with the import it was brought for, and shown to nobody but finance."""

    __tablename__ = "statement_file"
    import_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("statement_import.id"), primary_key=True, autoincrement=False
    )
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class StatementLayout(Model):
    """How files with this header are read for this account, as a person last told."""

    __tablename__ = "statement_layout"
    bank_account_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("bank_account.id"), primary_key=True, autoincrement=False
    )
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    columns: Mapped[list[str]] = mapped_column(JSON)
    unit: Mapped[str] = mapped_column(String(6))
    told_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    told_at: Mapped[At]


class StatementLine(Model):
    """One movement of an account, kept once (`identity`). `rials` below zero left the account.

    What the bank says never changes; `outcome`, `rule` (which rule decided, or why not), `claim_id` and `item_id`
    say what became of it. `item_id`: the money waits in `unallocated` under this review item.
    """

    __tablename__ = "statement_line"
    __table_args__ = (
        UniqueConstraint("bank_account_id", "checksum", "occurrence"),
        CheckConstraint("rials <> 0", name="moves"),
        CheckConstraint("(outcome = 'valid') = (claim_id IS NOT NULL)", name="valid_with_a_claim"),
        Index("ix_statement_line_import", "import_id"),
        Index("ix_statement_line_open", "outcome", "bank_account_id"),
        Index("ix_statement_line_amount", "bank_account_id", "rials", "booked_at"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    import_id: Mapped[int] = mapped_column(ForeignKey("statement_import.id"))
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    row: Mapped[int]
    checksum: Mapped[Digest]
    occurrence: Mapped[int]
    shape: Mapped[str] = mapped_column(String(80))
    booked_at: Mapped[At]
    has_time: Mapped[bool]
    rials: Mapped[Rials]
    balance_rials: Mapped[int | None] = mapped_column(BigInteger)
    document: Mapped[str] = mapped_column(String(40))
    tracking: Mapped[str] = mapped_column(String(40))
    last4: Mapped[str] = mapped_column(String(4))
    description: Mapped[str] = mapped_column(String(500))
    outcome: Mapped[str] = mapped_column(String(12), default=Outcome.UNCHECKED.value)
    rule: Mapped[str] = mapped_column(String(20), default="")
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("transfer_claim.id"), unique=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("review_item.id"), unique=True)
    twin_id: Mapped[int | None] = mapped_column(
        ForeignKey("statement_line.id")
    )  # of a DUPLICATE: what told of it before
    checked_at: Mapped[datetime | None] = mapped_column(Moment())

    source: Mapped[StatementImport] = relationship()
    bank_account: Mapped[BankAccount] = relationship()
    claim: Mapped[TransferClaim | None] = relationship()
    item: Mapped[ReviewItem | None] = relationship()
    twin: Mapped["StatementLine | None"] = relationship(remote_side="StatementLine.id")


class StatementStep(Model):
    """What one person said about a line: `propose`, `agree`, `refuse`, or `match`, done by one alone. Append-only;
    never shown to the public. `what` it is: `outcomes.What`, with the claim if it is a gift.
    """

    __tablename__ = "statement_step"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    line_id: Mapped[int] = mapped_column(ForeignKey("statement_line.id"), index=True)
    verb: Mapped[str] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(String(10))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("transfer_claim.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At] = mapped_column(default=now)

    claim: Mapped[TransferClaim | None] = relationship()
    actor: Mapped[User] = relationship()


append_only(StatementStep.__table__)  # type: ignore[arg-type]
