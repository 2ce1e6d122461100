"""Whoever gives roles never gives more than they have, never to themselves, and never shuts out the last one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope, Where, covers, grants_of, scope_of
from campaigns.domain.accounts.administrators import LastAdministrator
from campaigns.domain.accounts.delegation import HeldAlready, NotYours, give, invite, reaches, switch, take
from campaigns.domain.accounts.grants import Place, changes_of, grant_role
from campaigns.domain.accounts.history import account_changes_of
from campaigns.domain.accounts.models import Grant, User
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role
from campaigns.domain.campaigns.queries import only_in
from campaigns.domain.regions.actions import seed_provinces
from campaigns.domain.regions.queries import province
from tests.cast import leila, mina, person
from tests.support.crowds import at_once
from tests.worlds import empty_draft

QOM, KERMAN, YAZD = "IR-25", "IR-08", "IR-21"
CODES = st.frozensets(st.sampled_from([QOM, KERMAN, YAZD]))
ACTOR, OTHER, AUTHOR = 1, 2, 3


@pytest.fixture
def house(app):
    seed_provinces()
    db.session.commit()


def scope(user) -> Scope:
    return scope_of(user.id, Permission.MANAGE_PEOPLE)


def test_whoever_manages_people_may_do_everything_there_so_no_role_is_more_than_they_have():
    managers = [role for role in Role if Permission.MANAGE_PEOPLE in WHO_MAY[role]]
    assert managers == [Role.ADMIN]
    assert all(WHO_MAY[role] == frozenset(Permission) for role in managers)


@given(
    mine=CODES,
    serves=st.dictionaries(st.integers(1, 4), CODES.filter(bool), min_size=1),
    role=st.sampled_from(Role),
    data=st.data(),
)
def test_no_role_within_reach_allows_anything_beyond_it(mine, serves, role, data):
    """In any house, wherever its campaigns are: what the new grant covers, its giver covers."""
    inside = frozenset(key for key, codes in serves.items() if codes <= mine)
    reach = Scope(everywhere=False, province_codes=mine, campaign_ids=inside, own=False)
    places = [Place(), *(Place(code) for code in (QOM, KERMAN, YAZD)), *(Place(None, key) for key in serves)]
    place = data.draw(st.sampled_from(places))
    if not reaches(reach, place):
        return
    given_now = Grant(user_id=OTHER, role=role, **place._asdict())
    actors = [Grant(user_id=ACTOR, role=Role.ADMIN, province_code=code) for code in mine]
    for permission in Permission:
        for key, codes in serves.items():
            where = Where(key, codes, AUTHOR)
            assert not covers(given_now, permission, where) or any(
                covers(grant, permission, where) for grant in actors
            )


def test_a_campaign_is_within_reach_when_it_serves_no_other_province(house):
    author = mina()
    here, both = empty_draft(author, "here"), empty_draft(author, "both")
    here.provinces = [province(QOM)]
    both.provinces = [province(QOM), province(KERMAN)]
    empty_draft(author, "nowhere-yet")
    db.session.commit()
    assert only_in({QOM}) == {here.id}
    assert only_in({QOM, KERMAN}) == {here.id, both.id}
    assert only_in(frozenset()) == frozenset()


def test_qoms_administrator_gives_roles_in_qom_and_nowhere_else(house):
    hadi, nima = person("Hadi", Role.ADMIN, province_code=QOM), person("Nima")
    give(hadi, scope(hadi), nima, Role.MODERATOR, Place(QOM))
    for place in (Place(), Place(KERMAN)):
        with pytest.raises(NotYours):
            give(hadi, scope(hadi), nima, Role.MODERATOR, place)
    assert [(grant.role, grant.province_code) for grant in grants_of(nima.id)] == [("moderator", QOM)]
    assert changes_of(nima)[-1].actor_id == hadi.id


def test_qoms_administrator_takes_no_role_away_that_reaches_further(house):
    hadi, nima = person("Hadi", Role.ADMIN, province_code=QOM), person("Nima", Role.MODERATOR)
    grant_role(nima, Role.FINANCE, province_code=KERMAN)
    for role, place in ((Role.MODERATOR, Place()), (Role.FINANCE, Place(KERMAN))):
        with pytest.raises(NotYours):
            take(hadi, scope(hadi), nima, role, place)
    assert len(grants_of(nima.id)) == 2


def test_who_also_works_elsewhere_is_not_shut_out_from_here(house):
    hadi, nima = person("Hadi", Role.ADMIN, province_code=QOM), person("Nima", Role.MODERATOR)
    grant_role(nima, Role.MODERATOR, province_code=QOM)
    for act in (lambda: switch(hadi, scope(hadi), nima, False), lambda: invite(hadi, scope(hadi), nima)):
        with pytest.raises(NotYours):
            act()
    assert nima.is_enabled


def test_nobody_changes_their_own_roles_or_account(house):
    admin, _other = leila(), person("Nader", Role.ADMIN)
    for act in (
        lambda: give(admin, scope(admin), admin, Role.FINANCE, Place(KERMAN)),
        lambda: take(admin, scope(admin), admin, Role.ADMIN, Place()),
        lambda: switch(admin, scope(admin), admin, False),
        lambda: invite(admin, scope(admin), admin),
    ):
        with pytest.raises(NotYours):
            act()
    assert len(grants_of(admin.id)) == len(changes_of(admin)) == 1


def test_a_role_is_not_given_twice_but_its_organization_may_become_another(house):
    admin, nima = leila(), person("Nima")
    first = empty_draft(mina()).organization
    give(admin, scope(admin), nima, Role.ORGANIZER, Place(KERMAN))
    with pytest.raises(HeldAlready):
        give(admin, scope(admin), nima, Role.ORGANIZER, Place(KERMAN))
    give(admin, scope(admin), nima, Role.ORGANIZER, Place(KERMAN), first.id)
    assert [grant.organization_id for grant in grants_of(nima.id)] == [first.id]
    assert [change.organization_id for change in changes_of(nima)] == [None, first.id]


def test_who_never_had_a_password_or_has_no_mail_is_invited_and_nobody_else(house):
    admin = leila()
    sara = person("Sara")
    with pytest.raises(NotYours):
        invite(admin, scope(admin), sara)
    sara.password_hash = None
    assert invite(admin, scope(admin), sara)
    switch(admin, scope(admin), sara, False)
    with pytest.raises(NotYours):
        invite(admin, scope(admin), sara)
    assert [change.verb for change in account_changes_of(sara)] == ["create", "invite", "disable"]


def test_two_administrators_who_shut_each_other_out_at_once_leave_one(app, house):
    admins = [leila().id, person("Nader", Role.ADMIN).id]

    def shut_out(number: int) -> bool:
        actor, other = (db.session.get_one(User, key) for key in (admins[number], admins[1 - number]))
        try:
            switch(actor, scope(actor), other, False)
        except LastAdministrator:
            return False
        db.session.commit()
        return True

    assert sorted(at_once(app, 2, shut_out)) == [False, True]
    db.session.rollback()
    assert sorted(db.session.get_one(User, key).is_enabled for key in admins) == [False, True]
