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
