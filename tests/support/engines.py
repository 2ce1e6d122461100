"""The suite runs twice, on SQLite and on PostgreSQL: what asks no database has nothing to say the second time."""

import os

import pytest

ASKS_A_DATABASE = "database_house"
OF_THE_DOORS = (
    "tests/web/test_canary.py",
    "tests/web/test_public_json.py",
    "tests/web/test_rooms_of_roles.py",
    "tests/web/test_route_matrix.py",
    "tests/web/test_two_tenants.py",
    "tests/web/test_typed_markup.py",
)
"""Walks through every page that look at who may come in and what is said: `tests/house/test_routes.py` has asked all
of the same pages for their rows on each engine."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get("TEST_DATABASE_URL"):
        return
    told = {item: _has_something_to_say(item) for item in items}
    items[:] = [item for item, says in told.items() if says]
    config.hook.pytest_deselected(items=[item for item, says in told.items() if not says])


def _has_something_to_say(item: pytest.Item) -> bool:
    return ASKS_A_DATABASE in getattr(item, "fixturenames", ()) and not item.nodeid.startswith(OF_THE_DOORS)
