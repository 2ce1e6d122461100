"""Posting to the book: the only way money is ever recorded. Does not commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.domain.ledger.accounts import account_ids
from campaigns.domain.ledger.models import LedgerTransfer, LedgerTxn, LedgerUnplaced

_TRANSFERS = insert(LedgerTransfer.__table__)  # type: ignore[arg-type]
_UNPLACED = insert(LedgerUnplaced.__table__)  # type: ignore[arg-type]


class AlreadyPosted(Exception):
    """Another event has this idempotency key: somebody is about to count money twice."""


@dataclass(frozen=True)
class Leg:
    """One transfer of `rials`. A debit grows assets and expenses, a credit grows liabilities."""

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
) -> int:
    """Writes one transaction of the book, exactly once per `key`, whoever else posts it. Returns its row id.

    Called again with the same event it returns the first one's. Raises `AlreadyPosted` when the key stands
    for another event, `ValueError` without legs or with an amount that is not a positive whole number.
    """
    _check(legs)
    event: dict[str, Any] = {
        "kind": str(kind),
        "campaign_id": campaign_id,
        "reference_kind": reference[0] if reference else "",
        "reference_id": reference[1] if reference else None,
        "reverses_id": reverses_id,
    }
    more = {"actor_id": actor_id, "memo": memo, "occurred_at": occurred_at}
    first = insert_first(LedgerTxn, "idempotency_key", "id")
    row = {"idempotency_key": key, **event, **more}
    txn_id: int | None = db.session.execute(first, row).scalar_one_or_none()
    if txn_id is None:
        return _same(key, event, legs)
    db.session.execute(_TRANSFERS, _transfers(txn_id, legs))
    db.session.execute(_UNPLACED, {"txn_id": txn_id})
    return txn_id


def _check(legs: Sequence[Leg]) -> None:
    if not legs:
        raise ValueError("a transaction needs a transfer")
    for leg in legs:
        if type(leg.rials) is not int or leg.rials <= 0 or leg.debit == leg.credit:
            raise ValueError("a transfer moves a positive whole number of rials between two accounts")


def _transfers(txn_id: int, legs: Sequence[Leg]) -> list[dict[str, int]]:
    ids = account_ids(code for leg in legs for code in (leg.debit, leg.credit))
    return [
        {
            "txn_id": txn_id,
            "leg": number,
            "debit_id": ids[leg.debit],
            "credit_id": ids[leg.credit],
            "rials": leg.rials,
        }
        for number, leg in enumerate(legs)
    ]


def _same(key: str, event: dict[str, Any], legs: Sequence[Leg]) -> int:
    """The transaction that has the key, if it is this very event."""
    earlier = db.session.execute(select(LedgerTxn).where(LedgerTxn.idempotency_key == key)).scalar_one()
    columns = (
        LedgerTransfer.txn_id,
        LedgerTransfer.leg,
        LedgerTransfer.debit_id,
        LedgerTransfer.credit_id,
        LedgerTransfer.rials,
    )
    rows = db.session.execute(
        select(*columns).where(LedgerTransfer.txn_id == earlier.id).order_by(LedgerTransfer.leg)
    )
    wanted = [tuple(transfer.values()) for transfer in _transfers(earlier.id, legs)]
    if [tuple(row) for row in rows] != wanted or any(getattr(earlier, k) != v for k, v in event.items()):
        raise AlreadyPosted(key)
    return earlier.id
