"""Offices and batches must tell the story the book tells (I19, I20)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import aliased

from campaigns.base.extensions import db
from campaigns.domain.counter.batch_models import Batch, BatchLine, BatchState
from campaigns.domain.counter.models import (
    Deposit,
    DepositState,
    Office,
    Receipt,
    ReceiptCount,
    Sheet,
    SheetState,
)
from campaigns.domain.invariants.contract import Look, Span
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.breaches import Found
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer, LedgerTxn


def drawers(_spans: Sequence[Span]) -> Iterator[Found]:
    """The cash the book has of an office is that of its receipts, less what went to the bank, as counts said."""
    given = _sum(Receipt.rials, Receipt.office_id, Receipt.reader_id.is_(None), Receipt.voided_at.is_(None))
    sent = _sum(Deposit.rials, Deposit.office_id, Deposit.state != DepositState.RETURNED.value)
    differed = _sum(
        Sheet.counted_rials - Sheet.expected_rials, Sheet.office_id, Sheet.state == SheetState.CONFIRMED.value
    )
    account = LedgerAccount.code == accounts.cash("") + Office.code
    moved = case(
        (LedgerTransfer.debit_id == LedgerAccount.id, LedgerTransfer.rials), else_=-LedgerTransfer.rials
    )
    book = (
        select(func.coalesce(func.sum(moved), 0))
        .select_from(LedgerAccount)
        .join(
            LedgerTransfer,
            (LedgerTransfer.debit_id == LedgerAccount.id) | (LedgerTransfer.credit_id == LedgerAccount.id),
        )
        .where(account)
        .correlate(Office)
        .scalar_subquery()
    )
    difference = book - (given - sent + differed)
    for code, rials in db.session.execute(select(Office.code, difference).where(difference != 0)):
        yield Found("I19", f"the book has {rials} rials more in the drawer of {code} than its papers")


def numbers(_spans: Sequence[Span]) -> Iterator[Found]:
    """Receipts of an office and a year are numbered from one without a gap."""
    query = (
        select(Office.code, Receipt.year)
        .join(Office, Office.id == Receipt.office_id)
        .outerjoin(
            ReceiptCount,
            and_(ReceiptCount.office_id == Receipt.office_id, ReceiptCount.year == Receipt.year),
        )
        .group_by(Office.code, Receipt.year, ReceiptCount.last)
        .having(
            (func.count() != func.max(Receipt.number))
            | (func.coalesce(ReceiptCount.last, 0) != func.max(Receipt.number))
        )
    )
    for code, year in db.session.execute(query):
        yield Found("I19", f"the numbers of {code} in {year} have a gap")


def batches(_spans: Sequence[Span]) -> Iterator[Found]:
    """Each line of a booked batch is in the book once, with its sum and its number of gifts; mirrored if taken back."""
    later = aliased(LedgerTxn)
    theirs = and_(
        LedgerTxn.reference_kind == "batch_line",
        LedgerTxn.reference_id == BatchLine.id,
        LedgerTxn.kind == Kind.BATCH.value,
        LedgerTxn.campaign_id == BatchLine.campaign_id,
        LedgerTxn.gifts == BatchLine.gifts,
    )
    first = and_(
        LedgerTransfer.txn_id == LedgerTxn.id,
        LedgerTransfer.leg == 0,
        LedgerTransfer.rials == BatchLine.rials,
    )
    said = exists().where(theirs, first)
    mirrored = exists().where(theirs, later.reverses_id == LedgerTxn.id)
    came = Batch.state.in_((BatchState.BOOKED.value, BatchState.TAKEN_BACK.value))
    query = (
        select(Batch.public_id, BatchLine.id)
        .join(Batch, Batch.id == BatchLine.batch_id)
        .where((came != said) | ((Batch.state == BatchState.TAKEN_BACK.value) != mirrored))
    )
    for public_id, line_id in db.session.execute(query):
        yield Found("I20", f"line {line_id} of batch {public_id} is not what the book says")


def _sum(what: Any, office: Any, *where: Any) -> Any:
    total = select(func.coalesce(func.sum(what), 0)).where(office == Office.id, *where)
    return total.correlate(Office).scalar_subquery()


LOOKS = (Look(("I19",), drawers), Look(("I19",), numbers), Look(("I20",), batches))
