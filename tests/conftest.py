"""What every test may ask for. The fixtures themselves are in `tests/support/`, one subject a file."""

import gc
import os

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.support.effort import is_long

pytest_plugins = (
    "tests.support.engines",
    "tests.support.house",
    "tests.support.processes",
    "tests.support.paying",
    "tests.support.browsers",
)

gc.set_threshold(20_000, 20, 20)  # a test process makes much and keeps little

hypothesis_settings.register_profile(
    "house",
    max_examples=1_000 if is_long() else 40,
    deadline=None,  # a busy machine is not a mistake
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("house")
