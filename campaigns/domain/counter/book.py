"""What the book says of an office. Whoever acts on it holds the office, so its transactions come in the order of
their row ids.
"""

from typing import NamedTuple

from sqlalchemy import case, func, or_, select

from campaigns.base.extensions import db
from campaigns.domain.counter.models import CardReader, Office, Sheet, SheetState
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer, LedgerTxn
from campaigns.domain.ledger.queries import balance


class Span(NamedTuple):
    """Transactions after the first id, up to the second one; none: up to now."""

    after: int
    upto: int | None = None


class Moves(NamedTuple):
    """What moved in the drawer, in rials; all above zero. A void receipt is in `taken` and in `voided`."""

    taken: int = 0
    voided: int = 0
    sent: int = 0
    came_back: int = 0

    @property
    def rials(self) -> int:
        return self.taken - self.voided - self.sent + self.came_back


class ByReader(NamedTuple):
    """What a card reader took, less what was voided."""

    number: str
    rials: int


def drawer(office: Office, span: Span) -> Moves:
    """What moved in the drawer, by the book; differences of counts left out."""
    sums = _sums(accounts.cash(office.code), span)
    return Moves(
        taken=sums.get((Kind.CASH.value, "receipt"), 0),
        voided=-sums.get((Kind.REVERSAL.value, "receipt"), 0),
        sent=-sums.get((Kind.CASH_SENT.value, "deposit"), 0),
        came_back=sums.get((Kind.REVERSAL.value, "deposit"), 0),
    )


def readers(office: Office, span: Span) -> list[ByReader]:
    """What each card reader of the office took, by the book, in the order of their numbers."""
    numbers = select(CardReader.number).where(CardReader.office_id == office.id).order_by(CardReader.number)
    return [ByReader(number, _of_receipts(number, span)) for number in db.session.scalars(numbers).all()]


def in_drawer(office: Office) -> int:
    """The cash that should lie there now: the book, and the differences that nobody has confirmed yet."""
    counted = func.coalesce(func.sum(Sheet.counted_rials - Sheet.expected_rials), 0)
    waiting = select(counted).where(Sheet.office_id == office.id, Sheet.state != SheetState.CONFIRMED.value)
    return balance(accounts.cash(office.code)) + int(db.session.scalar(waiting) or 0)


def may_leave(office: Office) -> int:
    """The cash that may be taken out of the drawer: what is there, and what the book has."""
    return min(in_drawer(office), balance(accounts.cash(office.code)))


def newest_txn() -> int:
    return int(db.session.scalar(select(func.max(LedgerTxn.id))) or 0)


def _of_receipts(number: str, span: Span) -> int:
    sums = _sums(accounts.card_reader(number), span)
    return sum(rials for (_kind, about), rials in sums.items() if about == "receipt")


def _sums(code: str, span: Span) -> dict[tuple[str, str], int]:
    """Debits less credits of an account by kind and by what they are about."""
    own = db.session.scalar(select(LedgerAccount.id).where(LedgerAccount.code == code))
    if own is None:
        return {}
    signed = case((LedgerTransfer.debit_id == own, LedgerTransfer.rials), else_=-LedgerTransfer.rials)
    query = (
        select(LedgerTxn.kind, LedgerTxn.reference_kind, func.sum(signed))
        .join(LedgerTransfer, LedgerTransfer.txn_id == LedgerTxn.id)
        .where(
            or_(LedgerTransfer.debit_id == own, LedgerTransfer.credit_id == own), LedgerTxn.id > span.after
        )
        .group_by(LedgerTxn.kind, LedgerTxn.reference_kind)
    )
    if span.upto is not None:
        query = query.where(LedgerTxn.id <= span.upto)
    return {(kind, about): int(rials) for kind, about, rials in db.session.execute(query)}
