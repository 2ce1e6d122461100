import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.grants import BadScope, changes_of, grant_role, revoke_role
from campaigns.domain.accounts.models import GrantChange
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import leila, person


@pytest.fixture(autouse=True)
def provinces(app):
    seed_provinces()
    db.session.commit()


def test_leila_makes_sara_an_auditor_and_the_record_says_so():
    admin, sara = leila(), person("Sara")
    grant_role(sara, Role.AUDITOR, province_code="IR-08", by=admin)
    db.session.commit()
    [change] = changes_of(sara)
    assert (change.verb, change.role, change.province_code, change.actor_id) == (
        "grant",
        "auditor",
        "IR-08",
        admin.id,
    )


def test_giving_a_role_twice_gives_it_once():
    sara = person("Sara")
    first = grant_role(sara, Role.FINANCE)
    assert grant_role(sara, Role.FINANCE) is first
    assert len(grants_of(sara.id)) == len(changes_of(sara)) == 1


def test_the_same_role_in_two_provinces_is_two_grants():
    sara = person("Sara")
    grant_role(sara, Role.MODERATOR, province_code="IR-08")
    grant_role(sara, Role.MODERATOR, province_code="IR-21")
    assert len(grants_of(sara.id)) == 2


def test_a_role_is_taken_away_only_where_it_was_given():
    sara = person("Sara", Role.MODERATOR, province_code="IR-08")
    assert not revoke_role(sara, Role.MODERATOR)
    assert not revoke_role(sara, Role.MODERATOR, province_code="IR-21")
    assert revoke_role(sara, Role.MODERATOR, province_code="IR-08", by=leila())
    assert grants_of(sara.id) == []
    assert [change.verb for change in changes_of(sara)] == ["grant", "revoke"]


def test_a_role_holds_in_a_province_or_on_a_campaign_never_both():
    with pytest.raises(BadScope):
        grant_role(person("Sara"), Role.MODERATOR, province_code="IR-08", campaign_id=1)


@pytest.mark.parametrize("statement", [update(GrantChange).values(role="admin"), delete(GrantChange)])
def test_nobody_rewrites_the_record_of_roles(statement):
    person("Sara", Role.FINANCE)
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(statement)
    db.session.rollback()
