"""Reads transactions of the book whole, many at once, for sealing, publishing and checking."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from campaigns.base.among import AnySession, among
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger.leaf import Account, Entry, Move
from campaigns.domain.ledger.models import LedgerAccount, LedgerPlace, LedgerTransfer, LedgerTxn

_Mirrored = aliased(LedgerTxn)
_TORN_OUT = Account(0, "missing:account")
"""Stands for an account whose row somebody has removed, so that the entry can be read and found wrong."""


def by_txn(session: AnySession, txn_ids: Sequence[int]) -> dict[int, Entry]:
    """Entries by the row ids of their transactions: three statements."""
    moves = _moves(session, txn_ids)
    rows = session.execute(_TXNS.where(among(session, LedgerTxn.id, txn_ids)))
    return {row.id: Entry(moves.get(row.id, ()), tehran_day(row.occurred_at), *row) for row in rows}


def by_seq(session: AnySession, first: int, last: int) -> list[tuple[Row[Any], Entry]]:
    """The places `first` to `last` with their entries, in order: rows with the columns of `LedgerPlace`. What somebody
    has torn out is not there.
    """
    span = LedgerPlace.seq.between(first, last)
    places = session.execute(_PLACES.where(span).order_by(LedgerPlace.seq)).all()
    found = by_txn(session, [place.txn_id for place in places])
    return [(place, found[place.txn_id]) for place in places if place.txn_id in found]


_PLACES = select(LedgerPlace.__table__)
_TXNS: Select[*tuple[Any, ...]] = (
    select(
        LedgerTxn.id,
        LedgerTxn.public_id,
        LedgerTxn.kind,
        LedgerTxn.occurred_at,
        LedgerTxn.campaign_id,
        Campaign.public_id,
        LedgerTxn.commitment,
        _Mirrored.public_id,
        _Mirrored.kind,
        _Mirrored.campaign_id,
        LedgerTxn.gifts,
    )
    .outerjoin(Campaign, Campaign.id == LedgerTxn.campaign_id)
    .outerjoin(_Mirrored, _Mirrored.id == LedgerTxn.reverses_id)
)


def _moves(session: AnySession, txn_ids: Sequence[int]) -> dict[int, list[Move]]:
    columns = (
        LedgerTransfer.txn_id,
        LedgerTransfer.debit_id,
        LedgerTransfer.credit_id,
        LedgerTransfer.rials,
    )
    mine = among(session, LedgerTransfer.txn_id, txn_ids)
    query = select(*columns).where(mine).order_by(LedgerTransfer.txn_id, LedgerTransfer.leg)
    rows = session.execute(query).all()
    accounts = _accounts(session, {number for row in rows for number in (row.debit_id, row.credit_id)})
    found: dict[int, list[Move]] = {}
    for txn_id, debit_id, credit_id, rials in rows:
        debit, credit = accounts.get(debit_id, _TORN_OUT), accounts.get(credit_id, _TORN_OUT)
        found.setdefault(txn_id, []).append(Move(debit, credit, rials))
    return found


def _accounts(session: AnySession, ids: Collection[int]) -> dict[int, Account]:
    query = (
        select(LedgerAccount.id, LedgerAccount.code, LedgerAccount.campaign_id, Campaign.public_id)
        .outerjoin(Campaign, Campaign.id == LedgerAccount.campaign_id)
        .where(LedgerAccount.id.in_(ids))
    )
    return {row[0]: Account(*row) for row in session.execute(query)}
