"""Who may do what where, written out once more, by hand, over every role, permission and place."""

import pytest

from campaigns.domain.accounts.access import COUNTRY, Where, covers, may, scope_of
from campaigns.domain.accounts.grants import grant_role, revoke_role
from campaigns.domain.accounts.models import Grant
from campaigns.domain.accounts.permissions import (
    READING,
    READS_ONLY,
    ROLE_LABELS,
    SENTENCES,
    WHO_MAY,
    Permission,
    Role,
)
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import person

ME, OTHER = 7, 8
KERMAN, YAZD = "IR-08", "IR-21"

GRANTS = {
    "country": {},
    "Kerman": {"province_code": KERMAN},
    "campaign 3": {"campaign_id": 3},
}
PLACES = {
    "country": COUNTRY,
    "own in Kerman": Where(3, frozenset({KERMAN}), ME),
    "other's in Kerman": Where(3, frozenset({KERMAN}), OTHER),
    "other's in Yazd": Where(4, frozenset({YAZD}), OTHER),
    "own in Yazd": Where(4, frozenset({YAZD}), ME),
    "own, nowhere yet": Where(5, frozenset(), ME),
}

# One line a role and a grant; the places in the order above. «x»: the role's permissions hold there.
REACH = {
    Role.ORGANIZER: {"country": "xx..xx", "Kerman": ".x..xx", "campaign 3": ".xx..."},
    Role.PROVINCE_DESK: {"country": "xxxxxx", "Kerman": ".xx...", "campaign 3": ".xx..."},
    Role.MODERATOR: {"country": "xxxxxx", "Kerman": ".xx...", "campaign 3": ".xx..."},
    Role.FINANCE: {"country": "xxxxxx", "Kerman": ".xx...", "campaign 3": ".xx..."},
    Role.AUDITOR: {"country": "xxxxxx", "Kerman": ".xx...", "campaign 3": ".xx..."},
    Role.ADMIN: {"country": "xxxxxx", "Kerman": ".xx...", "campaign 3": ".xx..."},
    Role.CLERK: {"country": "xxxxxx", "Kerman": ".xx...", "campaign 3": ".xx..."},
    Role.COORDINATOR: {"country": "xxxxxx", "Kerman": ".xx...", "campaign 3": ".xx..."},
    Role.VIEWER: {"country": "xxxxxx", "Kerman": ".xx...", "campaign 3": ".xx..."},
}

# One line a permission; the roles in the order: organizer, province desk, moderator, finance, auditor, admin,
# clerk, coordinator, viewer.
HOLDERS = {
    Permission.EDIT_CAMPAIGN: "xx...x...",
    Permission.SEE_GIFTS: "xx.xxx..x",
    Permission.POST_UPDATE: "xx...x...",
    Permission.STEER_CAMPAIGN: ".xx..x...",
    Permission.MODERATE: "..x..x...",
    Permission.SEE_MONEY: "...xxx...",
    Permission.HANDLE_MONEY: "...x.x...",
    Permission.SEE_LOG: "..x.xx...",
    Permission.SEE_AUDIT: "....xx...",
    Permission.MANAGE_PEOPLE: ".....x...",
    Permission.TAKE_GIFTS: ".....xx..",
    Permission.KEEP_GOODS: ".x...xx..",
    Permission.COORDINATE: ".....x.x.",
    Permission.KEEP_ROLLS: "xx...x.x.",
    Permission.KEEP_SPECIALITIES: ".....x...",
    Permission.RECORD_DELIVERIES: ".x...xx..",
    Permission.MANAGE_PARTNERS: ".x...x...",
}

EVERYTHING = [
    (role, permission, grant, place)
    for role in Role
    for permission in Permission
    for grant in GRANTS
    for place in PLACES
]


def expected(role: Role, permission: Permission, grant: str, place: str) -> bool:
    holds = HOLDERS[permission][list(Role).index(role)] == "x"
    reaches = REACH[role][grant][list(PLACES).index(place)] == "x"
    return holds and reaches


def test_every_role_permission_grant_and_place_is_as_the_table_says():
    wrong = [
        case
        for case in EVERYTHING
        if covers(Grant(user_id=ME, role=case[0].value, **GRANTS[case[2]]), case[1], PLACES[case[3]])
        is not expected(*case)
    ]
    assert len(EVERYTHING) == 9 * 17 * 3 * 6
    assert wrong == []


def test_auditors_hold_nothing_that_writes():
    assert Role.AUDITOR in READS_ONLY
    for role in READS_ONLY:
        assert WHO_MAY[role] <= READING


def test_permissions_that_only_read_are_named_so():
    assert {permission for permission in Permission if permission.name.startswith("SEE_")} == READING


def test_every_permission_and_role_has_its_words(app):
    assert set(SENTENCES) == set(Permission)
    assert set(ROLE_LABELS) == set(Role)
    assert all(str(words).strip() for words in (*SENTENCES.values(), *ROLE_LABELS.values()))


@pytest.fixture
def places(app):
    seed_provinces()


def test_somebody_without_a_grant_may_nothing(app):
    sara = person("Sara")
    assert not any(may(sara.id, permission) or scope_of(sara.id, permission) for permission in Permission)


def test_a_province_moderator_sees_a_queue_of_that_province_only(places):
    parisa = person("Parisa", Role.MODERATOR, province_code=KERMAN)
    scope = scope_of(parisa.id, Permission.MODERATE)
    assert (scope.everywhere, scope.province_codes, scope.own) == (False, {KERMAN}, False)
    assert may(parisa.id, Permission.MODERATE, Where(1, frozenset({KERMAN, YAZD})))
    assert not may(parisa.id, Permission.MODERATE, Where(1, frozenset({YAZD})))
    assert not may(parisa.id, Permission.MODERATE)


def test_an_organizers_lists_hold_their_own_campaigns(places):
    mina = person("Mina", Role.ORGANIZER)
    scope = scope_of(mina.id, Permission.EDIT_CAMPAIGN)
    assert (scope.everywhere, scope.own, scope.province_codes) == (False, True, frozenset())
    assert not scope_of(mina.id, Permission.MODERATE)


def test_two_roles_add_up(places):
    mina = person("Mina", Role.ORGANIZER, Role.FINANCE)
    assert may(mina.id, Permission.EDIT_CAMPAIGN) and may(mina.id, Permission.HANDLE_MONEY)


def test_a_revoked_role_is_gone_at_once(places):
    reza = person("Reza", Role.MODERATOR)
    assert revoke_role(reza, Role.MODERATOR)
    assert not may(reza.id, Permission.MODERATE)
    grant_role(reza, Role.MODERATOR)
    assert may(reza.id, Permission.MODERATE)
