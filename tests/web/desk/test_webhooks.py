"""Mina has a newspaper's server told; whose campaign it is not finds nothing."""

import re

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.webhooks import endpoints
from campaigns.domain.webhooks.models import Endpoint
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.worlds import live_campaign

HOOK = "http://127.0.0.1:9/hook"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def desk(campaign, more: str = "") -> str:
    return f"/en/desk/c/{campaign.public_id}/webhooks{more}"


def test_the_secret_is_shown_once_and_kept_sealed(app, campaign):
    mina_ = Hands(app, campaign.author)
    answer = mina_.fill(desk(campaign), url=HOOK)
    (secret,) = re.findall(r'value="(whsec_[^"]+)"', answer.text)
    assert secret not in mina_.seen(desk(campaign)) and HOOK in mina_.seen(desk(campaign))
    one = db.session.query(Endpoint).one()
    assert secret not in one.sealed_secret and endpoints.secret_of(one) == secret
    renewed = mina_.post(desk(campaign, f"/{one.public_id}/secret"), {"csrf_token": mina_.token})
    assert "whsec_" in renewed.text and secret not in renewed.text
    mina_.after(mina_.post(desk(campaign, f"/{one.public_id}/remove"), {"csrf_token": mina_.token}))
    assert endpoints.of_campaign(campaign.id) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [("not an address", "has to begin with"), ("ftp://example.org", "has to begin with"), (HOOK, "already")],
)
def test_a_wrong_address_is_said_beside_its_field_and_stays_there(app, campaign, url, said):
    mina_ = Hands(app, campaign.author)
    mina_.fill(desk(campaign), url=HOOK)
    answer = mina_.fill(desk(campaign), url=url)
    assert answer.status_code == 422 and said in answer.text and f'value="{url}"' in answer.text
    assert len(endpoints.of_campaign(campaign.id)) == 1


def test_in_production_only_public_addresses_are_told(app, campaign, change_settings):
    mina_ = Hands(app, campaign.author)
    change_settings(environment="production")
    answer = mina_.fill(desk(campaign), url="https://10.0.0.8/hook")
    assert answer.status_code == 422 and "not public" in answer.text


def test_nobody_else_finds_them(app, campaign):
    made, _secret = endpoints.add(campaign, HOOK, campaign.author)
    db.session.commit()
    omid = Hands(app, person("Omid", Role.ORGANIZER))
    assert omid.get(desk(campaign)).status_code == 404
    for act in ("secret", "remove"):
        answer = omid.post(desk(campaign, f"/{made.public_id}/{act}"), {"csrf_token": omid.token})
        assert answer.status_code == 404
