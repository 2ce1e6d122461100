"""The practice bank answers as ZarinPal's documents say."""

import re
from typing import Any

import pytest
import requests

from tests.sandbox.caller import ANOTHER_MERCHANT, CALLBACK, MERCHANT, Caller

GOOD = {"amount": 500_000, "description": "هدیه", "callback_url": CALLBACK}


def test_a_request_opens_a_session(bank: Caller) -> None:
    answer = bank.call("request", **GOOD)
    assert answer.status_code == 200
    assert answer.json()["errors"] == []
    data = answer.json()["data"]
    assert (data["code"], data["message"], data["fee_type"]) == (100, "Success", "Merchant")
    assert re.fullmatch(r"S[0-9A-Z]{35}", data["authority"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 999},
        {"amount": "500000"},
        {"amount": 5e5 + 0.5},
        {"amount": True},
        {"amount": None},
        {"description": ""},
        {"description": "x" * 501},
        {"description": 5},
        {"description": "\ud800"},
        {"callback_url": "javascript:alert(1)"},
        {"callback_url": "http://a.example/\r\nX: y"},
        {"callback_url": "/relative"},
        {"callback_url": None},
        {"callback_url": "http://[bad"},
        {"callback_url": "http://a.example/\ud800"},
        {"callback_url": "http:///nowhere"},
        {"currency": "USD"},
        {"currency": ["IRR"]},
        {"merchant_id": "zibal"},
        {"merchant_id": 7},
    ],
)
def test_a_wrong_field_is_named(bank: Caller, wrong: dict[str, Any]) -> None:
    answer = requests.post(
        f"{bank.base_url}/pg/v4/payment/request.json",
        json={"merchant_id": MERCHANT} | GOOD | wrong,
        timeout=10,
    )
    assert answer.status_code == 422
    assert answer.json()["data"] == []
    assert answer.json()["errors"]["code"] == -9
    assert [*wrong] == [name for one in answer.json()["errors"]["validations"] for name in one]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 5_000])
def test_a_body_that_is_no_object_is_refused(bank: Caller, body: bytes) -> None:
    for operation in ("request", "verify", "inquiry", "unVerified"):
        url = f"{bank.base_url}/pg/v4/payment/{operation}.json"
        answer = requests.post(url, data=body, headers={"Content-Type": "application/json"}, timeout=10)
        assert answer.json()["errors"]["code"] == -9


def test_more_than_a_hundred_million_tomans_is_too_much(bank: Caller) -> None:
    assert bank.call("request", **GOOD | {"amount": 1_000_000_001}).json()["errors"]["code"] == -41
    assert (
        bank.call("request", **GOOD | {"amount": 100_000_001, "currency": "IRT"}).json()["errors"]["code"]
        == -41
    )
    assert bank.begin(1_000_000_000)


def test_an_operation_zarinpal_does_not_have_is_not_found(bank: Caller) -> None:
    assert bank.call("refund").status_code == 404


def test_verify_says_100_once_and_101_after(bank: Caller) -> None:
    authority = bank.begin(metadata={"order_id": "attempt7"})
    bank.press(authority, "pay")
    first, second = (
        bank.call("verify", authority=authority, amount=500_000).json()["data"] for _ in range(2)
    )
    assert (first["code"], second["code"]) == (100, 101)
    assert first["ref_id"] == second["ref_id"]
    assert isinstance(first["ref_id"], int)
    assert first["card_pan"] == "999900******0017"
    assert re.fullmatch(r"[0-9a-f]{64}", first["card_hash"])
    assert first["order_id"] == "attempt7"


def test_verify_refuses_what_is_not_paid_not_ours_or_not_there(bank: Caller) -> None:
    authority = bank.begin()
    assert bank.code("verify", authority, amount=500_000) == -51
    bank.press(authority, "pay")
    assert bank.code("verify", authority, amount=500_001) == -50
    assert bank.code("verify", authority, amount="500000") == -50
    assert bank.code("verify", authority, merchant=ANOTHER_MERCHANT, amount=500_000) == -53
    assert bank.code("verify", "S" + "0" * 35, amount=500_000) == -54
    for odd in (None, 5, "\ud800", "۱" * 36, ["S"]):
        assert bank.code("verify", odd, amount=500_000) == -54
    assert bank.code("verify", authority, amount=500_000) == 100


@pytest.mark.parametrize("button", ["cancel", "wrong_pin", "insufficient"])
def test_a_refused_session_is_never_verified(bank: Caller, button: str) -> None:
    authority = bank.begin()
    bank.press(authority, button)
    assert bank.status(authority) == "FAILED"
    assert bank.code("verify", authority, amount=500_000) == -51


def test_an_inquiry_follows_the_session(bank: Caller) -> None:
    authority = bank.begin()
    seen = [bank.status(authority)]
    bank.press(authority, "pay")
    seen.append(bank.status(authority))
    bank.call("verify", authority=authority, amount=500_000)
    seen.append(bank.status(authority))
    assert seen == ["IN_BANK", "PAID", "VERIFIED"]


def test_the_unverified_list_is_the_merchants_own_and_a_hundred_at_most(bank: Caller) -> None:
    for _ in range(103):
        bank.press(bank.begin(), "pay")
    data = bank.call("unVerified").json()["data"]
    assert data["code"] == "100"
    assert len(data["authorities"]) == 100
    row = data["authorities"][0]
    assert (row["amount"], row["callback_url"]) == (500_000, CALLBACK)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["date"])
    assert bank.call("unVerified", ANOTHER_MERCHANT).json()["data"]["authorities"] == []


def test_a_payer_who_is_late_cannot_pay(bank: Caller) -> None:
    authority = bank.begin()
    bank.bank.clock.ahead_seconds = 15 * 60
    assert bank.page(authority).status_code == 410
    bank.press(authority, "pay")
    assert bank.status(authority) == "FAILED"
    assert bank.code("verify", authority, amount=500_000) == -51


def test_money_nobody_verifies_goes_back_unless_it_was_to_be_kept(bank: Caller) -> None:
    lost = bank.begin()
    kept = bank.begin(metadata={"auto_verify": True})
    for authority in (lost, kept):
        bank.press(authority, "pay")
    bank.bank.clock.ahead_seconds = 30 * 60
    assert (bank.status(lost), bank.status(kept)) == ("REVERSED", "VERIFIED")
    assert bank.code("verify", lost, amount=500_000) == -51
    assert bank.code("verify", kept, amount=500_000) == 101
    assert bank.call("unVerified").json()["data"]["authorities"] == []
