"""Everything about money that the database holds, read at once, with sums made here and not by the house."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.funds.models import Spending
from campaigns.domain.ledger.models import (
    CampaignRollup,
    LedgerAccount,
    LedgerPlace,
    LedgerTransfer,
    LedgerTxn,
    LedgerUnplaced,
)
from campaigns.domain.matching.models import MatchPool
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.refunds.models import Refund

Rows = Sequence[Row[Any]]


class Moved(NamedTuple):
    """One transfer of the book."""

    debit: str
    credit: str
    rials: int


class Seen:
    """What the tables held at one moment."""

    def __init__(self) -> None:
        self.attempts = _all(PaymentAttempt)
        self.gifts = {row.id: row for row in _all(Contribution)}
        self.refunds = _all(Refund)
        self.items = _all(ReviewItem)
        self.spendings = _all(Spending)
        self.pools = _all(MatchPool)
        self.rollups = {row.campaign_id: row for row in _all(CampaignRollup)}
        self.txns = {row.id: row for row in _all(LedgerTxn)}
        self.places = {row.seq: row.txn_id for row in _all(LedgerPlace)}
        self.waiting = {row.txn_id for row in _all(LedgerUnplaced)}
        self.moves = _moves()
        self.balances = _balances(move for moves in self.moves.values() for move in moves)
        db.session.rollback()

    def balance(self, code: str) -> int:
        """From the natural side of the account."""
        rials = self.balances.get(code, 0)
        return rials if code.startswith(("asset", "expense")) else -rials

    def of_kind(self, *kinds: str) -> list[Row[Any]]:
        return [txn for txn in self.txns.values() if txn.kind in kinds]

    def moved(self, *kinds: str) -> int:
        """Rials of all transfers of transactions of these kinds."""
        return sum(move.rials for txn in self.of_kind(*kinds) for move in self.moves[txn.id])

    def on(self, code: str, txns: Iterable[Row[Any]]) -> int:
        """What these transactions have left on a liability."""
        return -_balances(move for txn in txns for move in self.moves[txn.id]).get(code, 0)


def _all(table: Any) -> Rows:
    return db.session.execute(select(table.__table__).order_by(*table.__table__.primary_key)).all()


def _moves() -> dict[int, list[Moved]]:
    debit, credit = aliased(LedgerAccount), aliased(LedgerAccount)
    query = (
        select(LedgerTransfer.txn_id, debit.code, credit.code, LedgerTransfer.rials)
        .join(debit, debit.id == LedgerTransfer.debit_id)
        .join(credit, credit.id == LedgerTransfer.credit_id)
        .order_by(LedgerTransfer.txn_id, LedgerTransfer.leg)
    )
    found: dict[int, list[Moved]] = {}
    for txn_id, *moved in db.session.execute(query):
        found.setdefault(txn_id, []).append(Moved(*moved))
    return found


def _balances(moves: Iterable[Moved]) -> dict[str, int]:
    """Debits less credits, by account."""
    sums: dict[str, int] = defaultdict(int)
    for move in moves:
        sums[move.debit] += move.rials
        sums[move.credit] -= move.rials
    return sums
