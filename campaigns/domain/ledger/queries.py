"""Reads of the book. The slow, certain way: sums over the transfers themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, func, null, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import Subquery

from campaigns.base.extensions import db
from campaigns.domain.ledger.kinds import GIFTS, SPENDING_KINDS, TURNS, Kind
from campaigns.domain.ledger.models import (
    CampaignRollup,
    LedgerAccount,
    LedgerPlace,
    LedgerTransfer,
    LedgerTxn,
    LedgerUnplaced,
)

Some = Select[int] | Sequence[int]
"""Transactions: a query for their row ids, or the ids (better for a batch: no plan reads more than these)."""

_Mirrored = aliased(LedgerTxn)


def balance(code: str) -> int:
    """Rials on an account from its natural side: debits less credits for assets and expenses, or reversed."""
    account = db.session.scalar(select(LedgerAccount).where(LedgerAccount.code == code))
    if account is None:
        return 0
    debits = _sum(LedgerTransfer.debit_id == account.id)
    credits = _sum(LedgerTransfer.credit_id == account.id)
    return debits - credits if account.kind in {"asset", "expense"} else credits - debits


def held(code: str, reference: tuple[str, int]) -> int:
    """Rials that the transactions about one thing have left on a liability: credits less debits."""
    account = select(LedgerAccount.id).where(LedgerAccount.code == code).scalar_subquery()
    about = select(LedgerTxn.id).where(
        LedgerTxn.reference_kind == reference[0], LedgerTxn.reference_id == reference[1]
    )
    mine = LedgerTransfer.txn_id.in_(about)
    return _sum(mine & (LedgerTransfer.credit_id == account)) - _sum(
        mine & (LedgerTransfer.debit_id == account)
    )


def source_of(reference: tuple[str, int]) -> tuple[str, int | None] | None:
    """(account, campaign id) that has the money of a payment; None when no campaign has it, or not any more."""
    mirror = aliased(LedgerTxn)
    query = (
        select(LedgerAccount.code, LedgerAccount.campaign_id)
        .join(LedgerTransfer, LedgerTransfer.credit_id == LedgerAccount.id)
        .join(LedgerTxn, LedgerTxn.id == LedgerTransfer.txn_id)
        .where(
            LedgerTxn.reference_kind == reference[0],
            LedgerTxn.reference_id == reference[1],
            LedgerTxn.kind.in_((*GIFTS, Kind.ALLOCATION.value)),
            LedgerAccount.campaign_id.is_not(None),
            ~exists().where(mirror.reverses_id == LedgerTxn.id),
        )
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


class Flow(NamedTuple):
    """What one account of a campaign has received and what was spent of it, in rials."""

    code: str
    received_rials: int
    spent_rials: int


def flows(campaign_id: int) -> list[Flow]:
    """Every account of a campaign, by the whole book, in the order of their codes.

    Spending does not lower what was received: a bar shows what people gave. A gift that goes back does.
    """
    sides = ((LedgerTransfer.credit_id, 1), (LedgerTransfer.debit_id, -1))
    parts = [
        select(LedgerAccount.code, LedgerTxn.kind, (sign * LedgerTransfer.rials).label("rials"))
        .join(LedgerTransfer, side == LedgerAccount.id)
        .join(LedgerTxn, LedgerTxn.id == LedgerTransfer.txn_id)
        .where(LedgerAccount.campaign_id == campaign_id)
        for side, sign in sides
    ]
    both = union_all(*parts).subquery()
    is_spending = both.c.kind.in_(SPENDING_KINDS)
    query = (
        select(
            both.c.code,
            func.sum(case((is_spending, 0), else_=both.c.rials)),
            func.sum(case((is_spending, -both.c.rials), else_=0)),
        )
        .group_by(both.c.code)
        .order_by(both.c.code)
    )
    return [Flow(code, int(came), int(spent)) for code, came, spent in db.session.execute(query)]


def received(campaign_id: int) -> int:
    """What a campaign has received by the whole book, over all its intents, in rials; spent or not."""
    return sum(flow.received_rials for flow in flows(campaign_id))


def spent(campaign_id: int) -> int:
    """What a campaign has spent by the whole book, over all its intents, in rials."""
    return sum(flow.spent_rials for flow in flows(campaign_id))


def gifts(campaign_id: int) -> int:
    """How many gifts stand in the whole book for a campaign, less those mirrored back."""
    own = select(LedgerTxn.id).where(LedgerTxn.campaign_id == campaign_id)
    counted = gift_counts(own).subquery()
    return int(db.session.scalar(select(func.coalesce(func.sum(counted.c.gifts), 0))) or 0)


def gift_counts(txn_ids: Some) -> Select[int | None, int, datetime | None]:
    """(campaign id, gifts, newest moment) of the transactions in `txn_ids`.

    +1 a gift (a batch: as many as it brings), the same less with its mirror; -1 the refund with which nothing of a
    gift is left, +1 when it stands again.
    """
    new = LedgerTxn.kind.in_(GIFTS)
    gifts = (
        select(
            LedgerTxn.campaign_id,
            func.sum(case((LedgerTxn.kind == Kind.WHOLE_REFUND.value, -1), else_=LedgerTxn.gifts)).label(
                "gifts"
            ),
            func.max(case((new, LedgerTxn.occurred_at))).label("last_at"),
        )
        .where(new | LedgerTxn.kind.in_(TURNS), LedgerTxn.id.in_(txn_ids))
        .group_by(LedgerTxn.campaign_id)
    )
    mirrors = (
        select(_Mirrored.campaign_id, -func.sum(_Mirrored.gifts), null())
        .join(LedgerTxn, LedgerTxn.reverses_id == _Mirrored.id)
        .where(_Mirrored.kind.in_(GIFTS), LedgerTxn.id.in_(txn_ids))
        .group_by(_Mirrored.campaign_id)
    )
    both = union_all(gifts, mirrors).subquery()
    return (
        select(both.c.campaign_id, func.sum(both.c.gifts).label("gifts"), func.max(both.c.last_at))
        .where(both.c.campaign_id.is_not(None))
        .group_by(both.c.campaign_id)
    )


def rial_sums(txn_ids: Some) -> Select[int, int]:
    """(campaign id, rials) that the transactions in `txn_ids` bring to each campaign: credits less debits.

    What is spent was received all the same, and is left out.
    """
    parts = [
        select(LedgerAccount.campaign_id, (sign * LedgerTransfer.rials).label("rials"))
        .join(LedgerTransfer, side == LedgerAccount.id)
        .join(LedgerTxn, LedgerTxn.id == LedgerTransfer.txn_id)
        .where(
            LedgerAccount.campaign_id.is_not(None),
            LedgerTxn.id.in_(txn_ids),
            LedgerTxn.kind.not_in(SPENDING_KINDS),
        )
        for side, sign in ((LedgerTransfer.credit_id, 1), (LedgerTransfer.debit_id, -1))
    ]
    both = union_all(*parts).subquery()
    return select(both.c.campaign_id, func.sum(both.c.rials).label("rials")).group_by(both.c.campaign_id)


def disagreements() -> list[tuple[int, int, int]]:
    """Campaigns whose rollup is not what the placed part of the book says: (id, rollup, book), rials.

    Empty at any moment: a place and its rollup are written together. A campaign whose money agrees and whose
    number of gifts does not is listed too.
    """
    placed = select(LedgerPlace.txn_id)
    money, number = rial_sums(placed).subquery(), gift_counts(placed).subquery()
    campaigns = _everyone(money, number)
    kept, booked = func.coalesce(CampaignRollup.received_rials, 0), func.coalesce(money.c.rials, 0)
    counts_differ = func.coalesce(CampaignRollup.gifts, 0) != func.coalesce(number.c.gifts, 0)
    query = (
        select(campaigns.c.campaign_id, kept, booked)
        .outerjoin(CampaignRollup, CampaignRollup.campaign_id == campaigns.c.campaign_id)
        .outerjoin(money, money.c.campaign_id == campaigns.c.campaign_id)
        .outerjoin(number, number.c.campaign_id == campaigns.c.campaign_id)
        .where((kept != booked) | counts_differ)
        .order_by(campaigns.c.campaign_id)
    )
    return [(row[0], int(row[1]), int(row[2])) for row in db.session.execute(query)]


def oldest_unplaced() -> datetime | None:
    """When the transaction that waits longest for its place was recorded. None when none waits."""
    waiting = select(func.min(LedgerUnplaced.txn_id)).scalar_subquery()
    return db.session.scalar(select(LedgerTxn.recorded_at).where(LedgerTxn.id == waiting))


def all_placed() -> bool:
    """Whether every transaction has its place, so that the rollups say all the book says."""
    return not db.session.scalar(select(exists().select_from(LedgerUnplaced)))


def _everyone(*others: Subquery) -> Subquery:
    ids: list[Any] = [select(CampaignRollup.campaign_id), *(select(other.c.campaign_id) for other in others)]
    return select(union_all(*ids).subquery().c.campaign_id).distinct().subquery()


def _sum(condition: ColumnElement[bool]) -> int:
    total = select(func.coalesce(func.sum(LedgerTransfer.rials), 0)).where(condition)
    return int(db.session.scalar(total) or 0)
