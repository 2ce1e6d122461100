"""Posting as a part of a larger statement of PostgreSQL: what `actions.post` does, for an event that nobody has posted
yet and accounts that are there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, Alias, Insert, Select, bindparam, insert, select, union_all

from campaigns.base.quick import whole
from campaigns.domain.ledger.actions import Leg
from campaigns.domain.ledger.models import LedgerAccount, LedgerTransfer, LedgerTxn

_TXN, _TRANSFER, _ACCOUNT = LedgerTxn.__table__, LedgerTransfer.__table__, LedgerAccount.__table__
_WRITTEN = [column for column in _TXN.c if column.key != "id"]


def accounts(number: int) -> list[tuple[Alias, Alias]]:
    """The two accounts of each of so many legs, to be joined to what decides whether anything is posted."""
    return [(_ACCOUNT.alias(f"debit_{n}"), _ACCOUNT.alias(f"credit_{n}")) for n in range(number)]  # type: ignore[misc]


def named(pairs: Sequence[tuple[Alias, Alias]]) -> list[Any]:
    """The conditions that they are those of `values`; and the columns by which `posting` finds them."""
    return [
        side.c.code == bindparam(f"{word}_code_{n}", type_=_ACCOUNT.c.code.type)
        for n, pair in enumerate(pairs)
        for word, side in zip(("debit", "credit"), pair, strict=True)
    ]


def found(pairs: Sequence[tuple[Alias, Alias]]) -> list[Any]:
    return [
        side.c.id.label(f"{word}_id_{n}")
        for n, pair in enumerate(pairs)
        for word, side in zip(("debit", "credit"), pair, strict=True)
    ]


def posting(ready: CTE, number: int) -> Insert:
    """Writes a transaction with so many legs where `ready` has a row; it gives back what it wrote of them.

    Raises `IntegrityError` when another event has its key.
    """
    parts = (bindparam(f"txn_{column.key}", type_=column.type) for column in _WRITTEN)
    rows = select(*parts).select_from(ready)
    txn = insert(_TXN).from_select([c.key for c in _WRITTEN], rows).returning(_TXN.c.id).cte("txn")  # type: ignore[arg-type]
    legs = union_all(*(_leg(ready, txn, n) for n in range(number)))
    names = ["txn_id", "leg", "debit_id", "credit_id", "rials"]
    return insert(_TRANSFER).from_select(names, legs).returning(_TRANSFER.c.txn_id)  # type: ignore[arg-type]


def values(event: Mapping[str, Any], legs: Sequence[Leg]) -> dict[str, Any]:
    """What `posting` is run with. `event`: columns of the transaction."""
    told = {f"txn_{name}": value for name, value in whole(event, _WRITTEN).items()}
    for n, leg in enumerate(legs):
        told |= {f"leg_{n}": n, f"rials_{n}": leg.rials}
        told |= {f"debit_code_{n}": leg.debit, f"credit_code_{n}": leg.credit}
    return told


def _leg(ready: CTE, txn: CTE, n: int) -> Select[Any]:
    number = bindparam(f"leg_{n}", type_=_TRANSFER.c.leg.type)
    rials = bindparam(f"rials_{n}", type_=_TRANSFER.c.rials.type)
    return select(txn.c.id, number, ready.c[f"debit_id_{n}"], ready.c[f"credit_id_{n}"], rials)
