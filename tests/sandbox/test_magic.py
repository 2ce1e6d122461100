"""Amounts that tell the bank what shall go wrong."""

from pathlib import Path

import pytest

from sandbox.magic import Magic, magic
from sandbox.server import running
from sandbox.settings import BankSettings
from tests.gateways.canned import canned_server
from tests.sandbox.caller import Caller


@pytest.mark.parametrize("kind", list(Magic))
def test_the_last_four_digits_count_in_rials_and_in_tomans(kind: Magic) -> None:
    assert magic(50_000_000 + kind) == kind
    assert magic((5_000_000 + kind) * 10) == kind


@pytest.mark.parametrize("rials", [500_000, 6_750_000, 10_000, 1_000_000_000, 12_345_670])
def test_other_amounts_are_plain(rials: int) -> None:
    assert magic(rials) is None


@pytest.mark.parametrize(
    ("kind", "reason"), [(Magic.INSUFFICIENT, "insufficient"), (Magic.WRONG_PIN, "wrong_pin")]
)
def test_a_magic_amount_is_refused_when_sara_presses_pay(bank: Caller, kind: Magic, reason: str) -> None:
    authority = bank.begin((50_000 + kind) * 10)
    assert bank.press(authority, "pay").headers["Location"].endswith("Status=NOK")
    assert bank.steer("GET", "sessions").json()[0]["reason"] == reason


def test_a_magic_amount_closes_the_tab(bank: Caller) -> None:
    authority = bank.begin((50_000 + Magic.TAB_CLOSED) * 10)
    assert bank.press(authority, "pay").status_code == 200
    assert bank.status(authority) == "PAID"


def test_a_magic_amount_differs_at_verify(bank: Caller) -> None:
    rials = (50_000 + Magic.MISMATCH) * 10
    authority = bank.begin(rials)
    bank.press(authority, "pay")
    assert bank.code("verify", authority, amount=rials) == -50


def test_a_magic_amount_calls_back_twice(bank: Caller) -> None:
    with canned_server() as merchant:
        authority = bank.begin((50_000 + Magic.TWICE) * 10, callback_url=f"{merchant.base_url}/back")
        assert bank.press(authority, "pay").status_code == 303
        merchant.wait_for(1)


def test_magic_can_be_switched_off(tmp_path: Path) -> None:
    with running(BankSettings(tmp_path, magic=False)) as (base_url, the_bank):
        caller = Caller(base_url, the_bank)
        authority = caller.begin((50_000 + Magic.INSUFFICIENT) * 10)
        assert caller.press(authority, "pay").headers["Location"].endswith("Status=OK")
