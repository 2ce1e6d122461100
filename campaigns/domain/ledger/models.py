"""Tables of the book. A transfer holds both its debit and its credit account, so double entry holds by
construction.

Donors only insert. The worker gives settled transactions their place in the book (`LedgerPlace`) and keeps
the rollups; a place is given after the commit, so nothing is skipped by ids that commit out of order.
"""

from datetime import datetime

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Digest, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.ledger import outbox
from campaigns.domain.ledger.kinds import CORRECTING


class LedgerAccount(Model):
    """`code` such as `asset:clearing:zarinpal`, `liability:campaign:12`, `liability:unallocated`."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        CheckConstraint("kind IN ('asset','liability','expense','equity')", name="kind"),
        Index("ix_ledger_account_campaign_id", "campaign_id"),
    )
    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    currency: Mapped[str] = mapped_column(String(3), default="IRR")
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))


class LedgerTxn(Model):
    """One event in the book. `idempotency_key` such as `cap:<attempt>` makes a second posting impossible.

    `reference_id` is the row id of what `reference_kind` names (attempt, refund, claim…): kept as plain
    values, because the rooms that own those rows stand above this one. `actor_id` is who decided, if a person
    did; `memo` is why, in words for everybody: it is shown with corrections, so it names nobody. `commitment`
    is what lets a donor, and nobody else, prove that this is their gift (`base.chain.commitment`).
    """

    __tablename__ = "ledger_txn"
    __table_args__ = (
        Index("ix_ledger_txn_reference", "reference_kind", "reference_id"),
        Index("ix_ledger_txn_campaign", "campaign_id", "id"),
        Index("ix_ledger_txn_correcting", "id", **where(CORRECTING)),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    idempotency_key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    reference_kind: Mapped[str] = mapped_column(String(20), default="")
    reference_id: Mapped[int | None] = mapped_column(BigKey)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_txn.id"), unique=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    memo: Mapped[str] = mapped_column(String(300), default="")
    gifts: Mapped[int] = mapped_column(
        default=1, server_default="1"
    )  # how many it brings, if its kind brings any
    commitment: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    occurred_at: Mapped[At]
    recorded_at: Mapped[At] = mapped_column(default=now)


class LedgerTransfer(Model):
    __tablename__ = "ledger_transfer"
    __table_args__ = (
        UniqueConstraint("txn_id", "leg"),
        CheckConstraint("rials > 0", name="positive"),
        CheckConstraint("debit_id <> credit_id", name="two_accounts"),
    )
    id: Mapped[Key]
    txn_id: Mapped[int] = mapped_column(ForeignKey("ledger_txn.id"))
    leg: Mapped[int] = mapped_column(SmallInteger)
    debit_id: Mapped[int] = mapped_column(ForeignKey("ledger_account.id"), index=True)
    credit_id: Mapped[int] = mapped_column(ForeignKey("ledger_account.id"), index=True)
    rials: Mapped[Rials]


class LedgerUnplaced(Model):
    """Outbox of the book: a trigger on `ledger_txn` fills it, so no transaction can miss it; the worker empties it."""

    __tablename__ = "ledger_unplaced"
    txn_id: Mapped[int] = mapped_column(ForeignKey("ledger_txn.id"), primary_key=True)


class LedgerPlace(Model):
    """The gap-free order of the book, sealed: `hash` is the link of the chain, `leaf_hash` the leaf of the tree
    (`domain.ledger.leaf`). `commitment` is the transaction's own, kept here where it can be looked up.
    """

    __tablename__ = "ledger_place"
    __table_args__ = (Index("ix_ledger_place_commitment", "commitment", **where("commitment IS NOT NULL")),)
    seq: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    txn_id: Mapped[int] = mapped_column(ForeignKey("ledger_txn.id"), unique=True)
    prev_hash: Mapped[Digest]
    hash: Mapped[Digest]
    leaf_hash: Mapped[Digest]
    commitment: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    placed_at: Mapped[At] = mapped_column(default=now)


class CampaignRollup(Model):
    """What a campaign has received by the book up to `upto_seq`. Recomputable at any time."""

    __tablename__ = "campaign_rollup"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    received_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    gifts: Mapped[int] = mapped_column(default=0)
    upto_seq: Mapped[int] = mapped_column(BigKey, default=0)
    last_gift_at: Mapped[datetime | None] = mapped_column(Moment())


for _dialect in ("sqlite", "postgresql"):
    for _statement in outbox.statements(_dialect):
        event.listen(LedgerUnplaced.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
for _table in (LedgerTxn, LedgerTransfer, LedgerPlace):
    append_only(_table.__table__)  # type: ignore[arg-type]
