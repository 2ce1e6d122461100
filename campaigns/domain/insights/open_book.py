"""The public book as people read it: its newest lines, corrections, one line, days and campaigns. No page of it
reads more than fifty lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, Select, and_, exists, or_, select, text

from campaigns.base.extensions import db
from campaigns.domain.counter.batch_models import BatchLine, BatchReturn
from campaigns.domain.counter.models import Receipt
from campaigns.domain.counter.reasons import BATCH_LABELS, VOID_LABELS
from campaigns.domain.insights.portal import Card, public_cards
from campaigns.domain.ledger.entries import by_seq, by_txn
from campaigns.domain.ledger.kinds import CORRECTING
from campaigns.domain.ledger.leaf import Entry
from campaigns.domain.ledger.models import LedgerPlace, LedgerTxn
from campaigns.domain.ledger.sealing import newest
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import REASON_LABELS
from campaigns.domain.refunds.states import RefundState
from campaigns.domain.statements.models import StatementStep
from campaigns.domain.statements.outcomes import WRONG, WRONG_LABELS

PAGE = 50
_of_refund = and_(LedgerTxn.reference_kind == "refund", LedgerTxn.reference_id == Refund.id)
_of_reversal = and_(  # a payment that its gateway took back: mirrored, once
    LedgerTxn.reference_kind == "attempt",
    LedgerTxn.reference_id == Refund.attempt_id,
    Refund.reverse_until.is_not(None),
    Refund.state == RefundState.DONE.value,
)


_batch_back = (
    select(BatchReturn.reason_code)
    .join(BatchLine, BatchLine.batch_id == BatchReturn.batch_id)
    .where(
        LedgerTxn.reference_kind == "batch_line",
        LedgerTxn.reference_id == BatchLine.id,
        BatchReturn.state == "done",
    )
    .correlate(LedgerTxn)
    .scalar_subquery()
    .label("batch_back")
)


_wrong_gift = (  # what two people agreed to right before this mirror was written
    select(StatementStep.what)
    .where(
        LedgerTxn.reference_kind == "claim",
        StatementStep.claim_id == LedgerTxn.reference_id,
        StatementStep.verb == "agree",
        StatementStep.what.in_(WRONG),
        StatementStep.made_at <= LedgerTxn.occurred_at,
    )
    .order_by(StatementStep.id.desc())
    .limit(1)
    .correlate(LedgerTxn)
    .scalar_subquery()
    .label("wrong_gift")
)


@dataclass(frozen=True)
class Line:
    """One line of the book. `rials` is what it brought to the campaign, less than zero where it took away; what
    touched no campaign (`moved`) is said without a sign. `corrects` and `corrected_by` are numbers of other lines.
    """

    seq: int
    day: date
    kind: str
    rials: int
    moved: bool
    intents: tuple[str, ...]
    campaign: Card | None
    corrects: int | None
    corrected_by: int | None
    reason: str
    gifts: int = 1  # how many a batch brings


def newest_lines(page: int, language: str) -> tuple[list[Line], int]:
    """A page of lines, the newest first, and how many lines the book has."""
    size = newest()[0]
    last = size - (page - 1) * PAGE
    pairs = by_seq(db.session, max(1, last - PAGE + 1), last) if last > 0 else []
    return _lines([(place.seq, entry) for place, entry in reversed(pairs)], language), size


def campaign_lines(campaign_id: int, page: int, language: str) -> tuple[list[Line], bool]:
    """A page of a campaign's lines, the newest first, and whether there are older ones."""
    own = select(LedgerTxn.id).where(LedgerTxn.campaign_id == campaign_id)
    return _page(own.order_by(LedgerTxn.id.desc()), page, language)


def corrections(page: int, language: str) -> tuple[list[Line], bool]:
    """A page of the lines that set earlier ones right, the newest first, and whether there are older ones."""
    setting_right = select(LedgerTxn.id).where(text(CORRECTING))
    return _page(setting_right.order_by(LedgerTxn.id.desc()), page, language)


def one_line(seq: int, language: str) -> tuple[Row[Any], Entry, Line] | None:
    """A line with its place (the columns of `LedgerPlace`) and its entry."""
    for place, entry in by_seq(db.session, seq, seq):
        return place, entry, _lines([(seq, entry)], language)[0]
    return None


def _page(txn_ids: Select[int], page: int, language: str) -> tuple[list[Line], bool]:
    """Of transactions that have their place; one row more than is shown tells whether there are others."""
    placed = txn_ids.where(exists().where(LedgerPlace.txn_id == LedgerTxn.id))
    ids = list(db.session.scalars(placed.limit(PAGE + 1).offset((page - 1) * PAGE)))
    query = select(LedgerPlace.txn_id, LedgerPlace.seq).where(LedgerPlace.txn_id.in_(ids[:PAGE]))
    seqs = {row.txn_id: row.seq for row in db.session.execute(query)}
    entries = by_txn(db.session, list(seqs))
    rows = [(seqs[txn_id], entries[txn_id]) for txn_id in ids[:PAGE] if txn_id in entries]
    return _lines(rows, language), len(ids) > PAGE


def _lines(rows: Sequence[tuple[int, Entry]], language: str) -> list[Line]:
    txn_ids = [entry.txn_id for _seq, entry in rows]
    owners = {entry.campaign_id for _seq, entry in rows if entry.campaign_id is not None}
    cards = public_cards(list(owners), language)
    corrects, corrected_by, reasons = _links(txn_ids)
    return [
        Line(
            seq=seq,
            day=entry.day,
            kind=entry.kind,
            rials=_rials(entry),
            moved=not any(entry.brought()),
            intents=tuple(dict.fromkeys(account.code.split(":")[3] for account, _ in entry.brought())),
            campaign=cards.get(entry.campaign_id or 0),
            corrects=corrects.get(entry.txn_id),
            corrected_by=corrected_by.get(entry.txn_id),
            reason=reasons.get(entry.txn_id, ""),
            gifts=entry.gifts,
        )
        for seq, entry in rows
    ]


def _rials(entry: Entry) -> int:
    """What it brought to campaigns; where it touched none, the first sum it moved."""
    brought = [rials for _account, rials in entry.brought()]
    return sum(brought) if brought else sum(move.rials for move in entry.moves[:1])


def _links(txn_ids: Sequence[int]) -> tuple[dict[int, int], dict[int, int], dict[int, str]]:
    """By row id: the line it corrects, the line that corrects it, and why it was corrected."""
    forth: Any = (
        select(
            LedgerTxn.id,
            LedgerPlace.seq,
            LedgerTxn.memo,
            LedgerTxn.reference_kind,
            Refund.reason_code,
            Receipt.void_reason,
            _batch_back,
            _wrong_gift,
        )
        .outerjoin(LedgerPlace, LedgerPlace.txn_id == LedgerTxn.reverses_id)
        .outerjoin(Refund, or_(_of_refund, _of_reversal))
        .outerjoin(Receipt, and_(LedgerTxn.reference_kind == "receipt", LedgerTxn.reference_id == Receipt.id))
        .where(LedgerTxn.id.in_(txn_ids), text(CORRECTING))
    )
    back = (
        select(LedgerTxn.reverses_id, LedgerPlace.seq)
        .join(LedgerPlace, LedgerPlace.txn_id == LedgerTxn.id)
        .where(LedgerTxn.reverses_id.in_(txn_ids))
    )
    found = db.session.execute(forth).all()
    return (
        {row.id: row.seq for row in found if row.seq is not None},
        {row.reverses_id: row.seq for row in db.session.execute(back)},
        {row.id: row.memo or _why(row) for row in found},
    )


def _why(row: Any) -> Any:
    """In words: of a refund, of a receipt that was void, of a batch that was taken back, of a transfer that was matched
    wrongly, or of goods; what a clerk wrote of those nobody has read.
    """
    if row.reference_kind == "movement":
        return _l("A mistake in the stock of a warehouse")
    of_gift = REASON_LABELS.get(row.reason_code, "") or VOID_LABELS.get(row.void_reason, "")
    return of_gift or BATCH_LABELS.get(row.batch_back, "") or WRONG_LABELS.get(row.wrong_gift, "")
