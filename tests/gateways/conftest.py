"""The practice bank, alive on a free port, and a server that says whatever a test recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from campaigns.gateways import PLUGS
from sandbox.server import running
from sandbox.settings import BankSettings
from tests.gateways.canned import Canned, canned_server
from tests.gateways.practice import PRACTICES, Practice


@pytest.fixture(params=sorted(PLUGS))
def practice(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Practice]:
    with running(BankSettings(tmp_path, token="t")) as (base_url, bank):
        yield PRACTICES[request.param](base_url, bank)


@pytest.fixture
def canned() -> Iterator[Canned]:
    with canned_server() as server:
        yield server
