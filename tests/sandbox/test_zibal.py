"""The practice bank answers as Zibal's documents say."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.magic import Magic
from tests.gateways.canned import canned_server
from tests.sandbox.caller import CALLBACK, Caller

GOOD = {"merchant": "zibal", "amount": 500_000, "callbackUrl": CALLBACK, "orderId": "2211"}


def begin(bank: Caller, path: str = "/v1/request", **more: Any) -> int:
    """The trackId of a new session."""
    return int(bank.post(path, GOOD | more)["trackId"])


def asked(bank: Caller, operation: str, track_id: object, merchant: str = "zibal") -> dict[str, Any]:
    said: dict[str, Any] = bank.post(f"/v1/{operation}", {"merchant": merchant, "trackId": track_id})
    return said


def test_a_request_opens_a_session(bank: Caller) -> None:
    said = bank.post("/v1/request", GOOD)
    assert (said["result"], said["message"]) == (100, "success")
    assert isinstance(said["trackId"], int)


@pytest.mark.parametrize(
    ("wrong", "result"),
    [
        ({"merchant": None}, 102),
        ({"merchant": "a b"}, 102),
        ({"amount": 1_000}, 105),
        ({"amount": "500000"}, 105),
        ({"amount": True}, 105),
        ({"amount": 1_000_000_001}, 113),
        ({"callbackUrl": "/relative"}, 106),
        ({"callbackUrl": None}, 106),
    ],
)
def test_a_wrong_field_has_its_result(bank: Caller, wrong: dict[str, Any], result: int) -> None:
    assert bank.post("/v1/request", GOOD | wrong)["result"] == result


@pytest.mark.parametrize("body", [[], None, "x", {"orderId": "\ud800", **GOOD}])
def test_junk_is_refused_or_read_as_it_can(bank: Caller, body: object) -> None:
    assert bank.post("/v1/request", body)["result"] in {100, 102}


def test_verify_says_everything_once_and_almost_nothing_after(bank: Caller) -> None:
    track_id = begin(bank)
    assert asked(bank, "verify", track_id)["result"] == 202
    bank.press_at(f"/start/{track_id}", "pay")
    first, second = asked(bank, "verify", track_id), asked(bank, "verify", track_id)
    assert (first["result"], first["status"], first["amount"], first["orderId"]) == (100, 1, 500_000, "2211")
    assert first["cardNumber"] == "62198619****8080"
    assert second == {"result": 201, "message": "already verified"}


def test_another_merchants_session_is_none(bank: Caller) -> None:
    track_id = begin(bank)
    bank.press_at(f"/start/{track_id}", "pay")
    assert asked(bank, "verify", track_id, "another")["result"] == 203
    assert asked(bank, "inquiry", track_id, "another")["result"] == 203
    for odd in (None, str(track_id), 5, -1, "x", 10**30):
        assert asked(bank, "verify", odd)["result"] == 203
    assert asked(bank, "verify", track_id)["result"] == 100


def test_an_inquiry_follows_the_session(bank: Caller) -> None:
    track_id = begin(bank)
    seen = [asked(bank, "inquiry", track_id)["status"]]
    bank.press_at(f"/start/{track_id}", "pay")
    seen.append(asked(bank, "inquiry", track_id)["status"])
    asked(bank, "verify", track_id)
    last = asked(bank, "inquiry", track_id)
    assert [*seen, last["status"]] == [-1, 2, 1]
    assert (last["amount"], last["orderId"], last["wage"]) == (500_000, "2211", 2_500)
    assert last["createdAt"] <= last["verifiedAt"]


@pytest.mark.parametrize(
    ("button", "success", "status"),
    [("pay", "1", "2"), ("cancel", "0", "3"), ("wrong_pin", "0", "6"), ("insufficient", "0", "5")],
)
def test_each_button_leads_back_with_its_claim(bank: Caller, button: str, success: str, status: str) -> None:
    track_id = begin(bank)
    pressed = bank.press_at(f"/start/{track_id}", button)
    assert parse_qs(urlsplit(pressed.headers["Location"]).query) == {
        "lang": ["fa"],
        "trackId": [str(track_id)],
        "success": [success],
        "status": [status],
        "orderId": ["2211"],
    }


def test_a_lazy_merchant_is_told_by_the_bank_itself(bank: Caller) -> None:
    with canned_server() as merchant:
        track_id = begin(bank, "/request/lazy", callbackUrl=f"{merchant.base_url}/back")
        bank.press_at(f"/start/{track_id}", "pay_and_close")
        merchant.wait_for(1)
    (_path, _headers, news), *_more = merchant.asked
    assert (news["trackId"], news["success"], news["status"]) == (str(track_id), "1", "2")
    assert bank.post("/verify", {"merchant": "zibal", "trackId": track_id})["result"] == 100


def test_money_nobody_verifies_goes_back(bank: Caller) -> None:
    track_id = begin(bank)
    bank.press_at(f"/start/{track_id}", "pay")
    bank.bank.clock.ahead_seconds = 30 * 60
    assert asked(bank, "inquiry", track_id)["status"] == 18
    assert asked(bank, "verify", track_id)["result"] == 202


def test_a_magic_amount_takes_ten_rials_less(bank: Caller) -> None:
    track_id = begin(bank, amount=(50_000 + Magic.MISMATCH) * 10)
    bank.press_at(f"/start/{track_id}", "pay")
    assert asked(bank, "verify", track_id)["amount"] == (50_000 + Magic.MISMATCH) * 10 - 10


def test_a_terminal_may_be_off(bank: Caller) -> None:
    bank.steer("POST", "faults", kind="terminal_off")
    assert bank.post("/v1/request", GOOD)["result"] == 103
    assert bank.post("/v1/request", GOOD)["result"] == 100


def test_the_page_says_whose_gateway_it_is(bank: Caller) -> None:
    page = bank.press_at(f"/start/{begin(bank)}", "none")
    assert page.status_code == 303
    text = bank.look(page.headers["Location"])
    assert "زیبال" in text
    assert json.dumps(text).count("script") == 0
