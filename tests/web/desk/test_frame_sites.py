"""Mina says which newspapers may show the frames of her campaign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.frame_sites import MOST, NoSite, host_of, sites_of
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.worlds import live_campaign

CARD = "/en/e/dowry-kerman/card"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def desk(campaign) -> str:
    return f"/en/desk/c/{campaign.public_id}/widgets/sites"


def shown_by(client, path: str = CARD) -> str:
    return client.get(path).headers["Content-Security-Policy"].rpartition("frame-ancestors ")[2]


def test_what_mina_chooses_holds_from_the_next_request_on_and_only_for_her_frames(app, campaign, client):
    hands = Hands(app, campaign.author)
    assert shown_by(client) == "*"
    hands.after(
        hands.fill(desk(campaign), sites="https://News.example.org/today\nخبر.example *.school.example:8443")
    )
    chosen = ("*.school.example:8443", "news.example.org", "xn--ngblk.example")
    assert tuple(sites_of(campaign.id)) == chosen
    assert shown_by(client) == "'self' " + " ".join(f"https://{one} http://{one}" for one in chosen)
    assert shown_by(client, f"{CARD}?fit=1").endswith("; script-src 'self'")
    assert shown_by(client, "/en/e/provinces/map") == "*"
    assert "news.example.org" in hands.seen(desk(campaign))
    hands.after(hands.fill(desk(campaign), sites=""))
    assert shown_by(client) == "*"


@pytest.mark.parametrize(
    "typed", ["news.example.org; script-src *", "a_b.example", "ftp://", "'self'", "x" * 70]
)
def test_what_is_no_site_is_said_beside_the_field_and_stays_there(app, campaign, client, typed):
    hands = Hands(app, campaign.author)
    answer = hands.fill(desk(campaign), sites=typed)
    assert answer.status_code == 422 and "is not the name of a site" in answer.text
    assert 'aria-invalid="true"' in answer.text and typed.partition("'")[0] in answer.text
    assert shown_by(client) == "*"


def test_more_than_twenty_are_too_many(app, campaign):
    answer = Hands(app, campaign.author).fill(
        desk(campaign), sites=" ".join(f"n{number}.example" for number in range(MOST + 1))
    )
    assert answer.status_code == 422 and "20 sites at most" in answer.text


def test_nobody_else_chooses_them(app, campaign):
    other = person("neda", Role.ORGANIZER)
    db.session.commit()
    assert Hands(app, other).get(desk(campaign)).status_code == 404


@given(st.text())
def test_no_name_brings_anything_else_into_the_policy(typed):
    try:
        host = host_of(typed)
    except NoSite:
        return
    assert host.isascii() and not set(host) & set(" ;,'\"\t\r\n") and "*" not in host.removeprefix("*.")
