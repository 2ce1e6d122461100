"""Tables of the seal: what is kept of the tree over the book, its daily signed figures, its sums by day."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, BigKey, Digest, Rials
from campaigns.base.extensions import Model


class LedgerSubtree(Model):
    """The root over 2^level neighbouring leaves of the tree, complete: every eighth level is kept.

    Of these and the leaves of at most two groups of 256 every root and every proof is made.
    """

    __tablename__ = "ledger_subtree"
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    hash: Mapped[Digest]


class LedgerCheckpoint(Model):
    """What the book was at the end of a Tehran day: how long, the root of its tree, the newest link of its
    chain; signed. Published, so that nobody, we included, can tell it differently later.
    """

    __tablename__ = "ledger_checkpoint"
    day: Mapped[date] = mapped_column(primary_key=True)
    tree_size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[Digest]
    head: Mapped[Digest]
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    made_at: Mapped[At] = mapped_column(default=now)


class LedgerDay(Model):
    """What the placed entries of one kind brought to one account of a campaign on one Tehran day: rials are
    credits less debits; `entries` is their number, of batches that of the gifts. Moved with the places; recomputable
    at any time.
    """

    __tablename__ = "ledger_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("ledger_account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    rials: Mapped[Rials]
    entries: Mapped[int]


for _table in (LedgerSubtree, LedgerCheckpoint):
    append_only(_table.__table__)  # type: ignore[arg-type]
