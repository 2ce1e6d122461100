import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import AlreadyKnown, create_person, set_enabled
from campaigns.domain.accounts.identity import login_of
from campaigns.domain.accounts.models import LoginSession, User
from campaigns.domain.accounts.queries import credentials, person, present
from tests.cast import mina

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
