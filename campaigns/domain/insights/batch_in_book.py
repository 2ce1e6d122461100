"""What everybody may read of a batch whose line they look at."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.counter.batch_models import Batch, BatchLine
from campaigns.domain.counter.batches import details
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerTxn


class BatchInBook(NamedTuple):
    """`text` is what the digest in the entry is made of."""

    batch: Batch
    line: BatchLine
    text: str


def batch_of(txn_id: int) -> BatchInBook | None:
    """The batch of a transaction of the book, if it is of one."""
    query = (
        select(BatchLine)
        .join(LedgerTxn, LedgerTxn.reference_id == BatchLine.id)
        .where(
            LedgerTxn.id == txn_id,
            LedgerTxn.reference_kind == "batch_line",
            LedgerTxn.kind == Kind.BATCH.value,  # its mirror says nothing of its own
        )
        .options(joinedload(BatchLine.batch))
    )
    line = db.session.scalar(query)
    return None if line is None else BatchInBook(line.batch, line, details(line.batch, line).decode())
