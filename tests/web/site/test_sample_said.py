"""Every page that shows invented campaigns says that they are invented; a real site says nothing of the kind."""

import pytest

from campaigns.base.extensions import db
from tests.cast import mina, parisa, reza
from tests.worlds import gift, live_campaign

PAGES = (
    "/",
    "/campaigns",
    "/campaigns?topic=crisis",
    "/provinces",
    "/provinces/IR-08",
    "/about",
    "/about/decisions",
    "/organizations/nikookari",
    "/c/dowry-kerman",
    "/c/dowry-kerman/share",
    "/c/dowry-kerman/give",
    "/c/dowry-kerman/give?other=50000&intent=nazr",
    "/c/dowry-kerman/give?other=x",
    "/e/dowry-kerman/card",
    "/e/dowry-kerman/badge.svg",
)
SAID = {"": "نمونه", "/en": "sample"}


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("prefix", SAID)
def test_a_page_with_sample_data_says_so(campaign, client, prefix, page):
    assert SAID[prefix] not in client.get(prefix + page).text.lower()
    campaign.is_sample = campaign.organization.is_sample = True
    gift(campaign)
    client.application.extensions["pagecache"].clear()
    assert SAID[prefix] in client.get(prefix + page).text.lower()


def test_machines_are_told_too(campaign, client):
    path = "/api/campaigns/dowry-kerman.json"
    assert client.get(path).json["is_sample"] is False
    campaign.is_sample = True
    db.session.commit()
    client.application.extensions["pagecache"].clear()
    assert client.get(path).json["is_sample"] is True
