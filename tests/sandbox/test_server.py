"""The bank as a process of its own: never in production, and steady in a crowd."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from sandbox.settings import ROOT, BankSettings, NotInProduction, from_environment
from tests.sandbox.caller import MERCHANT, Caller


def start(tmp_path: Path, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(tmp_path), "BANK_PORT": "0"} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_refuses_production(tmp_path: Path) -> None:
    with pytest.raises(NotInProduction):
        BankSettings(tmp_path, environment="production")
    with pytest.raises(NotInProduction):
        from_environment({"POOYESH_ENV": "production"})


@pytest.mark.server
def test_it_does_not_even_open_its_book_in_production(tmp_path: Path) -> None:
    bank = start(tmp_path, POOYESH_ENV="production")
    _said, complained = bank.communicate(timeout=20)
    assert bank.returncode == 2
    assert "POOYESH_ENV=production" in complained
    assert list(tmp_path.iterdir()) == []


@pytest.mark.server
def test_it_serves_on_this_machine_only_and_stops_when_told(tmp_path: Path) -> None:
    with start(tmp_path) as bank:
        assert bank.stdout is not None
        address = bank.stdout.readline().split()[-1]
        assert address.startswith("http://127.0.0.1:")
        assert requests.get(address, timeout=10).status_code == 200
        bank.send_signal(signal.SIGTERM)
        assert bank.wait(timeout=20) == 0


@pytest.mark.server
def test_killed_it_remembers_its_money(tmp_path: Path) -> None:
    settings = {"SANDBOX_TOKEN": "steer"}
    with start(tmp_path, **settings) as bank:
        assert bank.stdout is not None
        caller = Caller(bank.stdout.readline().split()[-1], None)  # type: ignore[arg-type]
        authority = caller.begin()
        caller.press(authority, "pay")
        bank.kill()
    with start(tmp_path, **settings) as bank:
        assert bank.stdout is not None
        caller = Caller(bank.stdout.readline().split()[-1], None)  # type: ignore[arg-type]
        assert caller.status(authority) == "PAID"
        assert caller.steer("GET", "totals").json()[MERCHANT]["PAID"]["rials"] == 500_000
        bank.terminate()


def test_sixty_four_payers_at_once_are_all_served(bank: Caller) -> None:
    def give(number: int) -> int:
        rials = 100_000 + number * 20_000
        authority = bank.begin(rials)
        assert bank.page(authority).status_code == 200
        assert bank.press(authority, "pay").status_code == 303
        return rials if bank.code("verify", authority, amount=rials) == 100 else 0

    with ThreadPoolExecutor(64) as crowd:
        given = list(crowd.map(give, range(256)))
    assert all(given)
    assert bank.steer("GET", "totals").json()[MERCHANT] == {
        "VERIFIED": {"sessions": 256, "rials": sum(given)}
    }
