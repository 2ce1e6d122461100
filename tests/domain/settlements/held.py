"""Money that a gateway holds for us, on days of our choosing, and what it pays to our bank."""

from datetime import date, datetime, timedelta
from itertools import count

from flask import Flask

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.ledger.rollup import place
from campaigns.domain.payments.actions import begin
from campaigns.domain.payments.claims import claim
from campaigns.domain.payments.contract import Outcome, VerifyResult
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.settlement import book
from campaigns.domain.refunds.actions import approve, finish, request, send
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.settlements.actions import Advice, confirm, enter
from campaigns.domain.settlements.models import Settlement
from tests.domain.refunds.money import gateway
from tests.giving import pledged

SHEBA = "IR062960000000100324200001"
TODAY = date(2026, 11, 23)
_numbers = count(1)


def noon(day: date) -> datetime:
    return day_start(day) + timedelta(hours=12)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def took(app: Flask, campaign: Campaign, day: date, rials: int, fee: int = 0) -> PaymentAttempt:
    """The gateway takes Sara's gift on that day and keeps `fee` of it; in the book, placed."""
    with clock.at(noon(day)):
        number, begun = next(_numbers), begin(pledged(campaign, rials), gateway(app))
        attempt = db.session.get_one(PaymentAttempt, begun.id)
        attempt.state, attempt.gateway_ref = "redirected", f"S9{number}"
        db.session.flush()
        claimed = claim(attempt.id, "callback", {})
        assert claimed is not None
        db.session.commit()
        book(claimed, VerifyResult(Outcome.PAID, receipt_ref=f"R9{number}", fee_rials=fee))
        placed()
    return db.session.get_one(PaymentAttempt, begun.id, populate_existing=True)


def gave_back(attempt: PaymentAttempt, day: date, rials: int, one: User, other: User) -> None:
    """Asked for, approved, sent and arrived, all on that day."""
    with clock.at(noon(day)):
        refund = request(attempt, one, rials, Reason.DONOR, "she wrote to us")
        approve(refund, other)
        send(refund, one, f"P9{next(_numbers)}")
        finish(refund, other)
        placed()


def advice(rials: int, first: date, last: date, **changes: object) -> Advice:
    facts = {
        "terminal": "zarinpal",
        "bank_account": SHEBA,
        "bank_reference": f"B{next(_numbers)}",
        "day": TODAY,
        "rials": rials,
        "fee_rials": 0,
        "first_day": first,
        "last_day": last,
    }
    return Advice(**facts | changes)  # type: ignore[arg-type]


def paid_out(advised: Advice, one: User, other: User) -> Settlement:
    """One enters it, another confirms it."""
    with clock.at(noon(advised.day)):
        settlement = enter(advised, one)
        db.session.commit()
        confirm(settlement, other)
        placed()
    return settlement


def placed() -> None:
    db.session.commit()
    while place():
        db.session.commit()
    db.session.commit()


def held() -> int:
    """What the book says the gateway holds."""
    return balance(accounts.clearing("zarinpal"))
