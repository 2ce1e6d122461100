"""Markup in whatever people typed stays text: on no page, for no reader, does it become a part of the page."""

import pytest
from flask import Flask
from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapper

from campaigns.base import appendonly
from campaigns.base.extensions import Model, db
from campaigns.domain.erasure.rules import ERASED, KEPT, PUBLIC
from tests.house.walk import House

PLANTED = "<i onx=1>'\""
READ_BY_PROGRAMS = {
    *(
        "mobile",
        "email",
        "phone",
        "contact_phone",
        "website",
        "password_hash",
        "search_key",
        "stored",
        "sheba",
    ),
    *("card_number", "sealed", "contract_ref", "redirect_url", "gateway_ref", "receipt_ref", "bank_account"),
    *("name", "said", "payer_last4", "card_last4", "last4", "role"),
}
"""Columns that are looked up, sent on or sealed, and what only lines of gateways hold."""
SHORTEST = 20


@pytest.fixture
def house(app: Flask) -> House:
    found = House(app)
    for mapper in Model.registry.mappers:
        plant(mapper)
    db.session.commit()
    app.extensions["pagecache"].clear()
    return found


def plant(mapper: Mapper[Model]) -> None:
    """Writes it into every column of this table that somebody types into."""
    table = Model.metadata.tables[str(mapper.local_table)]
    typed = " ".join(rules.get(table.name, "") for rules in (ERASED, KEPT, PUBLIC)).split()
    columns = [
        table.c[name]
        for name in typed
        if isinstance(table.c[name].type, String)
        and (table.c[name].type.length or 99) >= SHORTEST
        and not table.c[name].unique
        and name not in READ_BY_PROGRAMS
    ]
    if columns and table.name not in appendonly.TABLES:
        db.session.execute(update(table).values({column.name: PLANTED for column in columns}))


def test_markup_in_whatever_was_typed_stays_text(app: Flask, house: House) -> None:
    assert db.session.scalar(select(Model.metadata.tables["campaign_text"].c.title)) == PLANTED
    visitor, alive, shown = app.test_client(), [], 0
    for path, policy, _rule in house.pages():
        answer = visitor.get(path) if policy.sessionless else house.signed_in.get(path)
        assert answer.status_code < 500 or answer.status_code == 501, path
        if answer.mimetype in {"text/html", "image/svg+xml", "application/atom+xml", "application/rss+xml"}:
            shown += "&lt;i onx=1&gt;" in answer.text
            if PLANTED[:9] in answer.text:
                alive.append(path)
    assert alive == []
    assert shown > 20
