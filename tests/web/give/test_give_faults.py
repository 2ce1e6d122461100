"""Faults on the way to the bank and back: a process dies, a database refuses, a bank speaks too early or itself."""

import re
from datetime import timedelta

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import received
from campaigns.domain.payments.contract import StartRequest, StartResult
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.sweeper import sweep
from campaigns.gateways.zarinpal import ZarinPal
from campaigns.web.ways import every_gateway
from tests.giving import live_campaign
from tests.support.dying import Died, dying, refusing
from tests.support.paying import MERCHANT, Paying
from tests.support.processes import PracticeBank
from tests.web.give.donor import Donor, attempts, gifts, leads_to_the_bank
from tests.web.give.payer import Payer

GIFT = 500_000


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return live_campaign()


@pytest.fixture
def sara(app: Flask, campaign: Campaign, paying: Paying) -> Donor:
    return Donor(app, campaign)


def way_back(paying: Paying) -> str:
    """Sara pays for the newest attempt; where the bank sends her browser."""
    return _path(paying.press_at(str(attempts()[-1].gateway_ref)))


def _path(pressed: requests.Response) -> str:
    return pressed.headers["Location"].removeprefix("http://localhost")


def booked(campaign: Campaign) -> tuple[int, int]:
    """Rials and transactions of the book."""
    db.session.rollback()
    return received(campaign.id), db.session.scalar(select(func.count(LedgerTxn.id))) or 0


def a_minute_later() -> None:
    """What the worker does."""
    with clock.at(now() + timedelta(seconds=61)):
        sweep(every_gateway(), 72)


def leases_are_over() -> None:
    """A minute has passed for everybody who was asking."""
    db.session.execute(update(PaymentAttempt).values(lease_until=None))
    db.session.commit()


@pytest.mark.fault("F29", "F30")
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("when", ["before", "after"])
class TestTheProcessThatHearsSaraDies:
    def test_and_the_worker_books_her_payment(
        self, sara: Donor, campaign: Campaign, paying: Paying, when: str, number: int
    ) -> None:
        sara.give()
        back = way_back(paying)
        with pytest.raises(Died), dying(when, number):
            sara.client.get(back)
        a_minute_later()
        assert booked(campaign) == (GIFT, 1)

    def test_and_her_browser_asks_again(
        self, sara: Donor, campaign: Campaign, paying: Paying, when: str, number: int
    ) -> None:
        sara.give()
        back = way_back(paying)
        with pytest.raises(Died), dying(when, number):
            sara.client.get(back)
        leases_are_over()
        answers = [sara.client.get(back) for _ in range(2)]
        assert {answer.headers["Location"] for answer in answers} == {f"/r/{gifts()[0].code}"}
        assert booked(campaign) == (GIFT, 1)

    def test_while_it_sends_her_to_the_bank_and_she_presses_again(
        self, sara: Donor, campaign: Campaign, paying: Paying, when: str, number: int
    ) -> None:
        form = sara.form()
        with pytest.raises(Died), dying(when, number):
            sara.send(form)
        page = _followed(sara.client, sara.send(form))
        again = re.search(r'action="(/pay/[^"]+/again)"', page.text)
        assert leads_to_the_bank(sara.client.post(again[1]) if again else page)
        sara.client.get(way_back(paying))
        assert booked(campaign) == (GIFT, 1)
        assert len(gifts()) == 1


def _followed(client: FlaskClient, answer: TestResponse) -> TestResponse:
    return client.get(answer.headers["Location"]) if answer.status_code == 303 else answer


@pytest.mark.fault("F31")
@pytest.mark.parametrize("beginning", ["UPDATE payment_attempt", "COMMIT", "INSERT INTO ledger_txn"])
def test_a_database_that_refuses_loses_nothing_and_counts_nothing_twice(
    sara: Donor, campaign: Campaign, paying: Paying, beginning: str
) -> None:
    sara.give()
    back = way_back(paying)
    if beginning == "INSERT INTO ledger_txn" and db.engine.dialect.name == "postgresql":
        beginning = "WITH ready"  # there one statement books all of it
    with refusing(beginning):
        answer = sara.client.get(back)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert booked(campaign) == (0, 0)
    a_minute_later()
    assert booked(campaign) == (GIFT, 1)
    sara.client.get(back)
    assert booked(campaign) == (GIFT, 1)


class Hasty(ZarinPal):
    """A bank whose payers are back before we have heard what it calls their session."""

    def __init__(self, url: str, client: FlaskClient) -> None:
        super().__init__(MERCHANT, url, "sandbox")
        self.client = client
        self.answers: list[TestResponse] = []

    def start(self, request: StartRequest) -> StartResult:
        result = super().start(request)
        pressed = requests.post(result.redirect.url, data={"act": "pay"}, timeout=10, allow_redirects=False)
        self.answers.append(self.client.get(_path(pressed)))
        return result


@pytest.mark.fault("F9")
def test_who_is_back_before_the_session_has_a_name_has_paid_all_the_same(
    app: Flask, sara: Donor, campaign: Campaign, paying: Paying
) -> None:
    bank = Hasty(paying.url, app.test_client(use_cookies=False))
    app.extensions["gateways"] = {bank.name: bank}
    sara.give()
    (early,) = bank.answers
    assert early.headers["Location"] == f"/r/{gifts()[0].code}"
    assert (attempts()[0].state, booked(campaign)) == ("redirected", (0, 0))
    a_minute_later()
    assert booked(campaign) == (GIFT, 1)


@pytest.mark.fault("F18")
@pytest.mark.parametrize("signed", [{}, {"X-Signature": "0" * 64}, {"Authorization": "Bearer forged"}])
def test_news_from_the_bank_itself_is_a_reason_to_look_whoever_signed_it(
    app: Flask, campaign: Campaign, three_gateways: PracticeBank, signed: dict[str, str]
) -> None:
    sara = Payer(app, campaign, three_gateways.url)
    sara.send(gateway="zibal")
    attempt = sara.attempt()
    client = app.test_client(use_cookies=False)
    client.environ_base.pop("HTTP_SEC_FETCH_SITE")
    news = {
        "success": "1",
        "status": "2",
        "trackId": attempt.gateway_ref,
        "orderId": str(attempt.numeric_ref),
    }

    def told() -> int:
        return client.post(f"/pay/cb/zibal/{attempt.public_id}", json=news, headers=signed).status_code

    assert told() == 303
    assert (sara.attempt().state, booked(campaign)) == ("verifying", (0, 0))
    sara.press("pay_and_close")
    assert {told() for _ in range(3)} == {303}
    assert (sara.attempt().state, booked(campaign)) == ("paid", (GIFT, 1))


@pytest.mark.fault("F18")
def test_no_gateway_of_ours_is_believed_by_a_signature(three_gateways: PracticeBank, app: Flask) -> None:
    """Who plugs in one that is has to try bad, expired and repeated signatures here."""
    assert not any(gateway.capabilities().webhook for gateway in app.extensions["gateways"].values())
