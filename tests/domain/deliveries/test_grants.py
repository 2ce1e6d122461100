"""How many reached people where: sums over campaigns tell nothing that the campaigns' own tables do not."""

import pytest

from campaigns.base.extensions import db
from campaigns.base.suppression import Untold
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.deliveries import grants
from tests.domain.deliveries.house import Kerman
from tests.worlds import live_campaign


@pytest.fixture
def kerman(app):
    return Kerman()


def other(kerman) -> Campaign:
    campaign = live_campaign(kerman.mina, kerman.reza, kerman.parisa, slug="dowry-again")
    db.session.commit()
    return campaign


def test_a_few_of_one_campaign_cannot_be_taken_from_the_sum_of_two(kerman):
    kerman.shown(quantity=40)
    kerman.shown(quantity=30, county=kerman.baft)
    first, kerman.campaign = kerman.campaign, other(kerman)
    kerman.shown(quantity=3)
    assert grants.of_campaign(first.id, "en").told.cell("dowry", kerman.bam.id) == 40
    assert grants.of_campaign(kerman.campaign.id, "en").told.cell("dowry", kerman.bam.id) is Untold.FEW
    assert grants.in_province("IR-08", "en").told.cell("dowry", kerman.bam.id) == 40
    assert grants.by_province("en").total == 70
    assert grants.untold() == {kerman.campaign.id}


def test_nothing_is_added_up_where_nothing_was_shown(kerman):
    kerman.agreed()
    assert grants.by_province("fa").places == [] and grants.in_province("IR-08", "fa").total == 0
