"""The database server was restarted at night."""

import time

import pytest
from sqlalchemy import create_engine, text

from campaigns.base.engine import RESTED_SECONDS
from campaigns.base.extensions import db

OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def test_who_comes_first_in_the_morning_finds_the_site_well(client, settings):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("a file has no server that could be restarted")
    assert client.get("/readyz").status_code == 200
    db.session.remove()
    other = create_engine(settings.database_url)
    with other.connect() as connection:
        connection.execute(text(OTHERS))
    other.dispose()
    time.sleep(RESTED_SECONDS)
    assert client.get("/readyz").status_code == 200
    assert client.get("/about").status_code == 200
