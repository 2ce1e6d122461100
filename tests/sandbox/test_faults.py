"""Faults strike what they are meant for, as often as they are meant to."""

import pytest
import requests

from sandbox.faults import KINDS, BadFault, Fault, Faults
from tests.sandbox.caller import Caller


def test_a_fault_strikes_the_calls_it_names_and_is_used_up() -> None:
    faults = Faults()
    faults.add(Fault("http_500", operation="verify", calls=2))
    faults.add(Fault("delay_ms", value=9, authority="S1"))
    assert faults.take("request", None) == {}
    assert faults.take("verify", "S2") == {"http_500": 1}
    assert faults.take("verify", "S1") == {"http_500": 1, "delay_ms": 9}
    assert faults.take("verify", "S1") == {}


def test_faults_can_be_taken_back() -> None:
    faults = Faults()
    faults.add(Fault("http_500", calls=99))
    faults.clear()
    assert faults.take("verify", None) == {}


@pytest.mark.parametrize(
    ("kind", "operation"), [("earthquake", None), ("verify_flip", "request"), ("http_500", "x")]
)
def test_a_fault_the_bank_does_not_know_is_refused(kind: str, operation: str | None) -> None:
    with pytest.raises(BadFault):
        Fault(kind, operation=operation)


@pytest.mark.parametrize("kind", ["http_500", "rate_limit"])
def test_a_bank_that_refuses_early_does_nothing(bank: Caller, kind: str) -> None:
    authority = bank.begin()
    bank.press(authority, "pay")
    bank.steer("POST", "faults", kind=kind, operation="verify", value=5)
    answer = bank.call("verify", authority=authority, amount=500_000)
    assert answer.status_code == {"http_500": 500, "rate_limit": 429}[kind]
    assert bank.status(authority) == "PAID"


@pytest.mark.parametrize("kind", ["html_body", "truncated_json", "bad_types"])
def test_a_bank_that_garbles_has_done_it(bank: Caller, kind: str) -> None:
    authority = bank.begin()
    bank.press(authority, "pay")
    bank.steer("POST", "faults", kind=kind, operation="verify")
    bank.call("verify", authority=authority, amount=500_000)
    assert bank.status(authority) == "VERIFIED"


def test_a_dropped_answer_has_done_it(bank: Caller) -> None:
    authority = bank.begin()
    bank.press(authority, "pay")
    bank.steer("POST", "faults", kind="drop_response_after_commit", operation="verify")
    with pytest.raises(requests.ConnectionError):
        bank.call("verify", authority=authority, amount=500_000)
    assert bank.code("verify", authority, amount=500_000) == 101


def test_a_dropped_request_was_never_done(bank: Caller) -> None:
    authority = bank.begin()
    bank.press(authority, "pay")
    bank.steer("POST", "faults", kind="drop_request", operation="verify")
    with pytest.raises(requests.ConnectionError):
        bank.call("verify", authority=authority, amount=500_000)
    assert bank.status(authority) == "PAID"


@pytest.mark.parametrize(
    ("kind", "state"), [("drop_request", "IN_BANK"), ("drop_response_after_commit", "PAID")]
)
def test_the_page_that_follows_a_press_may_be_lost(bank: Caller, kind: str, state: str) -> None:
    authority = bank.begin()
    bank.steer("POST", "faults", kind=kind, operation="pay")
    with pytest.raises(requests.ConnectionError):
        bank.press(authority, "pay")
    assert bank.status(authority) == state
    assert "Status=OK" in bank.press(authority, "pay").headers["Location"]


def test_the_bank_may_take_another_amount(bank: Caller) -> None:
    authority = bank.begin()
    bank.steer("POST", "faults", kind="tamper_amount", value=-100_000)
    bank.press(authority, "pay")
    assert bank.call("inquiry", authority=authority).json()["data"]["amount"] == 400_000
    assert bank.code("verify", authority, amount=500_000) == -50


def test_the_bank_may_confirm_by_itself(bank: Caller) -> None:
    authority = bank.begin()
    bank.steer("POST", "faults", kind="auto_verify")
    bank.press(authority, "pay")
    assert bank.code("verify", authority, amount=500_000) == 101


def test_the_bank_may_keep_the_payer(bank: Caller) -> None:
    bank.steer("POST", "faults", kind="no_callback")
    assert "Location" not in bank.press(bank.begin(), "pay").headers


def test_the_bank_may_be_broken_before_the_payer_pays(bank: Caller) -> None:
    authority = bank.begin()
    bank.steer("POST", "faults", kind="http_500", operation="pay")
    assert bank.press(authority, "pay").status_code == 500
    assert bank.status(authority) == "IN_BANK"


def test_every_kind_can_be_ordered(bank: Caller) -> None:
    for kind, operations in KINDS.items():
        for operation in operations:
            assert bank.steer("POST", "faults", kind=kind, operation=operation).status_code == 201
