"""Our payments as a report needs them: by the names a gateway may call them, and those of one day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer, LedgerTxn
from campaigns.domain.payments.contract import ReportRow
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import TAKES_MONEY
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.states import IN_BOOK
from campaigns.domain.reports.buckets import Ours

AT_ONCE = 200
NEAR = timedelta(minutes=20)
"""A session whose report bears no name of ours began this close to one of ours, by both clocks."""


def by_names(terminal: str, environment: str, rows: Sequence[ReportRow]) -> list[Ours]:
    """Payments of a terminal that any of these rows names."""
    found: list[Ours] = []
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        named = or_(
            PaymentAttempt.gateway_ref.in_({row.gateway_ref for row in part if row.gateway_ref}),
            PaymentAttempt.receipt_ref.in_({row.receipt_ref for row in part if row.receipt_ref}),
            PaymentAttempt.numeric_ref.in_({row.numeric_ref for row in part if row.numeric_ref}),
        )
        found += _read(*_of(terminal, environment), named)
    return list({one.attempt_id: one for one in found}.values())


def taken_on(terminal: str, environment: str, day: date) -> list[Ours]:
    """Payments of a terminal that took money on this Tehran day, by our clock."""
    end = day_start(day + timedelta(days=1))
    during = PaymentAttempt.paid_at >= day_start(day), PaymentAttempt.paid_at < end
    return _read(*_of(terminal, environment), PaymentAttempt.captured_rials > 0, *during)


def perhaps(terminal: str, environment: str, row: ReportRow) -> list[int]:
    """Payments without money that a nameless row with money may be: to ask the gateway about, never more."""
    if row.at is None:
        return []
    query = select(PaymentAttempt.id).where(
        *_of(terminal, environment),
        PaymentAttempt.rials == row.rials,
        PaymentAttempt.state.in_(TAKES_MONEY),
        PaymentAttempt.gateway_ref.is_not(None),
        PaymentAttempt.created_at.between(row.at - NEAR, row.at + NEAR),
    )
    return list(db.session.scalars(query.limit(20)))


class Index:
    """Finds a payment by whichever name a row bears: the gateway's own first, then the receipt, then our number."""

    def __init__(self, ours: Iterable[Ours]) -> None:
        self._by_ref: dict[object, Ours] = {}
        self._by_receipt: dict[object, Ours] = {}
        self._by_number: dict[object, Ours] = {}
        for one in ours:
            if one.gateway_ref:
                self._by_ref[one.gateway_ref] = one
            if one.receipt_ref:
                self._by_receipt[one.receipt_ref] = one
            self._by_number[one.numeric_ref] = one

    def of(self, row: ReportRow) -> Ours | None:
        return (
            self._by_ref.get(row.gateway_ref)
            or self._by_receipt.get(row.receipt_ref)
            or self._by_number.get(row.numeric_ref)
        )


def _of(terminal: str, environment: str) -> tuple[ColumnElement[bool], ...]:
    gateway, _between, account = terminal.partition(":")
    return (
        PaymentAttempt.gateway == gateway,
        PaymentAttempt.environment == environment,
        PaymentAttempt.account_id == (int(account) if account else None),  # IS NULL for that of the settings
    )


def _read(*which: ColumnElement[bool]) -> list[Ours]:
    rows = db.session.scalars(
        select(PaymentAttempt).where(*which).execution_options(populate_existing=True)
    ).all()
    ids = [row.id for row in rows]
    booked, back = _booked(ids), _back(ids)
    return [
        Ours(
            attempt_id=row.id,
            public_id=row.public_id,
            state=row.state,
            asked=row.rials,
            captured=row.captured_rials,
            booked=booked.get(row.id, 0),
            went_back=back.get(row.id, 0),
            gateway_ref=row.gateway_ref,
            receipt_ref=row.receipt_ref,
            numeric_ref=row.numeric_ref,
            day=tehran_day(row.paid_at) if row.paid_at else None,
        )
        for row in rows
    ]


def _booked(ids: Sequence[int]) -> dict[int, int]:
    """What the book says each payment brought to its terminal."""
    query: Any = (
        select(LedgerTxn.reference_id, func.sum(LedgerTransfer.rials))
        .join(LedgerTransfer, LedgerTransfer.txn_id == LedgerTxn.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerTransfer.debit_id)
        .where(
            LedgerTxn.reference_kind == "attempt",
            LedgerTxn.kind.in_((Kind.CAPTURE.value, Kind.UNALLOCATED.value)),
            LedgerAccount.code.startswith(accounts.clearing("")),
        )
        .group_by(LedgerTxn.reference_id)
    )
    return _by_parts(query, LedgerTxn.reference_id, ids)


def _back(ids: Sequence[int]) -> dict[int, int]:
    query = select(Refund.attempt_id, func.sum(Refund.rials)).where(Refund.state.in_(IN_BOOK))
    return _by_parts(query.group_by(Refund.attempt_id), Refund.attempt_id, ids)


def _by_parts(query: Any, column: Any, ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = query.where(column.in_(ids[start : start + AT_ONCE]))
        found |= {number: int(rials) for number, rials in db.session.execute(some)}
    return found
