"""Steering the bank, for those who know the token."""

from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.server import running
from sandbox.settings import BankSettings
from tests.sandbox.caller import MERCHANT, Caller


@pytest.mark.parametrize("token", ["", "wrong", "steer ", "st\u00e9er"])
def test_without_the_token_there_is_nothing_there(bank: Caller, token: str) -> None:
    headers = {"X-Sandbox-Token": token.encode()}
    assert requests.get(f"{bank.base_url}/__sandbox/totals", headers=headers, timeout=10).status_code == 404


def test_a_bank_without_a_token_cannot_be_steered(tmp_path: Path) -> None:
    with running(BankSettings(tmp_path)) as (base_url, the_bank):
        assert Caller(base_url, the_bank).steer("GET", "totals", token="").status_code == 404


def test_the_totals_count_the_money_of_each_merchant(bank: Caller) -> None:
    paid, verified = bank.begin(300_000), bank.begin(700_000)
    bank.begin(900_000)
    for authority in (paid, verified):
        bank.press(authority, "pay")
    bank.call("verify", authority=verified, amount=700_000)
    assert bank.steer("GET", "totals").json()[MERCHANT] == {
        "PAID": {"sessions": 1, "rials": 300_000},
        "VERIFIED": {"sessions": 1, "rials": 700_000},
        "IN_BANK": {"sessions": 1, "rials": 900_000},
    }


def test_the_newest_sessions_come_first(bank: Caller) -> None:
    opened = [bank.begin() for _ in range(3)]
    listed = bank.steer("GET", "sessions?limit=2").json()
    assert [one["authority"] for one in listed] == opened[:0:-1]


@pytest.mark.parametrize("state", ["PAID", "VERIFIED", "FAILED", "REVERSED", "IN_BANK"])
def test_a_session_goes_where_a_test_wants_it(bank: Caller, state: str) -> None:
    authority = bank.begin()
    bank.press(authority, "cancel")
    assert bank.steer("POST", f"sessions/{authority}", state=state).json()["state"] == state
    assert bank.status(authority) == state
    expected = {"PAID": 100, "VERIFIED": 101}.get(state, -51)
    assert bank.code("verify", authority, amount=500_000) == expected


def test_a_late_payment_can_be_forced_after_the_end(bank: Caller) -> None:
    authority = bank.begin()
    assert bank.steer("POST", "clock", ahead_seconds=16 * 60).status_code == 200
    assert bank.status(authority) == "FAILED"
    bank.steer("POST", f"sessions/{authority}", state="PAID")
    assert bank.code("verify", authority, amount=500_000) == 100


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("sessions/none", {"state": "PAID"}, 404),
        ("sessions/none", {"state": "RICH"}, 422),
        ("sessions/none", {"state": ["PAID"]}, 422),
        ("faults", {}, 422),
        ("faults", {"kind": "earthquake"}, 422),
        ("faults", {"kind": "http_500", "calls": "many"}, 422),
        ("faults", {"kind": "http_500", "colour": "red"}, 422),
        ("clock", {"ahead_seconds": "soon"}, 422),
    ],
)
def test_junk_is_refused(bank: Caller, path: str, body: dict[str, Any], status: int) -> None:
    assert bank.steer("POST", path, **body).status_code == status
