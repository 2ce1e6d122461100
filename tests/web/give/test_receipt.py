"""The receipt in every state, and finding it by its code."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaigns.base.clock import now
from campaigns.base.codes import parse_code, spoken
from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import State
from campaigns.web.give.limits import LOOKUPS
from tests.giving import live_campaign, pledged
from tests.web.give.donor import value_of
from tests.web.refusals import beside, summary

FACES = {
    State.CREATED: "در حال بررسی با بانک",
    State.REDIRECTED: "در حال بررسی با بانک",
    State.VERIFYING: "در حال بررسی با بانک",
    State.PAID: "سپاس. کمک شما رسید.",
    State.REQUEST_FAILED: "پرداخت انجام نشد",
    State.NOT_PAID: "پرداخت انجام نشد",
    State.EXPIRED: "پرداخت انجام نشد",
    State.SOFT_CANCELLED: "از پرداخت برگشتید",
    State.REVIEW: "یک همکار پرداخت شما را می‌بیند",
    State.REVERSING: "کمک شما به خودتان بازمی‌گردد",
    State.REVERSED: "کمک شما به خودتان بازمی‌گردد",
}
PAYS_AGAIN = {State.REQUEST_FAILED, State.NOT_PAID, State.EXPIRED, State.SOFT_CANCELLED}


def attempt(gift: Contribution, state: State, number: int = 1) -> PaymentAttempt:
    row = PaymentAttempt(
        contribution=gift,
        numeric_ref=number,
        gateway="zarinpal",
        environment="sandbox",
        state=state.value,
        rials=gift.rials,
        paid_at=now() if state is State.PAID else None,
        receipt_ref="770077" if state is State.PAID else None,
        card_mask="603799******1234" if state is State.PAID else None,
    )
    db.session.add(row)
    db.session.commit()
    return row


@pytest.fixture
def gift(app: Flask) -> Contribution:
    return pledged(
        live_campaign(),
        rials=500_000,
        mobile="+989123456789",
        donor_name="سارا",
        hide_name=False,
        dedication="به یاد پدرم",
        message="به امید روزهای روشن",
    )


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_face(client: FlaskClient, gift: Contribution, state: State) -> None:
    attempt(gift, state)
    page = client.get(f"/r/{gift.code}")
    assert page.status_code == 200
    assert f"<h1>{FACES[state]}</h1>" in page.text
    assert ("/again" in page.text) is (state in PAYS_AGAIN)
    assert ('http-equiv="refresh"' in page.text) is (FACES[state] == FACES[State.VERIFYING])
    assert ("770077" in page.text) is (state is State.PAID)


def test_it_says_the_amount_in_every_way_and_the_code_to_read_aloud(
    client: FlaskClient, gift: Contribution
) -> None:
    attempt(gift, State.PAID)
    page = client.get(f"/r/{gift.code}").text
    for words in ("۵۰٬۰۰۰ تومان", "پنجاه هزار تومان", "۵۰۰٬۰۰۰ ریال", "به یاد پدرم", spoken(gift.code)):
        assert words in page


def test_it_tells_nothing_of_who_gave(client: FlaskClient, gift: Contribution) -> None:
    attempt(gift, State.PAID)
    answer = client.get(f"/r/{gift.code}")
    for secret in ("9123456789", "۹۱۲", "سارا", "603799", "به امید روزهای روشن", gift.public_id):
        assert secret not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers


def test_the_page_stops_looking_by_itself_after_a_while(client: FlaskClient, gift: Contribution) -> None:
    attempt(gift, State.VERIFYING)
    gift.pledged_at = now() - timedelta(minutes=11)
    db.session.commit()
    assert 'http-equiv="refresh"' not in client.get(f"/r/{gift.code}").text


def test_of_several_attempts_the_one_that_paid_speaks(client: FlaskClient, gift: Contribution) -> None:
    attempt(gift, State.PAID, 1)
    attempt(gift, State.NOT_PAID, 2)
    assert FACES[State.PAID] in client.get(f"/r/{gift.code}").text


def test_a_gift_that_never_came_to_an_attempt_is_not_paid(client: FlaskClient, gift: Contribution) -> None:
    page = client.get(f"/r/{gift.code}")
    assert FACES[State.NOT_PAID] in page.text


def ways_to_write(code: str) -> list[str]:
    return [
        code.lower(),
        spoken(code),
        spoken(code).replace("-", " "),
        code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        f" {code} ",
    ]


@pytest.mark.parametrize("way", range(5))
def test_the_code_is_found_however_it_is_written(client: FlaskClient, gift: Contribution, way: int) -> None:
    typed = ways_to_write(gift.code)[way]
    assert parse_code(typed) == gift.code
    found = client.get("/track", query_string={"code": typed})
    assert (found.status_code, found.headers["Location"]) == (303, f"/r/{gift.code}")
    straight = client.get(f"/r/{typed.strip()}")
    assert straight.status_code in {200, 301}


@pytest.mark.parametrize("typed", ["ABC", "x" * 500, "۱۲۳۴۵۶۷۸۹۰۱", "<b>"])
def test_a_code_that_is_none_is_said_and_stays_in_its_field(client: FlaskClient, typed: str) -> None:
    page = client.get("/track", query_string={"code": typed})
    assert page.status_code == 422
    assert "<title>خطا: " in page.text
    assert dict(summary(page)) == beside(page)
    assert (value_of(page, "code") or "").startswith(typed[:1].replace("<", "&lt;"))


def test_a_code_with_a_slip_and_a_code_of_nobody_are_404(client: FlaskClient, gift: Contribution) -> None:
    wrong = ("A" if gift.code[0] != "A" else "B") + gift.code[1:]
    for code in (wrong, "nobody", "0" * 11):
        assert client.get(f"/r/{code}").status_code == 404


def test_nobody_tries_code_after_code(client: FlaskClient, change_settings: Any) -> None:
    change_settings(rate_limits=True)
    most, _seconds = LOOKUPS
    answers = [client.get("/track", query_string={"code": f"ABC{number}"}) for number in range(most + 1)]
    assert {answer.status_code for answer in answers[:most]} == {422}
    assert answers[-1].status_code == 429
    assert re.fullmatch("[0-9]+", answers[-1].headers["Retry-After"])
    assert client.get("/track").status_code == 200
