"""The practice bank on a free port, and somebody who talks to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.server import running
from sandbox.settings import BankSettings
from tests.sandbox.caller import Caller


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Caller]:
    with running(BankSettings(tmp_path, token="steer")) as (base_url, the_bank):
        yield Caller(base_url, the_bank)
