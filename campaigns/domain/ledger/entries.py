"""Reads transactions of the book whole, many at once, for sealing, publishing and checking."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from campaigns.base.among import AnySession, among
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger.leaf import Account, Entry, Move
from campaigns.domain.ledger.models import LedgerAccount, LedgerPlace, LedgerTransfer, LedgerTxn

# Columns of tables, not attributes of models: of many rows, SQLAlchemy then reads each a third faster.
_txn, _campaign = LedgerTxn.__table__, Campaign.__table__
_transfer, _place = LedgerTransfer.__table__.c, LedgerPlace.__table__.c
_mirrored = _txn.alias()
_TORN_OUT = Account(0, "missing:account")
"""Stands for an account whose row somebody has removed, so that the entry can be read and found wrong."""


def by_txn(session: AnySession, txn_ids: Sequence[int]) -> dict[int, Entry]:
    """Entries by the row ids of their transactions: three statements."""
    moves = _moves(session, txn_ids)
    rows = session.execute(_TXNS.where(among(session, _txn.c.id, txn_ids)))
    return {row.id: Entry(moves.get(row.id, ()), tehran_day(row.occurred_at), *row) for row in rows}


def by_seq(
    session: AnySession, first: int, last: int, *, links: bool = False
) -> list[tuple[Row[Any], Entry]]:
    """The places `first` to `last` with their entries, in order: rows with the columns of `LedgerPlace`, or only its
    `links`. What somebody has torn out is not there.
    """
    span = _place.seq.between(first, last)
    wanted = _LINKS if links else _PLACES
    places = session.execute(wanted.where(span).order_by(_place.seq)).all()
    found = by_txn(session, [place.txn_id for place in places])
    return [(place, found[place.txn_id]) for place in places if place.txn_id in found]


_PLACES: Any = select(LedgerPlace.__table__)
_LINKS: Any = select(_place.seq, _place.txn_id, _place.prev_hash, _place.hash)
_TXNS: Select[*tuple[Any, ...]] = (
    select(
        _txn.c.id,
        _txn.c.public_id,
        _txn.c.kind,
        _txn.c.occurred_at,
        _txn.c.campaign_id,
        _campaign.c.public_id,
        _txn.c.commitment,
        _mirrored.c.public_id,
        _mirrored.c.kind,
        _mirrored.c.campaign_id,
        _txn.c.gifts,
    )
    .select_from(_txn)
    .outerjoin(_campaign, _campaign.c.id == _txn.c.campaign_id)
    .outerjoin(_mirrored, _mirrored.c.id == _txn.c.reverses_id)
)


def _moves(session: AnySession, txn_ids: Sequence[int]) -> dict[int, list[Move]]:
    columns = (
        _transfer.txn_id,
        _transfer.debit_id,
        _transfer.credit_id,
        _transfer.rials,
    )
    mine = among(session, _transfer.txn_id, txn_ids)
    query = select(*columns).where(mine).order_by(_transfer.txn_id, _transfer.leg)
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
