from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import set_enabled
from campaigns.domain.accounts.cleanup import forget_reset_links, forget_sessions
from campaigns.domain.accounts.history import account_changes_of
from campaigns.domain.accounts.models import LoginSession, ResetLink
from campaigns.domain.accounts.passwords import hash_password, matches
from campaigns.domain.accounts.resets import LinkSpent, holder, invitation, new_link, use_link
from tests.cast import leila, mina

pytestmark = pytest.mark.usefixtures("app")
NEW = hash_password("boat winter seven doors")


def in_minutes(minutes: int):
    return clock.at(clock.now() + timedelta(minutes=minutes))


def how_many(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def test_mina_follows_her_link_and_has_a_new_password():
    user = mina()
    secret = new_link(user)
    assert holder(secret) is user
    use_link(secret, NEW)
    db.session.commit()
    assert matches(user.password_hash, "boat winter seven doors")


def test_only_the_hash_of_a_link_is_kept():
    secret = new_link(mina())
    db.session.commit()
    kept = db.session.scalars(select(ResetLink.secret_hash)).one()
    assert secret not in kept and len(kept) == 64 and len(secret) >= 43


def test_a_link_works_once():
    secret = new_link(mina())
    use_link(secret, NEW)
    for again in (holder, lambda link: use_link(link, NEW)):
        with pytest.raises(LinkSpent):
            again(secret)


def test_a_link_works_for_half_an_hour():
    secret = new_link(mina())
    db.session.commit()
    with in_minutes(29):
        holder(secret)
    with in_minutes(31), pytest.raises(LinkSpent):
        use_link(secret, NEW)


def test_an_invitation_waits_three_days_and_says_who_wrote_it():
    user, admin = mina(), leila()
    secret = invitation(user, by=admin)
    db.session.commit()
    with in_minutes(72 * 60 - 1):
        holder(secret)
    with in_minutes(72 * 60 + 1), pytest.raises(LinkSpent):
        use_link(secret, NEW)
    assert [(row.verb, row.actor_id) for row in account_changes_of(user)][1:] == [("invite", admin.id)]


def test_a_newer_link_ends_the_older():
    user = mina()
    older, newer = new_link(user), new_link(user)
    with pytest.raises(LinkSpent):
        holder(older)
    assert holder(newer) is user


@pytest.mark.parametrize("secret", ["", "x", "آ" * 500, "' OR 1=1 --"])
def test_a_made_up_link_is_a_spent_one(secret):
    mina()
    with pytest.raises(LinkSpent):
        holder(secret)


def test_a_disabled_account_has_no_way_back_through_a_link():
    user = mina()
    secret = new_link(user)
    set_enabled(user, False)
    with pytest.raises(LinkSpent):
        use_link(secret, NEW)
    set_enabled(user, True)
    with pytest.raises(LinkSpent):
        use_link(secret, NEW)


def test_a_reset_ends_every_session():
    user = mina()
    db.session.add_all(LoginSession(id_hash=f"{n}", user_id=user.id) for n in range(3))
    use_link(new_link(user), NEW)
    db.session.commit()
    assert how_many(LoginSession) == 0


def test_the_worker_sweeps_what_nobody_can_use():
    user = mina()
    new_link(user)
    db.session.add(LoginSession(id_hash="old", user_id=user.id))
    db.session.commit()
    forget_sessions(12)
    forget_reset_links()
    assert (how_many(LoginSession), how_many(ResetLink)) == (1, 1)
    with in_minutes(12 * 60 + 1):
        forget_sessions(12)
    with in_minutes(25 * 60):
        forget_reset_links()
    assert (how_many(LoginSession), how_many(ResetLink)) == (0, 0)
