"""Sara's mandate, signed at the practice bank, and the worker over the days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import requests
from flask import Flask
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import TEHRAN, tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.actions import Wish
from campaigns.domain.ledger.queries import received
from campaigns.domain.ledger.rollup import place
from campaigns.domain.mandates import actions, contracts
from campaigns.domain.mandates.charges import take_due
from campaigns.domain.mandates.due import begin_due
from campaigns.domain.mandates.models import Mandate, MandateCharge, MandateStep
from campaigns.domain.mandates.queries import charges_of
from campaigns.domain.notices.models import Letter
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.debits import debit_of
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.sweeper import sweep
from campaigns.gateways.zarinpal import ZarinPal
from campaigns.web.letterlinks import link
from sandbox.bank import Bank
from sandbox.faults import Fault
from tests.support.paying import MERCHANT
from tests.support.processes import PracticeBank

SARA, MOBILE = "sara@example.org", "+989123456789"
RIALS = 5_000_000


@dataclass(frozen=True)
class Debits:
    """The house's gateway, with direct debit, and the practice bank behind it."""

    gateway: Gateway
    url: str
    bank: Bank

    @property
    def gateways(self) -> dict[str, Gateway]:
        return {self.gateway.name: self.gateway}

    def drawn_up(self, campaign: Campaign, key: str = "form-1", day: int = 0, **changes: Any) -> Mandate:
        """Filled in, its contract opened; nobody signed it. No day: today's."""
        wish = Wish(**{"rials": RIALS, "intent": "sadaqah", "language": "fa"} | changes)
        terms = actions.Terms(MOBILE, SARA, day or 5)
        mandate = actions.draw_up(campaign.id, wish, terms, self.gateway, 0, key)
        db.session.commit()
        debit = debit_of(self.gateway)
        assert debit is not None
        contracts.open_at(mandate, debit, "http://127.0.0.1:9/signed")
        return mandate

    def press(self, mandate: Mandate, button: str = "sign") -> None:
        """What Sara does on the bank's page."""
        ref = mandate.contract_ref
        db.session.commit()
        requests.post(
            f"{self.url}/pg/StartPayman/{ref}/ONEAIR", data={"act": button}, timeout=10, allow_redirects=False
        )

    def signed(self, campaign: Campaign, key: str = "form-1", **changes: Any) -> Mandate:
        """Signed, and known to be."""
        mandate = self.drawn_up(campaign, key, **changes)
        self.press(mandate)
        contracts.see_to(mandate.id, self.gateways, link)
        return mandate

    def fault(self, kind: str, value: int = 1, operation: str | None = None, calls: int = 1) -> None:
        self.bank.faults.add(Fault(kind, value, operation, calls=calls))

    def work(self, **later: float) -> None:
        """Every job of the worker once, so much later; the bank's clock goes along."""
        with clock.at(now() + timedelta(**later)):
            self.work_now()

    def work_on(self, day: date) -> None:
        """On this day at noon in Tehran."""
        with clock.at(datetime.combine(day, time(12), TEHRAN)):
            self.work_now()

    def work_now(self) -> None:
        self.bank.clock.ahead_seconds = round(now().timestamp() - datetime.now(UTC).timestamp())
        contracts.look_after(self.gateways, link)
        begin_due(self.gateways, link)
        for _ in range(4):
            take_due(self.gateways, link)
        sweep(self.gateways, 72)

    def money(self) -> list[int]:
        """What the bank has taken by contracts, by its own book."""
        with self.bank.store.transaction() as book:
            rows = book.execute(
                "SELECT rials FROM session WHERE contract IS NOT NULL AND state IN ('PAID', 'VERIFIED')"
            ).fetchall()
        return [row["rials"] for row in rows]

    def contract_states(self) -> list[str]:
        with self.bank.store.transaction() as book:
            return [row["state"] for row in book.execute("SELECT state FROM contract ORDER BY created_at")]


def book_of(campaign: Campaign) -> int:
    """What the book says this campaign received."""
    while place():
        db.session.commit()
    db.session.commit()
    return received(campaign.id)


def charges(mandate: Mandate) -> list[MandateCharge]:
    db.session.expire_all()
    return list(charges_of(mandate))


def states(mandate: Mandate) -> list[str]:
    """Of its months, oldest first."""
    return [charge.state for charge in reversed(charges(mandate))]


def attempts() -> list[PaymentAttempt]:
    db.session.expire_all()
    return list(db.session.scalars(select(PaymentAttempt).order_by(PaymentAttempt.id)))


def steps(mandate: Mandate) -> list[str]:
    query = select(MandateStep.step).where(MandateStep.mandate_id == mandate.id).order_by(MandateStep.id)
    return list(db.session.scalars(query))


def letters() -> list[str]:
    """The last word of each letter's key, in order."""
    found = db.session.scalars(select(Letter).where(Letter.dedupe_key.like("mandate:%")).order_by(Letter.id))
    return [letter.dedupe_key.partition(":")[2].partition(":")[2] for letter in found]


def today() -> date:
    return tehran_day(now())


@pytest.fixture
def debits(app: Flask, practice_bank: PracticeBank) -> Iterator[Debits]:
    """The house's only gateway is the practice bank, with direct debit."""
    gateway = ZarinPal(MERCHANT, practice_bank.url, "sandbox", payman=True)
    before = app.extensions["gateways"]
    app.extensions["gateways"] = {gateway.name: gateway}
    yield Debits(gateway, practice_bank.url, practice_bank.bank)
    app.extensions["gateways"] = before
