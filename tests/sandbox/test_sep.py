"""The practice bank answers as Saman's document says."""

from typing import Any

import pytest
import requests

from sandbox.magic import Magic
from tests.gateways.canned import canned_server
from tests.gateways.practice import form_of
from tests.sandbox.caller import CALLBACK, Caller

GOOD = {"action": "token", "TerminalId": "2015", "Amount": 500_000, "ResNum": "2211", "RedirectUrl": CALLBACK}
VERIFY, REVERSE = (f"/verifyTxnRandomSessionkey/ipg/{name}Transaction" for name in ("Verify", "Reverse"))


def begin(bank: Caller, **more: Any) -> str:
    return str(bank.post("/onlinepg/onlinepg", GOOD | more)["token"])


def arrive(bank: Caller, token: str, referer: str = "http://127.0.0.1:9/", **more: str) -> requests.Response:
    """A browser posts the token, as the merchant's page told it to."""
    return requests.post(
        f"{bank.base_url}/OnlinePG/OnlinePG",
        data={"Token": token, **more},
        headers={"Referer": referer},
        timeout=10,
    )


def pay(bank: Caller, token: str, button: str = "pay") -> dict[str, str]:
    """What the bank's page then posts back."""
    page = bank.press_at(f"/OnlinePG/pay/{token}", button).text
    return {name: values[0] for name, values in form_of(page).items()}


def asked(bank: Caller, path: str, ref_num: object, terminal: object = 2015) -> dict[str, Any]:
    said: dict[str, Any] = bank.post(path, {"RefNum": ref_num, "TerminalNumber": terminal})
    return said


def test_a_token_opens_the_page_for_whoever_comes_from_the_merchant(bank: Caller) -> None:
    token = begin(bank)
    assert "سامان" in arrive(bank, token).text
    assert arrive(bank, token, referer="http://elsewhere.example/").status_code == 403
    assert arrive(bank, token, referer="").status_code == 403
    assert arrive(bank, "never-was").status_code == 404
    by_get = f"{bank.base_url}/OnlinePG/SendToken?token={token}"
    assert requests.get(by_get, headers={"Referer": "http://127.0.0.1:9/"}, timeout=10).status_code == 200
    assert requests.get(by_get, timeout=10).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"action": "pay"}, "5"),
        ({"TerminalId": "x"}, "12"),
        ({"TerminalId": None}, "12"),
        ({"Amount": 1_999}, "5"),
        ({"Amount": "500000"}, "5"),
        ({"ResNum": ""}, "5"),
        ({"ResNum": "\ud800"}, "5"),
        ({"RedirectUrl": "/relative"}, "5"),
        ({"RedirectUrl": "https://a.example/" + "x" * 2_083}, "5"),
    ],
)
def test_a_wrong_field_has_its_number(bank: Caller, wrong: dict[str, Any], code: str) -> None:
    said = bank.post("/onlinepg/onlinepg", GOOD | wrong)
    assert (said["status"], said["errorCode"]) == (-1, code)
    assert said["errorDesc"]


def test_a_payment_is_known_by_the_ref_num_of_its_way_back(bank: Caller) -> None:
    token = begin(bank)
    back = pay(bank, token)
    assert (back["State"], back["Status"], back["ResNum"], back["Token"]) == ("OK", "2", "2211", token)
    first, second = asked(bank, VERIFY, back["RefNum"]), asked(bank, VERIFY, back["RefNum"])
    assert (first["ResultCode"], first["Success"], second["ResultCode"]) == (0, True, 2)
    detail = first["TransactionDetail"]
    assert (detail["OrginalAmount"], detail["TerminalNumber"], detail["RefNum"]) == (
        500_000,
        2015,
        back["RefNum"],
    )


@pytest.mark.parametrize(
    ("button", "state", "status"),
    [("cancel", "CanceledByUser", "1"), ("wrong_pin", "Failed", "3"), ("insufficient", "Failed", "3")],
)
def test_a_refused_payment_has_no_ref_num(bank: Caller, button: str, state: str, status: str) -> None:
    back = pay(bank, begin(bank), button)
    assert (back["State"], back["Status"], back["RefNum"]) == (state, status, "")


def test_verify_refuses_what_is_not_there_not_ours_or_no_number(bank: Caller) -> None:
    back = pay(bank, begin(bank))
    assert asked(bank, VERIFY, "never-was")["ResultCode"] == -2
    assert asked(bank, VERIFY, back["RefNum"], 2016)["ResultCode"] == -2
    assert asked(bank, VERIFY, back["RefNum"], "2015")["ResultCode"] == -111
    assert asked(bank, VERIFY, None)["ResultCode"] == -111
    assert asked(bank, VERIFY, back["RefNum"])["ResultCode"] == 0


def test_half_an_hour_later_the_money_is_back(bank: Caller) -> None:
    back = pay(bank, begin(bank))
    bank.bank.clock.ahead_seconds = 30 * 60
    assert asked(bank, VERIFY, back["RefNum"])["ResultCode"] == -6


def test_a_reversal_gives_it_back_once(bank: Caller) -> None:
    back = pay(bank, begin(bank))
    asked(bank, VERIFY, back["RefNum"])
    codes = [asked(bank, path, back["RefNum"])["ResultCode"] for path in (REVERSE, REVERSE, VERIFY)]
    assert codes == [0, 5, 5]


def test_a_token_lives_as_long_as_was_asked_but_not_less_than_twenty_minutes(bank: Caller) -> None:
    short, long = begin(bank, TokenExpiryInMin=1), begin(bank, TokenExpiryInMin=60)
    bank.bank.clock.ahead_seconds = 19 * 60
    assert arrive(bank, short).status_code == 200
    bank.bank.clock.ahead_seconds = 21 * 60
    assert (arrive(bank, short).status_code, arrive(bank, long).status_code) == (410, 200)


def test_a_merchant_may_want_the_payer_back_by_get(bank: Caller) -> None:
    token = begin(bank)
    arrive(bank, token, GetMethod="true")
    pressed = bank.press_at(f"/OnlinePG/pay/{token}", "pay")
    assert pressed.status_code == 303
    assert "RefNum=" in pressed.headers["Location"]


def test_a_magic_amount_calls_back_twice_by_post(bank: Caller) -> None:
    with canned_server() as merchant:
        token = begin(bank, Amount=(50_000 + Magic.TWICE) * 10, RedirectUrl=f"{merchant.base_url}/back")
        pay(bank, token)
        merchant.wait_for(1)
    assert {method for method, _text in merchant.called} == {"POST"}


def test_the_book_counts_every_gateway_by_its_terminals(bank: Caller) -> None:
    pay(bank, begin(bank))
    assert bank.steer("GET", "totals").json() == {"2015": {"PAID": {"sessions": 1, "rials": 500_000}}}
