"""The practice bank makes contracts of direct debit as ZarinPal's documents say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from sandbox.clock import TEHRAN
from sandbox.faults import Fault
from tests.sandbox.caller import ANOTHER_MERCHANT, CALLBACK, MERCHANT, Caller


def wish(**changes: Any) -> dict[str, Any]:
    later = datetime.now(UTC).astimezone(TEHRAN) + timedelta(days=365)
    body = {
        "mobile": "09123456789",
        "expire_at": f"{later:%Y-%m-%d %H:%M:%S}",
        "max_daily_count": "1",
        "max_monthly_count": "4",
        "max_amount": "1000000",
        "callback_url": CALLBACK,
    }
    return body | changes


def call(bank: Caller, operation: str, merchant: str = MERCHANT, **body: Any) -> dict[str, Any]:
    url = f"{bank.base_url}/pg/v4/payman/{operation}.json"
    return dict(requests.post(url, json={"merchant_id": merchant, **body}, timeout=10).json())


def code(said: dict[str, Any]) -> int:
    return int((said["data"] or said["errors"])["code"])


def begun(bank: Caller, **changes: Any) -> str:
    return str(call(bank, "request", **wish(**changes))["data"]["payman_authority"])


def press(bank: Caller, contract: str, button: str, at: str = "ONEAIR") -> requests.Response:
    url = f"{bank.base_url}/pg/StartPayman/{contract}/{at}"
    return requests.post(url, data={"act": button}, timeout=10, allow_redirects=False)


def signed(bank: Caller, **changes: Any) -> str:
    contract = begun(bank, **changes)
    press(bank, contract, "sign")
    return str(call(bank, "verify", payman_authority=contract)["data"]["signature"])


def test_a_contract_is_opened_signed_and_its_signature_read_as_often_as_asked(bank: Caller) -> None:
    contract = begun(bank)
    assert contract.startswith("payman_")
    assert code(call(bank, "verify", payman_authority=contract)) == -51
    back = press(bank, contract, "sign").headers["Location"]
    assert back == f"{CALLBACK}&payman_authority={contract}&status=OK"
    answers = [call(bank, "verify", payman_authority=contract)["data"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(answers[0]["signature"]) == 200
    assert code(call(bank, "verify", ANOTHER_MERCHANT, payman_authority=contract)) == -53


def test_who_refuses_comes_back_with_a_no_and_there_is_no_signature(bank: Caller) -> None:
    contract = begun(bank)
    assert "status=NOK" in press(bank, contract, "refuse").headers["Location"]
    assert code(call(bank, "verify", payman_authority=contract)) == -55


def test_the_page_says_what_is_signed_in_persian(bank: Caller) -> None:
    page = bank.look(f"/pg/StartPayman/{begun(bank)}/ONEAIR")
    assert "۱٬۰۰۰٬۰۰۰" in page and "بانک تمرینی یک" in page
    assert "پیدا نشد" in bank.look("/pg/StartPayman/payman_none/ONEAIR")


def test_the_banks_are_listed_for_anybody(bank: Caller) -> None:
    said = requests.get(f"{bank.base_url}/pg/v4/payman/banksList.json", timeout=10).json()
    assert said["data"]["code"] == 100
    assert {"name", "slug", "bank_code", "max_daily_amount", "max_daily_count"} == set(
        said["data"]["banks"][0]
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"mobile": "123"},
        {"expire_at": "2026-01-01 00:00:00"},
        {"expire_at": "soon"},
        {"max_daily_count": 1},
        {"max_monthly_count": "0"},
        {"max_amount": 1_000_000},
        {"callback_url": "javascript:alert(1)"},
    ],
)
def test_a_wrong_field_is_named_and_numbers_must_be_texts(bank: Caller, wrong: dict[str, Any]) -> None:
    said = call(bank, "request", **wish(**wrong))
    assert code(said) == -9
    assert [*wrong] == [name for one in said["errors"]["validations"] for name in one]


def test_a_checkout_takes_the_money_of_a_session_once_however_often_it_comes(bank: Caller) -> None:
    signature, authority = signed(bank), bank.begin(500_000)
    answers = [call(bank, "checkout", authority=authority, signature=signature)["data"] for _ in range(3)]
    assert answers[0]["amount"] == 500_000 and answers[0]["refrence_id"]
    assert answers[0] == answers[1] == answers[2]
    assert bank.status(authority) == "VERIFIED"
    assert bank.code("verify", authority, amount=500_000) == 101


def test_no_funds_and_too_much_end_the_session_without_money(bank: Caller) -> None:
    signature = signed(bank, max_monthly_count="9")
    bank.bank.faults.add(Fault("no_funds"))
    for rials in (500_000, 1_000_001, 500_011):
        authority = bank.begin(rials)
        assert code(call(bank, "checkout", authority=authority, signature=signature)) == -51
        assert bank.status(authority) == "FAILED"


def test_beyond_the_counters_of_a_contract_nothing_is_taken(bank: Caller) -> None:
    signature, first, second = signed(bank), bank.begin(), bank.begin()
    assert code(call(bank, "checkout", authority=first, signature=signature)) == 100
    assert code(call(bank, "checkout", authority=second, signature=signature)) == -12
    assert bank.status(second) == "IN_BANK"


def test_a_contract_that_was_ended_or_revoked_takes_nothing(bank: Caller) -> None:
    signature = signed(bank)
    assert code(call(bank, "cancelContract", signature=signature)) == 100
    assert code(call(bank, "cancelContract", signature=signature)) == -55
    assert code(call(bank, "checkout", authority=bank.begin(), signature=signature)) == -54
    another = signed(bank)
    bank.bank.faults.add(Fault("revoked"))
    assert code(call(bank, "checkout", authority=bank.begin(), signature=another)) == -54
    assert code(call(bank, "checkout", ANOTHER_MERCHANT, authority=bank.begin(), signature=another)) in {
        -53,
        -54,
    }


def test_an_answer_may_be_lost_after_the_money_was_taken(bank: Caller) -> None:
    signature, authority = signed(bank), bank.begin()
    bank.bank.faults.add(Fault("drop_response_after_commit", operation="checkout"))
    with pytest.raises(requests.ConnectionError):
        call(bank, "checkout", authority=authority, signature=signature)
    assert bank.status(authority) == "VERIFIED"
