"""Zakat of Fitr given before it was kept in two accounts is the general one, with its whole history."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import AllowedIntent
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance, disagreements, received
from campaigns.domain.ledger.rollup import place
from tests.domain.ledger.book import capture
from tests.giving import live_campaign, pledged
from tests.migrations.moving import run


def test_old_fitr_becomes_the_general_one_and_back(app):
    campaign = live_campaign("fitr", "zakat")
    pledged(campaign, intent="fitr")
    capture(campaign, 700, "cap:1", intent="fitr")
    capture(campaign, 50, "cap:2", intent="zakat")
    place()
    data = {"intents": ["fitr", "zakat"], "unit_count": 3}
    edit = CampaignEdit(
        campaign_id=campaign.id,
        author_id=campaign.author_id,
        part="goal",
        data=data,
        base={"intents": ["nazr"]},
    )
    db.session.add(edit)
    db.session.commit()
    for step, name in (("upgrade", "fitr_general"), ("downgrade", "fitr"), ("upgrade", "fitr_general")):
        run("fitr_apart", step)
        assert set(db.session.scalars(select(AllowedIntent.intent))) == {name, "zakat"}
        assert db.session.scalars(select(Contribution.intent)).all() == [name]
        assert balance(accounts.campaign(campaign.id, name)) == 700
        assert edit.data == {"intents": [name, "zakat"], "unit_count": 3}
        assert edit.base == {"intents": ["nazr"]}
    assert balance(accounts.campaign(campaign.id, "fitr")) == 0
    assert (received(campaign.id), disagreements()) == (750, [])
