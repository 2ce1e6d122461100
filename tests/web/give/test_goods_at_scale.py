"""Thousands of promises later (HYPOTHESIS_PROFILE=long: a hundred thousand) the pages ask the database no more often
than on the first day.
"""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert

from campaigns.base.clock import now
from campaigns.base.codes import new_code, public_id
from campaigns.base.extensions import db
from campaigns.domain.goods.pledge_models import Pledge
from tests.cast import mina
from tests.giving import live_campaign
from tests.promises import in_days, need, promised
from tests.support.effort import is_long
from tests.web.officehands import Hands

MANY = 100_000 if is_long() else 5_000


@pytest.fixture
def count(app):
    """`count(act)`: how many statements the database is asked."""

    def counted(act):
        asked = []

        def note(_connection, _cursor, statement, *_rest):
            asked.append(statement)

        db.session.commit()
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            answer = act()
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        assert answer.status_code == 200, answer.status_code
        return len(asked)

    return counted


def many(line, number=MANY):
    """Promises of one each that have come, by the needs' own counters."""
    common = {
        "campaign_id": line.campaign_id,
        "need_id": line.id,
        "quantity": 1,
        "received": 1,
        "state": "received",
        "day": in_days(1),
        "pledged_at": now(),
        "expires_at": now() + timedelta(days=5),
    }
    rows = [
        common | {"public_id": public_id(), "code": new_code(), "form_key": f"bulk-{n}"}
        for n in range(number)
    ]
    db.session.execute(insert(Pledge), rows)
    line.received += number
    db.session.commit()


def test_the_number_of_questions_stays_the_same(app, count):
    office = mina()
    campaign = live_campaign()
    line = need(campaign, quantity=MANY + 100)
    pledge = promised(line, 4)
    sara, desk = app.test_client(use_cookies=False), Hands(app, office)
    listed, token = f"/desk/c/{campaign.public_id}/pledges", desk.token
    pages = {
        "form": lambda: sara.get(f"/c/{campaign.slug}/pledge/{line.public_id}"),
        "own": lambda: sara.get(f"/g/{pledge.code}"),
        "list": lambda: desk.get(listed),
        "one": lambda: desk.get(f"{listed}/{pledge.public_id}"),
        "csv": lambda: desk.post(f"{listed}/file", {"csrf_token": token, "format": "csv"}),
    }
    for act in pages.values():
        act()  # what is read once a process is read now
    before = {name: count(act) for name, act in pages.items()}
    many(line)
    after = {name: count(act) for name, act in pages.items()}
    assert after == before
    assert max(before.values()) <= 20, before


def test_the_list_and_the_worker_find_theirs_by_an_index(app):
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL reads a small table through, whatever indexes it has
    for query, index in (
        (
            "SELECT id FROM goods_pledge WHERE campaign_id = 1 AND state = 'arranged' ORDER BY id DESC",
            "_list",
        ),
        (
            "SELECT id FROM goods_pledge WHERE state IN ('registered', 'arranged') AND expires_at < '2026'",
            "_due",
        ),
        ("SELECT id FROM goods_pledge WHERE code = 'A'", "goods_pledge"),
    ):
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        assert any("INDEX" in row[3] and index in row[3] for row in plan), plan
