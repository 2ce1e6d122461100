import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import AlreadyKnown, create_person, set_enabled
from campaigns.domain.accounts.history import account_changes_of
from campaigns.domain.accounts.identity import login_of
from campaigns.domain.accounts.models import AccountChange, LoginSession, User
from campaigns.domain.accounts.queries import credentials, person, present
from tests.cast import leila, mina

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("twin", ["MINA@example.org", "ｍina@example.org"])
def test_nobody_can_be_minas_twin(twin):
    mina()
    with pytest.raises(AlreadyKnown):
        create_person("Mina", email=login_of(twin).email)
    with pytest.raises(AlreadyKnown):
        create_person("Mina", mobile=login_of("۰۹۱۲۳۴۵۶۷۸۹").mobile)
    db.session.commit()
    assert len(db.session.scalars(select(User)).all()) == 1


def test_mina_is_found_by_either_name():
    user = mina()
    assert person(login_of("Mina@Example.org")) is user
    assert person(login_of("۰۹۱۲۳۴۵۶۷۸۹")) is user
    assert person(login_of("somebody@example.org")) is None
    assert person(login_of("nonsense")) is None


def test_a_disabled_person_looks_like_nobody():
    user = mina()
    db.session.add(LoginSession(id_hash="x", user_id=user.id))
    set_enabled(user, False)
    db.session.commit()
    assert credentials(login_of("mina@example.org")) == credentials(login_of("nobody@example.org"))
    assert present(user.id) is None
    assert db.session.scalars(select(LoginSession)).all() == []


def test_the_record_says_who_shut_mina_out_and_who_let_her_in():
    user, admin = mina(), leila()
    for enabled in (False, False, True):
        set_enabled(user, enabled, by=admin)
    set_enabled(user, False)
    db.session.commit()
    assert [(row.verb, row.actor_id) for row in account_changes_of(user)] == [
        ("create", None),
        ("disable", admin.id),
        ("enable", admin.id),
        ("disable", None),
    ]


@pytest.mark.parametrize("statement", [update(AccountChange).values(verb="enable"), delete(AccountChange)])
def test_nobody_rewrites_the_record_of_accounts(statement):
    mina()
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(statement)
    db.session.rollback()
