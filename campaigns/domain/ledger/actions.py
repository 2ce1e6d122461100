"""Posting to the book: the only way money is ever recorded. Does not commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import aliased

from campaigns.base.conflicts import quick_first
from campaigns.base.extensions import db
from campaigns.base.quick import Quick
from campaigns.domain.ledger.accounts import account_ids
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer, LedgerTxn

_transfer_columns = LedgerTransfer.__table__.c
_debit, _credit = aliased(LedgerAccount.__table__), aliased(LedgerAccount.__table__)
_TRANSFER = Quick(
    insert(LedgerTransfer.__table__).from_select(  # type: ignore[arg-type]
        ["txn_id", "leg", "debit_id", "credit_id", "rials"],
        select(
            bindparam("txn", type_=_transfer_columns.txn_id.type),
            bindparam("leg", type_=_transfer_columns.leg.type),
            _debit.c.id,
            _credit.c.id,
            bindparam("rials", type_=_transfer_columns.rials.type),
        )
        .join_from(_debit, _credit, _credit.c.code == bindparam("credit"))
        .where(_debit.c.code == bindparam("debit")),
    )
)
"""One statement finds both accounts and writes the transfer; it writes none while one of them is not made yet."""


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
    commitment: bytes | None = None,
    gifts: int = 1,
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
        "gifts": gifts,
    }
    more = {"actor_id": actor_id, "memo": memo, "commitment": commitment, "occurred_at": occurred_at}
    first = quick_first(LedgerTxn, "idempotency_key", "id")
    row = {"idempotency_key": key, **event, **more}
    made = first.run(row).one_or_none()
    if made is None:
        return _same(key, event, legs)
    txn_id: int = made.id
    for number, leg in enumerate(legs):
        _transfer(txn_id, number, leg)
    return txn_id


def mirror(key: str, kind: str, *, occurred_at: datetime, actor_id: int | None = None) -> int:
    """Takes back the transaction of `key`, exactly and once, by a new one. Returns its row id."""
    first = db.session.execute(select(LedgerTxn).where(LedgerTxn.idempotency_key == key)).scalar_one()
    return post(
        f"rev:{key}",
        kind,
        [Leg(leg.credit, leg.debit, leg.rials) for leg in _legs(first.id)],
        occurred_at=occurred_at,
        campaign_id=first.campaign_id,
        reference=(first.reference_kind, first.reference_id) if first.reference_id else None,
        reverses_id=first.id,
        actor_id=actor_id,
        gifts=first.gifts,
    )


def posted(key: str) -> int:
    """The row id of the transaction that has this key."""
    return db.session.execute(select(LedgerTxn.id).where(LedgerTxn.idempotency_key == key)).scalar_one()


def _check(legs: Sequence[Leg]) -> None:
    if not legs:
        raise ValueError("a transaction needs a transfer")
    for leg in legs:
        if type(leg.rials) is not int or leg.rials <= 0 or leg.debit == leg.credit:
            raise ValueError("a transfer moves a positive whole number of rials between two accounts")


def _transfer(txn_id: int, number: int, leg: Leg) -> None:
    row = {"txn": txn_id, "leg": number, "debit": leg.debit, "credit": leg.credit, "rials": leg.rials}
    for _try in ("the accounts are there, nearly always", "they are made now"):
        if _TRANSFER.run(row).number == 1:
            return
        account_ids((leg.debit, leg.credit))
    raise LookupError(f"no account {leg.debit} or {leg.credit}")


def _same(key: str, event: dict[str, Any], legs: Sequence[Leg]) -> int:
    """The transaction that has the key, if it is this very event."""
    earlier = db.session.execute(select(LedgerTxn).where(LedgerTxn.idempotency_key == key)).scalar_one()
    if _legs(earlier.id) != list(legs) or any(
        getattr(earlier, name) != value for name, value in event.items()
    ):
        raise AlreadyPosted(key)
    return earlier.id


def _legs(txn_id: int) -> list[Leg]:
    kept = (
        select(_debit.c.code, _credit.c.code, LedgerTransfer.rials)
        .join(_debit, _debit.c.id == LedgerTransfer.debit_id)
        .join(_credit, _credit.c.id == LedgerTransfer.credit_id)
        .where(LedgerTransfer.txn_id == txn_id)
        .order_by(LedgerTransfer.leg)
    )
    return [Leg(*row) for row in db.session.execute(kept)]
