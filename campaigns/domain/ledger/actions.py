"""Posting to the book: the only way money is ever recorded. Does not commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.ledger.accounts import account_id
from campaigns.domain.ledger.models import LedgerTransfer, LedgerTxn, LedgerUnplaced


class AlreadyPosted(Exception):
    """Another event has this idempotency key: somebody is about to count money twice."""


@dataclass(frozen=True)
class Leg:
    """`rials` move from the credit account's side to the debit account's: debit grows assets, credit liabilities."""

    debit: str
    credit: str
    rials: int


def post(
    key: str,
    kind: str,
    legs: Sequence[Leg],
    *,
    occurred_at: datetime,
    campaign_id: int | None = None,
    reference: tuple[str, int] | None = None,
    reverses_id: int | None = None,
    actor_id: int | None = None,
    memo: str = "",
) -> LedgerTxn:
    """Writes one transaction of the book, exactly once per `key`.

    Called again with the same key and legs it returns the first one. Raises `AlreadyPosted` when the key stands for
    other legs, `ValueError` without legs or with an amount that is not a positive whole number, `IntegrityError` when
    another process posts the same key at the same moment: the caller rolls back and looks again.
    """
    _check(legs)
    earlier = db.session.scalar(select(LedgerTxn).where(LedgerTxn.idempotency_key == key))
    if earlier is not None:
        return _same(earlier, legs)
    txn = LedgerTxn(
        idempotency_key=key,
        kind=kind,
        campaign_id=campaign_id,
        reference_kind=reference[0] if reference else "",
        reference_id=reference[1] if reference else None,
        reverses_id=reverses_id,
        actor_id=actor_id,
        memo=memo,
        occurred_at=occurred_at,
    )
    db.session.add(txn)
    db.session.flush()
    for number, leg in enumerate(legs):
        db.session.add(
            LedgerTransfer(
                txn_id=txn.id,
                leg=number,
                debit_id=account_id(leg.debit),
                credit_id=account_id(leg.credit),
                rials=leg.rials,
            )
        )
    db.session.add(LedgerUnplaced(txn_id=txn.id))
    db.session.flush()
    return txn


def _check(legs: Sequence[Leg]) -> None:
    if not legs:
        raise ValueError("a transaction needs a transfer")
    for leg in legs:
        if type(leg.rials) is not int or leg.rials <= 0 or leg.debit == leg.credit:
            raise ValueError("a transfer moves a positive whole number of rials between two accounts")


def _same(txn: LedgerTxn, legs: Sequence[Leg]) -> LedgerTxn:
    kept = db.session.scalars(
        select(LedgerTransfer).where(LedgerTransfer.txn_id == txn.id).order_by(LedgerTransfer.leg)
    ).all()
    wanted = [(account_id(leg.debit), account_id(leg.credit), leg.rials) for leg in legs]
    if [(row.debit_id, row.credit_id, row.rials) for row in kept] != wanted:
        raise AlreadyPosted(txn.idempotency_key)
    return txn
