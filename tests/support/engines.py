"""The suite runs twice, on SQLite and on PostgreSQL: what asks no database has nothing to say the second time."""

import os

import pytest

ASKS_A_DATABASE = "database_house"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get("TEST_DATABASE_URL"):
        return
    silent = [item for item in items if ASKS_A_DATABASE not in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if ASKS_A_DATABASE in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=silent)
