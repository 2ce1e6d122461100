"""Gifts that went the whole way, and what somebody can do to them who owns the database."""

from sqlalchemy import Table, select, text, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.seal_models import LedgerDay
from campaigns.domain.payments.models import PaymentAttempt
from tests.domain.ledger.book import BANK
from tests.domain.ledger.seals import sleeping_triggers
from tests.giving import pledged

GIFT = 5_000_000


def paid(campaign: Campaign, number: int) -> PaymentAttempt:
    """A gift that went the whole way, as its rows are afterwards."""
    gift = db.session.get_one(Contribution, pledged(campaign, rials=GIFT).id)
    gift.received_at = now()
    attempt = PaymentAttempt(
        contribution=gift,
        numeric_ref=number,
        gateway="zarinpal",
        environment="sandbox",
        state="paid",
        rials=GIFT,
        captured_rials=GIFT,
        receipt_ref=f"receipt-{number}",
        paid_at=now(),
    )
    db.session.add(attempt)
    db.session.flush()
    own = accounts.campaign(campaign.id, "sadaqah")
    post(
        f"cap:{attempt.public_id}",
        Kind.CAPTURE,
        [Leg(BANK, own, GIFT)],
        occurred_at=now(),
        campaign_id=campaign.id,
        reference=("attempt", attempt.id),
    )
    db.session.commit()
    return attempt


def broken() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, detail in watch.look(watch.everything()):
        found.setdefault(name, []).append(detail)
    db.session.rollback()
    return found


def tamper(table: type, **values: object) -> None:
    """What somebody could do who owns the database, to the first row."""
    rows: Table = table.__table__  # type: ignore[attr-defined]
    key = next(iter(rows.primary_key))
    first = select(key).order_by(key).limit(1).scalar_subquery()
    protected = [rows.name] if rows.name.startswith("ledger") and table is not LedgerDay else []
    with sleeping_triggers(*protected):
        db.session.execute(update(rows).where(key == first).values(values))
    db.session.commit()


def dropped_from_book(attempt: PaymentAttempt) -> None:
    """The book never heard of this attempt."""
    txn = LedgerTxn.reference_id == attempt.id
    txn_id = db.session.scalars(select(LedgerTxn.id).where(txn)).one()
    tables = ("ledger_place", "ledger_transfer", "ledger_txn", "ledger_unplaced")
    with sleeping_triggers(*tables[:3]):
        for table in tables[:2]:
            db.session.execute(text(f"DELETE FROM {table} WHERE txn_id = :id"), {"id": txn_id})
        db.session.execute(text("DELETE FROM ledger_unplaced WHERE txn_id = :id"), {"id": txn_id})
        db.session.execute(text("DELETE FROM ledger_txn WHERE id = :id"), {"id": txn_id})
