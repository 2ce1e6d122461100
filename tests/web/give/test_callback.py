"""The way back from the bank: whatever a browser brings, it leads to the receipt and proves nothing (F19)."""

from typing import Any

import pytest
from flask import Flask

from campaigns.base.extensions import db
from campaigns.domain.ledger.queries import received
from tests.giving import live_campaign
from tests.support.crowds import at_once
from tests.support.paying import Paying, heard, look
from tests.web.give.donor import Donor, attempts, gifts

FOREIGN = "S" + "0" * 35


class Returning:
    """Sara has been handed to the bank. `ref` is what the bank calls her session."""

    def __init__(self, app: Flask, sara: Donor) -> None:
        self.hop = sara.give()
        (attempt,) = attempts()
        self.attempt_id, self.ref = attempt.id, str(attempt.gateway_ref)
        self.path = f"/pay/cb/zarinpal/{attempt.public_id}"
        self.receipt = f"/r/{gifts()[0].code}"
        self.client = app.test_client(use_cookies=False)
        self.client.environ_base.pop("HTTP_SEC_FETCH_SITE")

    def come(self, status: str, **more: Any) -> Any:
        values = {"Authority": self.ref, "Status": status} | more
        return self.client.get(self.path, query_string=values)

    @property
    def state(self) -> str:
        db.session.rollback()
        return look(self.attempt_id).state

    @property
    def received(self) -> int:
        db.session.rollback()
        return received(gifts()[0].campaign_id)


@pytest.fixture
def back(app: Flask, paying: Paying) -> Returning:
    return Returning(app, Donor(app, live_campaign()))


JUNK: dict[str, dict[str, Any]] = {
    "nothing at all": {"method": "GET"},
    "an empty form": {"method": "POST"},
    "another session": {"method": "GET", "query_string": {"Authority": FOREIGN, "Status": "OK"}},
    "no session": {"method": "GET", "query_string": {"Status": "OK"}},
    "two sessions": {"method": "GET", "query_string": "Authority={ref}&Authority=x&Status=OK"},
    "two answers": {"method": "GET", "query_string": "Authority={ref}&Status=OK&status=NOK"},
    "a list": {"method": "GET", "query_string": "Authority[]={ref}&Status[]=OK"},
    "Persian digits": {"method": "GET", "query_string": {"Authority": "S۱۲۳", "Status": "۱"}},
    "ten kilobytes": {"method": "POST", "data": {"Authority": "x" * 10_000, "Status": "OK" * 1_000}},
    "a JSON list": {"method": "POST", "json": ["Authority", "Status"]},
    "a JSON number": {"method": "POST", "json": 5},
    "broken JSON": {"method": "POST", "data": "{{{", "content_type": "application/json"},
    "not UTF-8": {
        "method": "POST",
        "data": b"Authority=\xff\xfe&Status=%ff",
        "content_type": "application/x-www-form-urlencoded",
    },
    "NUL": {"method": "POST", "data": {"Authority": "S\x00", "\x00": "\x00"}},
    "NUL in the address": {"method": "GET", "query_string": "Authority=S%00&x=%00"},
    "a strange encoding": {
        "method": "POST",
        "data": b"Status=OK",
        "content_type": "application/x-www-form-urlencoded; charset=utf-7",
    },
}


@pytest.mark.fault("F19")
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK.keys())
def test_junk_leads_to_the_receipt_and_changes_nothing(back: Returning, junk: dict[str, Any]) -> None:
    asked = dict(junk)
    if isinstance(asked.get("query_string"), str):
        asked["query_string"] = asked["query_string"].replace("{ref}", back.ref)
    answer = back.client.open(back.path, **asked)
    assert (answer.status_code, answer.headers.get("Location")) == (303, back.receipt)
    assert back.state == "redirected"
    assert back.received == 0


def test_it_needs_no_cookie_and_takes_get_and_post(back: Returning, paying: Paying) -> None:
    paying.press_at(back.ref)
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://bank.example"}
    answer = back.client.post(back.path, data={"authority": back.ref, "STATUS": "ok"}, headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (303, back.receipt)
    assert "Set-Cookie" not in answer.headers
    assert back.state == "paid"
    assert back.received == 500_000


@pytest.mark.fault("F11")
def test_a_forged_ok_proves_nothing_and_the_money_still_comes(back: Returning, paying: Paying) -> None:
    assert back.come("OK").status_code == 303
    assert back.state == "verifying"
    assert back.received == 0
    assert "سپاس" not in back.client.get(back.receipt).text
    paying.press_at(back.ref)
    back.come("OK")
    assert (back.state, back.received) == ("paid", 500_000)


@pytest.mark.fault("F7")
def test_a_forged_nok_is_a_hint_only(back: Returning, paying: Paying) -> None:
    back.come("NOK")
    assert back.state == "soft_cancelled"
    paying.press_at(back.ref)
    back.come("OK")
    assert (back.state, back.received) == ("paid", 500_000)


@pytest.mark.fault("F8")
def test_after_the_money_has_come_a_nok_changes_nothing(back: Returning, paying: Paying) -> None:
    paying.press_at(back.ref)
    back.come("OK")
    back.come("NOK")
    assert (back.state, back.received) == ("paid", 500_000)
    assert "سپاس" in back.client.get(back.receipt).text


@pytest.mark.fault("F1")
def test_the_same_answer_again_and_again_is_one_gift(back: Returning, paying: Paying) -> None:
    paying.press_at(back.ref)
    for _ in range(5):
        assert back.come("OK").headers["Location"] == back.receipt
    assert back.received == 500_000
    assert heard(back.attempt_id).count("verify paid") == 1


@pytest.mark.fault("F12", "F13")
def test_the_answer_for_one_gift_does_not_pay_another(app: Flask, back: Returning, paying: Paying) -> None:
    """F12 and F13: a small payment that was made is shown as if it were for another gift."""
    sara = Donor(app, live_campaign())
    sara.give()
    small = attempts()[-1]
    paying.press_at(str(small.gateway_ref))
    back.come("OK", Authority=small.gateway_ref)
    assert (back.state, back.received) == ("redirected", 0)


def test_no_success_comes_from_the_address_of_the_receipt(back: Returning) -> None:
    page = back.client.get(back.receipt, query_string={"Status": "OK", "state": "paid", "face": "paid"})
    assert "سپاس" not in page.text
    assert "در حال بررسی" in page.text


def test_who_is_not_known_leads_nowhere(back: Returning) -> None:
    ours = {"Authority": back.ref, "Status": "OK"}
    for path in ("/pay/cb/zarinpal/nobody", back.path.replace("zarinpal", "stripe")):
        assert back.client.get(path, query_string=ours).status_code == 404
    assert back.state == "redirected"


def test_a_bank_that_does_not_answer_leaves_it_open(back: Returning, paying: Paying) -> None:
    paying.press_at(back.ref)
    paying.fault("http_500", operation="verify", calls=3)
    assert back.come("OK").headers["Location"] == back.receipt
    assert back.state == "verifying"
    assert "در حال بررسی" in back.client.get(back.receipt).text


@pytest.mark.fault("F2")
def test_fifty_answers_at_once_are_one_gift(app: Flask, back: Returning, paying: Paying) -> None:
    paying.press_at(back.ref)
    path, asked = back.path, {"Authority": back.ref, "Status": "OK"}
    answers = at_once(app, 50, lambda _number: app.test_client().get(path, query_string=asked))
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, back.receipt)}
    assert (back.state, back.received) == ("paid", 500_000)
    assert heard(back.attempt_id).count("verify paid") == 1
