"""The database server was restarted at night."""

import time

import pytest
from sqlalchemy import create_engine, text

from campaigns.base.engine import RESTED_SECONDS
from campaigns.base.extensions import db

END = text("SELECT pg_terminate_backend(:pid)")


def test_who_comes_first_in_the_morning_finds_the_site_well(client, settings):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("a file has no server that could be restarted")
    db.session.remove()
    db.engine.dispose()
    assert client.get("/readyz").status_code == 200
    pid = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.remove()
    other = create_engine(settings.database_url)
    with other.connect() as connection:
        connection.execute(END, {"pid": pid})
    other.dispose()
    time.sleep(RESTED_SECONDS)
    assert client.get("/readyz").status_code == 200
    assert client.get("/about").status_code == 200
