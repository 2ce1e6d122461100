"""The country always keeps somebody who can let the others in."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.actions import create_person, set_enabled
from campaigns.domain.accounts.administrators import LastAdministrator
from campaigns.domain.accounts.grants import changes_of, grant_role, revoke_role
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import leila, person, reza


@pytest.fixture(autouse=True)
def provinces(app):
    seed_provinces()
    db.session.commit()


def must_stay(user):
    with pytest.raises(LastAdministrator):
        set_enabled(user, False)
    with pytest.raises(LastAdministrator):
        revoke_role(user, Role.ADMIN)
    assert user.is_enabled and len(grants_of(user.id)) == len(changes_of(user)) == 1


def test_the_last_administrator_stays():
    must_stay(leila())


def test_of_two_administrators_one_may_go():
    admin, nader = leila(), person("Nader", Role.ADMIN)
    set_enabled(admin, False)
    must_stay(nader)


def test_who_is_shut_out_or_has_no_password_yet_is_no_help():
    admin = leila()
    set_enabled(person("Nader", Role.ADMIN), False)
    grant_role(create_person("Sahar", email="sahar@example.org"), Role.ADMIN)
    must_stay(admin)


def test_neither_is_who_administrates_one_province_or_does_something_else():
    admin, _moderator = leila(), reza()
    person("Hadi", Role.ADMIN, province_code="IR-25")
    must_stay(admin)


def test_other_roles_of_the_last_administrator_may_go():
    admin = leila()
    grant_role(admin, Role.MODERATOR)
    grant_role(admin, Role.ADMIN, province_code="IR-25")
    assert revoke_role(admin, Role.MODERATOR) and revoke_role(admin, Role.ADMIN, province_code="IR-25")


def test_one_who_was_shut_out_already_may_lose_the_role():
    leila()
    nader = person("Nader", Role.ADMIN)
    set_enabled(nader, False)
    assert revoke_role(nader, Role.ADMIN)
