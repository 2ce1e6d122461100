"""Terminals of organizations: sealed, one at a time, never passed off as another's."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.extensions import db
from campaigns.domain.payments.terminals import (
    GatewayAccount,
    everyone,
    key,
    present,
    put,
    reseal_all,
    retire,
    terminals,
)
from tests.cast import leila
from tests.worlds import organization

VALUES = {"zibal_merchant": "kerman-office"}


@pytest.fixture
def admin(app):
    return leila()


def kept(admin, owner=None, values=VALUES) -> GatewayAccount:
    account = put(owner, "zibal", "sandbox", values, admin.id)
    db.session.commit()
    return account


def test_a_terminal_is_kept_sealed_and_read_again(admin):
    account = kept(admin)
    stored = db.session.scalar(select(GatewayAccount.sealed).where(GatewayAccount.id == account.id))
    assert "kerman" not in stored
    (only,) = terminals()
    assert (only.values, only.present, only.organization_id) == (VALUES, True, None)


def test_a_new_one_replaces_the_one_before_which_stays_readable(admin):
    first, second = kept(admin), kept(admin, values={"zibal_merchant": "another"})
    assert [one.id for one in everyone()] == [second.id]
    assert {one.id: one.present for one in terminals()} == {first.id: False, second.id: True}
    assert first.retired_by_id == admin.id


def test_the_house_and_each_organization_have_their_own(admin):
    house, office = kept(admin), kept(admin, organization().id)
    assert present(None, "zibal", "sandbox").id == house.id
    assert present(organization().id, "zibal", "sandbox").id == office.id
    assert [one.organization_id for one in everyone()] == [None, organization().id]


def test_one_that_is_taken_away_is_present_no_more(admin):
    kept(admin)
    assert retire(None, "zibal", "sandbox", admin.id)
    assert not retire(None, "zibal", "sandbox", admin.id)
    assert present(None, "zibal", "sandbox") is None


@pytest.mark.parametrize("housed", [True, False])
def test_two_present_ones_cannot_be(admin, housed):
    owner = None if housed else organization().id
    account = kept(admin, owner)
    twin = GatewayAccount(
        organization_id=owner, gateway="zibal", environment="sandbox", sealed=account.sealed
    )
    twin.created_by_id = admin.id
    db.session.add(twin)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_row_passed_off_as_anothers_opens_nothing(admin):
    account = kept(admin, organization().id)
    db.session.execute(
        update(GatewayAccount).where(GatewayAccount.id == account.id).values(organization_id=None)
    )
    assert [one.values for one in terminals()] == [None]


def test_a_key_nobody_has_any_more_opens_nothing(admin, app):
    kept(admin)
    before = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "quite another key of forty characters…"
    try:
        assert [one.values for one in terminals()] == [None]
        assert reseal_all() == 0
        app.config["SECRET_KEY_FALLBACKS"] = [before]
        assert [one.values for one in terminals()] == [VALUES]
        assert reseal_all() == 1
        db.session.commit()
        app.config["SECRET_KEY_FALLBACKS"] = []
        assert [one.values for one in terminals()] == [VALUES]
        assert reseal_all() == 0
    finally:
        app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = before, []


def test_terminals_have_names(app):
    assert (key("zibal", None), key("zibal", 0), key("zibal", 7)) == ("zibal", "zibal", "zibal:7")
