"""The practice bank as the house's gateway, and what donors do there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import requests
from flask import Flask
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.actions import begin, hand_off
from campaigns.domain.payments.contract import Gateway, VerifyRequest
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent, ReviewItem
from campaigns.domain.payments.states import State
from campaigns.gateways import build_gateways
from campaigns.gateways.zarinpal import ZarinPal
from sandbox.bank import Bank
from sandbox.faults import Fault
from tests.support.processes import PracticeBank

MERCHANT = "00000000-0000-4000-8000-000000000000"
NOBODY = "http://127.0.0.1:9/back"  # where no callback arrives


@dataclass(frozen=True)
class Paying:
    """The gateway, and the bank behind it."""

    gateway: Gateway
    url: str
    bank: Bank

    def attempt(self, gift: Contribution) -> int:
        """A gift handed to the bank; the attempt's row id."""
        attempt = begin(gift, self.gateway)
        db.session.commit()
        assert hand_off(attempt, self.gateway, NOBODY, "gift").state is State.REDIRECTED
        return attempt.id

    def press(self, attempt_id: int, button: str = "pay") -> requests.Response:
        """The donor presses a button at the bank: pay, pay_and_close, cancel, wrong_pin, insufficient."""
        ref = look(attempt_id).gateway_ref
        db.session.commit()
        return self.press_at(str(ref), button)

    def press_at(self, ref: str, button: str = "pay") -> requests.Response:
        return requests.post(
            f"{self.url}/pg/StartPay/{ref}", data={"act": button}, timeout=10, allow_redirects=False
        )

    def fault(self, kind: str, value: int = 1, operation: str | None = None, calls: int = 1) -> None:
        self.bank.faults.add(Fault(kind, value, operation, calls=calls))

    def lost_verify(self, attempt_id: int) -> None:
        """Somebody asks the bank to verify and dies before writing anything down."""
        row = look(attempt_id)
        self.gateway.verify(VerifyRequest(str(row.gateway_ref), row.rials, row.numeric_ref))

    def verified_rials(self) -> int:
        """All the money the bank has given us, by its own book."""
        with self.bank.store.transaction() as book:
            row = book.execute("SELECT sum(rials) AS rials FROM session WHERE state = 'VERIFIED'").fetchone()
        return row["rials"] or 0


def look(attempt_id: int) -> PaymentAttempt:
    """The attempt as the table has it now."""
    return db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True)


def heard(attempt_id: int) -> list[str]:
    """What was heard about an attempt, in order: `source outcome`."""
    rows = select(PaymentEvent).where(PaymentEvent.attempt_id == attempt_id).order_by(PaymentEvent.id)
    return [f"{row.source} {row.outcome}" for row in db.session.scalars(rows)]


def items() -> list[tuple[str, int | None]]:
    """What waits for a person: (kind, attempt)."""
    return [
        (row.kind, row.attempt_id) for row in db.session.scalars(select(ReviewItem).order_by(ReviewItem.id))
    ]


def later(**time: float) -> object:
    """A moment from now, for `clock.at`."""
    return now() + timedelta(**time)


@pytest.fixture
def paying(app: Flask, practice_bank: PracticeBank) -> Iterator[Paying]:
    """The house's only gateway is the practice bank."""
    gateway = ZarinPal(MERCHANT, practice_bank.url, "sandbox")
    before = app.extensions["gateways"]
    app.extensions["gateways"] = {gateway.name: gateway}
    yield Paying(gateway, practice_bank.url, practice_bank.bank)
    app.extensions["gateways"] = before


@pytest.fixture
def three_gateways(
    app: Flask, practice_bank: PracticeBank, change_settings: Callable[..., Settings]
) -> Iterator[PracticeBank]:
    """ZarinPal, Zibal and Saman are offered in this order, all of them the practice bank."""
    names = ("zarinpal", "zibal", "sep")
    addresses = {f"{name}_base_url": practice_bank.url for name in names}
    before = app.extensions["gateways"]
    app.extensions["gateways"] = build_gateways(change_settings(gateways=names, **addresses))
    yield practice_bank
    app.extensions["gateways"] = before
