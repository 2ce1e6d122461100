"""Sums that must agree, and the guards that keep them (I4, I5, I6, I7, I8, I12, I14, I18)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import exists, func, inspect, select, text
from sqlalchemy.orm import aliased

from campaigns.base.appendonly import TABLES
from campaigns.base.clock import now
from campaigns.base.extensions import Model, db
from campaigns.domain.campaigns.clones import Clone
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.invariants.contract import Look, Span
from campaigns.domain.ledger.breaches import Found
from campaigns.domain.ledger.kinds import SPENDING_KINDS
from campaigns.domain.ledger.models import (
    CampaignRollup,
    LedgerAccount,
    LedgerPlace,
    LedgerTxn,
    LedgerUnplaced,
)
from campaigns.domain.ledger.queries import disagreements, oldest_unplaced
from campaigns.domain.ledger.seal_models import LedgerDay

PLACED_WITHIN = timedelta(seconds=60)
GUARDED = (
    "ledger_txn",
    "ledger_place",
    "ledger_transfer",
    "payment_attempt",
    "contribution",
    "letter",
    "receipt",
    "gift_batch_line",
    "transfer_claim",
    "statement_line",
    "intake",
    "stock",
    "stock_movement",
)
"""Tables whose unique constraints are what counts money, receipts and letters once (I2, I8, I13)."""
COUNTED = {
    "ledger_transfer": ("rials",),
    "campaign_rollup": ("received_rials",),
    "ledger_day": ("rials",),
    "contribution": ("rials",),
    "payment_attempt": ("rials", "captured_rials", "refund_reserved_rials"),
    "transfer_claim": ("base_rials", "suffix_rials", "expected_rials", "received_rials"),
    "statement_line": ("rials",),
    "receipt": ("rials",),
    "cash_deposit": ("rials",),
    "office_sheet": ("opening_rials", "expected_rials", "counted_rials"),
    "gift_batch_line": ("rials", "fee_rials"),
    "stock": ("unit_rials", "quantity"),
    "stock_movement": ("rials", "quantity"),
}


def rollups(_spans: Sequence[Span]) -> Iterator[Found]:
    for campaign_id, rollup, book in disagreements():
        yield Found(
            "I5", f"the rollup of campaign {campaign_id} differs from the book by {rollup - book} rials"
        )


def families(_spans: Sequence[Span]) -> Iterator[Found]:
    """The bar of a national campaign adds up bars of others. Each of these is what the book says (I5, I12), so their
    sum is, as long as none is added twice: a province has no provinces itself.
    """
    below = aliased(Clone)
    has_some = exists().where(below.parent_id == Clone.campaign_id)
    for campaign_id in db.session.scalars(select(Clone.campaign_id).where(has_some)):
        yield Found("I5", f"campaign {campaign_id} is a province and has provinces itself")


def days(_spans: Sequence[Span]) -> Iterator[Found]:
    """What the public pages of the book show is what the bars show."""
    shown = (
        select(LedgerAccount.campaign_id, func.sum(LedgerDay.rials).label("rials"))
        .join(LedgerAccount, LedgerAccount.id == LedgerDay.account_id)
        .where(LedgerDay.kind.not_in(SPENDING_KINDS))
        .group_by(LedgerAccount.campaign_id)
        .subquery()
    )
    barred, summed = func.coalesce(CampaignRollup.received_rials, 0), func.coalesce(shown.c.rials, 0)
    query = (
        select(Campaign.id, summed - barred)
        .outerjoin(shown, shown.c.campaign_id == Campaign.id)
        .outerjoin(CampaignRollup, CampaignRollup.campaign_id == Campaign.id)
        .where(summed != barred)
    )
    for campaign_id, difference in db.session.execute(query):
        yield Found("I12", f"the days of campaign {campaign_id} differ from its bar by {difference} rials")


def buckets(_spans: Sequence[Span]) -> Iterator[Found]:
    """No bucket of a campaign has spent more than it had."""
    held = func.sum(LedgerDay.rials)
    query = (
        select(LedgerAccount.code)
        .join(LedgerDay, LedgerDay.account_id == LedgerAccount.id)
        .group_by(LedgerAccount.code)
        .having(held < 0)
    )
    for code in db.session.scalars(query):
        yield Found("I4", f"account {code} is below zero")


def places(_spans: Sequence[Span]) -> Iterator[Found]:
    """No gap, nothing lost on the way to its place, nothing that waits long."""
    counts = [select(func.count()).select_from(table) for table in (LedgerTxn, LedgerPlace, LedgerUnplaced)]
    counts.append(select(func.coalesce(func.max(LedgerPlace.seq), 0)))
    row = db.session.execute(select(*(count.scalar_subquery() for count in counts))).one()
    txns, placed, waiting, newest = [int(number) for number in row]
    if placed != newest:
        yield Found("I6", f"{newest - placed} of the places up to the newest are missing")
    if txns != placed + waiting:
        yield Found("I6", f"{txns - placed - waiting} transactions have no place and wait for none")
    oldest = oldest_unplaced()
    if oldest is not None and now() - oldest > PLACED_WITHIN:
        yield Found("I6", "a transaction has waited for its place for more than a minute")


def whole_numbers(_spans: Sequence[Span]) -> Iterator[Found]:
    """PostgreSQL keeps whole numbers only; SQLite keeps what it is given."""
    if db.engine.dialect.name != "sqlite":
        return
    for table, columns in COUNTED.items():
        for name in columns:
            column = Model.metadata.tables[table].c[name]
            if db.session.scalar(select(exists().where(func.typeof(column) != "integer"))):
                yield Found("I14", f"{table}.{name} holds something that is no whole number")


def owners(_spans: Sequence[Span]) -> Iterator[Found]:
    """An account outlives everything but its campaign may not be gone."""
    gone = ~exists().where(Campaign.id == LedgerAccount.campaign_id)
    query = select(LedgerAccount.code).where(LedgerAccount.campaign_id.is_not(None), gone)
    for code in db.session.scalars(query):
        yield Found("I18", f"the campaign of account {code} is gone")


def guards(_spans: Sequence[Span]) -> Iterator[Found]:
    """The triggers that refuse changes, and the constraints that count things once, are there and awake."""
    awake = set(db.session.scalars(text(_TRIGGERS[db.engine.dialect.name])))
    ends = (
        ("no_change", "no_truncate") if db.engine.dialect.name == "postgresql" else ("no_update", "no_delete")
    )
    for table in sorted(TABLES):
        for end in ends:
            if f"{table}_{end}" not in awake:
                yield Found("I7", f"trigger {table}_{end} is gone or asleep")
    if "ledger_txn_waits" not in awake:
        yield Found("I6", "the trigger that asks for a place for each transaction is gone or asleep")
    seen = inspect(db.session.connection())
    for table in GUARDED:
        kept = {frozenset(one["column_names"]) for one in seen.get_unique_constraints(table)}
        for wanted in Model.metadata.tables[table].constraints:
            columns = frozenset(column.name for column in wanted.columns)  # type: ignore[attr-defined]
            if wanted.__visit_name__ == "unique_constraint" and columns not in kept:
                yield Found("I8", f"{table} does not keep {', '.join(sorted(columns))} unique any more")


_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}
LOOKS = (
    Look(("I4",), buckets),
    Look(("I5",), rollups),
    Look(("I5",), families),
    Look(("I6",), places),
    Look(("I6", "I7", "I8"), guards),
    Look(("I12",), days),
    Look(("I14",), whole_numbers),
    Look(("I18",), owners),
)
