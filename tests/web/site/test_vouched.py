"""Who vouches for a campaign and an organization: licence, approval, papers, and what became of the money."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.states import Move
from tests.cast import mina, parisa, reza
from tests.partnership import agreed, partner
from tests.worlds import gift, live_campaign


@pytest.fixture
def people(app):
    return mina(), reza(), parisa()


def test_the_campaign_says_how_many_approved_it_and_where_its_licence_can_be_looked_up(
    people, client, change_settings
):
    campaign = live_campaign(*people)
    page = client.get(f"/en/c/{campaign.slug}").text
    assert "by 2 moderators who had no part" in page and "Look the licence up" not in page
    assert "Reza" not in page and "Parisa" not in page, "their names are theirs"
    change_settings(licence_check_url="https://licences.example/")
    assert (
        'href="https://licences.example/"'
        in client.get(f"/en/organizations/{campaign.organization.slug}").text
    )


def test_an_organization_shows_what_became_of_the_money_of_what_is_over(people, client):
    campaign = live_campaign(*people)
    gift(campaign, 5_000_000)
    move(campaign, Move.END, people[0], "تمام شد")
    db.session.commit()
    page = client.get(f"/en/organizations/{campaign.organization.slug}").text
    assert "what became of the money" in page and f'href="/en/c/{campaign.slug}/report"' in page
    assert "still kept" in page and '"@type": "NGO"' in page


def test_the_sitemap_lists_organizations_and_memoranda(people, client):
    made = agreed(*people[:2], [partner(people[0]).organization])
    listed = client.get("/sitemap.xml").text
    assert f"/memoranda/{made.public_id}" in listed and f"/organizations/{made.house.slug}" in listed
