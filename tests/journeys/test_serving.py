"""`flask serve`: several processes that share what the start made."""

import os
import signal
from pathlib import Path

import pytest
import requests

from tests.support.processes import Launcher, wait_until

pytestmark = pytest.mark.server


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def family(pid: int) -> list[int]:
    """Its children and theirs."""
    return [one for child in children(pid) for one in [child, *family(child)]]


def alive(pids: list[int]) -> list[int]:
    """Without those that have ended and are only not buried yet."""
    stats = [(pid, Path(f"/proc/{pid}/stat")) for pid in pids]
    return [pid for pid, stat in stats if stat.exists() and ") Z " not in stat.read_text()]


def answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def named(url: str) -> str:
    return requests.get(f"{url}/healthz", timeout=5).headers["X-Request-Id"]


def test_a_process_that_dies_is_replaced_and_no_two_requests_have_one_name(launcher: Launcher) -> None:
    site = launcher.site(workers=2)
    wait_until(lambda: len(children(site.process.pid)) == 2)
    names = [named(site.url) for _ in range(40)]
    for dying in children(site.process.pid):
        os.kill(dying, signal.SIGKILL)
        wait_until(lambda gone=dying: gone not in (left := children(site.process.pid)) and len(left) == 2)
        names += [named(site.url) for _ in range(20)]
    assert len(set(names)) == len(names) == 80
    assert len({name.split("-")[0] for name in names}) >= 2, "each process gives names of its own"
    assert requests.get(f"{site.url}/readyz", timeout=5).status_code == 200
    assert site.stop() == 0


def test_site_and_worker_served_together_are_kept_alive_and_nobody_goes_on_alone(launcher: Launcher) -> None:
    """They are two programs of one start; either may be killed at any time, also a moment after it was forked."""
    house = launcher.site(workers=2, along=("--with-worker",))
    wait_until(lambda: len(children(house.process.pid)) == 2)
    for _time in range(3):
        for dying in children(house.process.pid):
            os.kill(dying, signal.SIGKILL)
            wait_until(
                lambda gone=dying: gone not in (left := children(house.process.pid)) and len(left) == 2
            )
    wait_until(lambda: answers(house.url))
    everyone = family(house.process.pid)
    assert len(everyone) >= 4
    assert house.stop() == 0
    wait_until(lambda: not alive(everyone))


def test_a_site_that_cannot_be_served_ends_its_worker_too(launcher: Launcher) -> None:
    house = launcher.site(workers=1, along=("--with-worker",))
    wait_until(lambda: len(children(house.process.pid)) == 2)
    site = next(pid for pid in children(house.process.pid) if children(pid))
    others = [*set(children(house.process.pid)) - {site}, *children(site)]
    os.kill(site, signal.SIGTERM)
    assert house.process.wait(15) == 1
    wait_until(lambda: not alive(others))
