"""A house to measure: campaigns with texts of a usual length, and gifts in bulk with a book that adds up."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import ColumnElement, Integer, LargeBinary, String, cast, func, insert, literal, select, text
from sqlalchemy.sql.selectable import CTE

from benchmarks.stubbank import NAME
from campaigns.base.clock import now
from campaigns.base.codes import new_code
from campaigns.base.columns import Moment
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.campaigns.history import CampaignMove, CampaignUpdate
from campaigns.domain.campaigns.models import AllowedIntent, Campaign, CampaignText, Faq, Preset, UnitCost
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerPlace, LedgerTransfer, LedgerTxn
from campaigns.domain.ledger.rollup import place
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.regions.models import Province

CAMPAIGNS = 64
GIFT_RIALS = 5_000_000
INTENT = "sadaqah"
CHUNK = 20_000
_SENTENCE = "خانواده‌های این شهرستان برای آغاز زندگی مشترک به وسایلی نیاز دارند که از توان آنها بیرون است. "
STORY = "\n\n".join(
    ["## جهیزیه برای چه کسانی", _SENTENCE * 4, "## چگونه خرج می‌شود", _SENTENCE * 5, _SENTENCE * 4]
)


def build(app: Flask) -> None:
    """An empty database, migrated, with 64 campaigns that opened an hour ago: a letter to their author is due."""
    with app.app_context():
        upgrade(app.extensions["migrate"].directory)
        db.session.add(Province(code="IR-10", name_fa="خوزستان", name_en="Khuzestan", row=5, column=2))
        db.session.flush()
        house = Organization(
            slug="niki",
            name_fa="سازمان ملی نیکوکاری",
            name_en="National Welfare",
            license_number="۱",
            phone="۱",
        )
        author = User(name="Mina", email="mina@example.org")
        db.session.add_all([house, author])
        db.session.flush()
        for number in range(1, CAMPAIGNS + 1):
            _campaign(number, house, author)
        db.session.commit()


def slug(number: int) -> str:
    return f"campaign-{number}"


def gifts(app: Flask, upto: int) -> None:
    """Gifts to campaign 1 until it has `upto` in all: contribution, paid attempt, book, place, rollup."""
    with app.app_context():
        done = db.session.scalar(select(func.count()).select_from(LedgerPlace)) or 0
        for first in range(done + 1, upto + 1, CHUNK):
            settled(first, min(first + CHUNK - 1, upto))
            while place():
                db.session.commit()
        _after_bulk()
        db.session.commit()


def settled(first: int, last: int) -> None:
    """Gifts `first` to `last` of campaign 1 as their donors leave them: without a place yet. Commits."""
    credit = accounts.account_id(accounts.campaign(1, INTENT))
    debit = accounts.account_id(accounts.clearing(NAME))
    _chunk(first, last, debit, credit)
    db.session.commit()


def _campaign(number: int, house: Organization, author: User) -> None:
    campaign = Campaign(
        slug=slug(number),
        short_code=f"b{number}",
        state="live",
        organization=house,
        author=author,
        unit_price_rials=1_200_000_000,
        unit_count=60,
        approved_at=now(),
        search_key=f"پویش {number}",
        provinces=[db.session.get_one(Province, "IR-10")],
    )
    db.session.add(campaign)
    db.session.flush()
    db.session.add_all(_words(campaign.id, number))
    db.session.add_all(
        UnitCost(campaign_id=campaign.id, position=n, label_fa=f"کالای {n}", rials=200_000_000)
        for n in range(6)
    )
    db.session.add_all(
        Preset(campaign_id=campaign.id, position=n, rials=(n + 1) * GIFT_RIALS, thing_fa=f"سهم {n}")
        for n in range(4)
    )
    db.session.add_all(
        AllowedIntent(campaign_id=campaign.id, intent=intent, position=n)
        for n, intent in enumerate((INTENT, "zakat"))
    )
    opened_at = now() - timedelta(hours=1)
    db.session.add(CampaignMove(campaign_id=campaign.id, before="approved", after="live", moved_at=opened_at))


def _words(campaign_id: int, number: int) -> Sequence[object]:
    title = f"جهیزیه برای ۶۰ زوج خوزستانی، گروه {number}"
    faq = [
        Faq(campaign_id=campaign_id, language="fa", position=n, question=f"پرسش {n}؟", answer=_SENTENCE * 2)
        for n in range(4)
    ]
    news = [
        CampaignUpdate(
            campaign_id=campaign_id,
            author_id=1,
            title=f"خبر {n}",
            body=_SENTENCE * 2,
            state="shown",
            shown_at=now() - timedelta(days=n),
        )
        for n in range(3)
    ]
    words = CampaignText(
        campaign_id=campaign_id,
        language="fa",
        title=title,
        lead=_SENTENCE,
        story=STORY,
        unit_name="جهیزیه",
        surplus_rule=_SENTENCE,
    )
    return [words, *faq, *news]


def _chunk(first: int, last: int, debit: int, credit: int) -> None:
    """Rows `first` to `last` of every table a settled gift touches, made inside the database."""
    n = _numbers(first, last)
    at = literal(now() - timedelta(days=1), Moment())
    name = literal("bulk-") + cast(n.c.i, String)
    code = literal(new_code()[:2]) + cast(n.c.i, String)
    _fill(Contribution, n, _contribution(n.c.i, name, code, at))
    _fill(PaymentAttempt, n, _attempt(n.c.i, name, at))
    txn = {
        "id": n.c.i,
        "public_id": name,
        "idempotency_key": literal("cap:") + name,
        "kind": literal("capture"),
    }
    txn |= {"campaign_id": literal(1), "reference_kind": literal("attempt"), "reference_id": n.c.i}
    txn |= {"commitment": _commitment(name)}
    _fill(LedgerTxn, n, txn | {"memo": literal(""), "occurred_at": at, "recorded_at": at})
    transfer = {"id": n.c.i, "txn_id": n.c.i, "leg": literal(0), "debit_id": literal(debit)}
    _fill(LedgerTransfer, n, transfer | {"credit_id": literal(credit), "rials": literal(GIFT_RIALS)})


def _contribution(
    i: ColumnElement[int], name: ColumnElement[str], code: ColumnElement[str], at: ColumnElement[object]
) -> dict[str, ColumnElement[object]]:
    no, yes = literal(False), literal(True)
    values = {"id": i, "code": code, "public_id": name, "form_key": name, "campaign_id": literal(1)}
    values |= {"kind": literal("money"), "rials": literal(GIFT_RIALS), "intent": literal(INTENT)}
    values |= {"language": literal("fa"), "donor_name": literal(""), "hide_name": yes, "hide_amount": no}
    values |= {"dedication": literal(""), "message": literal(""), "message_state": literal("none")}
    values |= {"pledged_at": at, "received_at": at}
    return {key: value for key, value in values.items() if key in Contribution.__table__.columns}


def _attempt(
    i: ColumnElement[int], name: ColumnElement[str], at: ColumnElement[object]
) -> dict[str, ColumnElement[object]]:
    values = {"id": i, "public_id": name, "numeric_ref": i, "contribution_id": i, "gateway": literal(NAME)}
    values |= {"environment": literal("sandbox"), "state": literal("paid"), "rials": literal(GIFT_RIALS)}
    values |= {
        "captured_rials": literal(GIFT_RIALS),
        "refund_reserved_rials": literal(0),
        "gateway_ref": name,
    }
    return values | {"receipt_ref": name, "tries": literal(1), "created_at": at, "paid_at": at}


def _commitment(name: ColumnElement[str]) -> ColumnElement[object]:
    """32 bytes that look like those of a donor, another for each."""
    if db.engine.dialect.name == "postgresql":
        return func.sha256(cast(name, LargeBinary))
    return func.randomblob(32)


def _numbers(first: int, last: int) -> CTE:
    numbers = select(literal(first, Integer).label("i")).cte("numbers", recursive=True)
    return numbers.union_all(select(numbers.c.i + 1).where(numbers.c.i < last))


def _fill(table: type, numbers: CTE, values: dict[str, ColumnElement[object]]) -> None:
    rows = select(*values.values()).select_from(numbers)
    db.session.execute(insert(table).from_select(list(values), rows, include_defaults=False))


def _after_bulk() -> None:
    """Explicit keys leave PostgreSQL's sequences behind; and tables this much larger want statistics."""
    if db.engine.dialect.name == "postgresql":
        for table in (Contribution, PaymentAttempt, LedgerTxn, LedgerTransfer):
            name = table.__tablename__
            db.session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
            )
    db.session.execute(text("ANALYZE"))
