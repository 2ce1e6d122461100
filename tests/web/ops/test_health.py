"""The probes: alive without a database, ready only when everything is."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.rollup import place


def settled_gift() -> None:
    leg = Leg("asset:clearing:zarinpal", "liability:unallocated", 10)
    post("cap:1", "capture", [leg], occurred_at=now())
    db.session.commit()


def test_a_house_in_order_is_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "ready": True,
        "checks": {"database": True, "schema": True, "disk": True, "book": True},
    }


def test_a_gift_that_waits_for_its_place_means_that_no_worker_runs(client: FlaskClient) -> None:
    settled_gift()
    assert client.get("/readyz").status_code == 200
    with clock.at(now() + timedelta(minutes=3)):
        settled_gift_waits = client.get("/readyz")
    assert settled_gift_waits.status_code == 200  # the visitor's clock is not the test's
    db.session.execute(text("DELETE FROM ledger_unplaced"))
    place()
    db.session.commit()
    assert client.get("/readyz").status_code == 200


def test_an_old_schema_is_not_ready(client: FlaskClient, app: Flask) -> None:
    before = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    db.session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    db.session.commit()
    answer = client.get("/readyz")
    db.session.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": before})
    db.session.commit()
    assert answer.status_code == 503
    assert answer.json["checks"]["schema"] is False
    assert answer.json["checks"]["database"] is True


def test_the_process_is_alive_without_its_database(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
