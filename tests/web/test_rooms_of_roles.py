"""Each role alone in the offices: what lies elsewhere does not exist, and no link leads to a shut door.

Which doors open at all is kept in `route_matrix.txt`.
"""

import pytest

from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.parts import Part
from campaigns.web.guards import Access
from tests.cast import person
from tests.house.walk import House
from tests.web.officehands import Hands
from tests.worlds import change

OFFICES = (
    "/desk",
    "/counter",
    "/goods",
    "/mod",
    "/finance",
    "/account",
    "/people",
    "/audit",
    "/coordination",
    "/deliveries",
)
PLACES = {"the country": {}, "another province": {"province_code": "IR-21"}}


@pytest.fixture
def house(app):
    house = House(app)
    change(house.campaign, Part.LOOK, house.kamran, motif="bricks")
    return house


def opens(hands, path):
    answer = hands.get(path)
    assert answer.status_code in {200, 302, 303, 404}, (path, answer.status_code)
    return answer.status_code != 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANIZER])
def test_a_role_in_another_province_sees_nothing_of_this_campaign(app, house, role):
    hands = Hands(app, person("Sima", role, province_code="IR-21"))
    for path, policy, _rule in house.pages():
        if policy.access is Access.PERMISSION and house.campaign.public_id in path:
            assert not opens(hands, path), (role, path)


def test_an_organizer_sees_nothing_of_the_work_of_another(app, house):
    hands = Hands(app, person("Sima", Role.ORGANIZER))
    for path, policy, _rule in house.pages():
        if policy.access is Access.PERMISSION and house.campaign.public_id in path:
            assert not opens(hands, path), path


@pytest.mark.parametrize(
    ("role", "place"),
    [
        *((role, "the country") for role in Role),
        *((role, "another province") for role in (Role.PROVINCE_DESK, Role.MODERATOR, Role.ADMIN)),
    ],
)
def test_no_page_of_the_offices_leads_somebody_to_a_door_that_is_shut(app, house, role, place):
    user = person("Sima", role, **PLACES[place])
    house.works(user)
    hands = Hands(app, user)
    seen, waiting = set(), ["/account"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page = hands.get(path)
        assert page.status_code in {200, 302, 303}, (role, place, path)
        if page.status_code == 200 and page.mimetype == "text/html":
            waiting += links(page.text)
    assert any(path.startswith("/account/") for path in seen)


def test_an_auditor_is_led_to_the_log(app):
    assert "/mod/log" in links(Hands(app, person("Babak", Role.AUDITOR)).seen("/account"))


def links(text):
    """Paths of ours within the offices; the public pages are walked elsewhere."""
    found = [part.split('"')[0].split("#")[0].replace("&amp;", "&") for part in text.split('href="')[1:]]
    return [path for path in found if path.startswith(OFFICES)]
