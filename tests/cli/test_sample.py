"""`flask sample load` and `logins`, with fewer gifts than people will see."""

from collections import Counter
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.cli.sample import data
from campaigns.cli.sample.deliveries import round_records
from campaigns.cli.sample.loading import CHECKING
from campaigns.cli.sample.timeline import Calendar
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.deliveries.grants import by_province, of_campaign
from campaigns.domain.deliveries.reports import shown
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_states import LIVE
from campaigns.domain.goods.pledge_states import State as PledgeState
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.domain.insights.portal import open_by_province
from campaigns.domain.ledger.models import CampaignRollup
from campaigns.domain.ledger.queries import disagreements, received
from campaigns.domain.moderation.models import Decision
from campaigns.domain.partners.queries import Filters, public_memoranda
from campaigns.domain.partners.states import State, state_on
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.volunteers.words import Division
from tests.cast import PASSWORD, mina
from tests.queueing import waiting

GIFTS = 130


@pytest.fixture
def flask(app):
    def run(*words: object):
        return app.test_cli_runner().invoke(args=["sample", *map(str, words)])

    return run


@pytest.fixture
def loaded(app, flask, database_house):
    """Loaded by the first who asks in this process; the others get the same rows again."""
    if not database_house.restore("sample"):
        answer = flask("load", "--gifts", GIFTS)
        assert answer.exit_code == 0, answer.output
        assert "31 sample campaigns are ready." in answer.output
        db.session.remove()
        database_house.keep("sample")
    app.extensions["pagecache"].clear()


def test_book_rollups_and_gifts_agree_to_the_rial(app, loaded):
    assert disagreements() == []
    received_sums = (
        select(Contribution.campaign_id, func.sum(Contribution.rials).label("rials"))
        .where(Contribution.received_at.is_not(None))
        .group_by(Contribution.campaign_id)
    )
    given = {row.campaign_id: row.rials for row in db.session.execute(received_sums)}
    rollups = db.session.scalars(select(CampaignRollup))
    rolled = {rollup.campaign_id: rollup.received_rials for rollup in rollups}
    assert rolled == given
    for sample in data.campaigns():
        campaign = _campaign(sample.slug)
        assert received(campaign.id) == given.get(campaign.id, 0) == sample.target_rials
        page = campaign_page(campaign, "fa")
        own = page.whole.own.received_rials if page.whole else page.received_rials
        assert own * 100 // page.goal_rials == sample.journey.percent if sample.goal_rials else not own


def test_every_campaign_is_where_its_story_has_brought_it(app, loaded):
    for sample in data.campaigns():
        campaign = _campaign(sample.slug)
        assert campaign.state == sample.journey.state
        assert campaign.is_sample
        assert campaign.unit_price_rials == sample.unit_price_rials
        assert {province.code for province in campaign.provinces} == set(sample.provinces)
        assert {county.name_fa for county in campaign.counties} == {county.fa for county in sample.counties}
        assert set(db.session.scalars(select(CampaignText.title).filter_by(campaign_id=campaign.id))) == {
            sample.fa.title,
            sample.en.title,
        }
    assert all(house.is_sample for house in db.session.scalars(select(Organization)))
    assert len(open_by_province()) >= 25


def test_everything_happened_in_order_and_in_the_past(app, loaded):
    moments = list(db.session.scalars(select(Decision.decided_at).order_by(Decision.id)))
    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert moments[-1] < now()
    gifts = db.session.scalars(select(Contribution).where(Contribution.received_at.is_not(None)))
    assert all(gift.pledged_at < gift.received_at < now() for gift in gifts)


def test_the_desk_has_something_to_do(app, loaded):
    assert {item.kind for item in waiting()} >= {"campaign", "edit", "update"}
    states = Counter(db.session.scalars(select(PaymentAttempt.state)))
    assert states["verifying"] == CHECKING
    assert states["paid"] >= GIFTS * 0.8
    said = Counter(db.session.scalars(select(Contribution.message_state)))
    assert said["shown"] > 0


def test_eighteen_memoranda_of_every_division_and_state_can_be_read(app, loaded):
    rows, total = public_memoranda(Filters(), tehran_day(now()))
    assert (len(rows), total) == (18, 18)
    assert {row.division for row in rows} == set(Division)
    states = {state_on(row, tehran_day(now())) for row in rows}
    assert states == {State.IN_FORCE, State.ENDED, State.ENDED_EARLY}
    assert all(row.is_sample and row.parties for row in rows)
    assert {item.kind for item in waiting("memorandum")} == {"memorandum"}
    campaign = _campaign("sistan-dialysis")
    assert [one.slug for one in campaign_page(campaign, "fa").partners] == ["parastaran"]


def test_who_wrote_a_campaign_finds_it_on_their_desk(app, loaded):
    for campaign in db.session.scalars(select(Campaign)):
        assert may(campaign.author_id, Permission.EDIT_CAMPAIGN, where_is(campaign)), campaign.slug


def test_the_grants_of_the_round_before_reached_the_eight_provinces(app, loaded):
    told = by_province("en").told
    assert sum(number for *_where, number in round_records()) == 3_459
    campaign = _campaign("hasht-ostan-dore-pish")
    assert of_campaign(campaign.id, "en").total == 3_459
    assert len([code for code, count in told.columns.items() if count]) == 8
    assert shown(campaign.id) is not None
    assert not waiting("delivery")


def test_a_sample_page_says_what_it_is(client, loaded):
    assert "sample data" in client.get("/en/c/kerman-jahiz").text
    assert client.get("/c/chabahar-sofreh").status_code == 404  # a draft


def test_a_sample_person_signs_in(client, flask, loaded):
    said = flask("logins").output
    assert data.password() in said
    assert "mina@pooyesh.example" in said
    answer = client.post("/sign-in", data={"login": "reza@pooyesh.example", "password": data.password()})
    assert answer.status_code == 303


def test_a_database_in_use_is_left_alone(app, flask):
    mina()
    answer = flask("load")
    assert answer.exit_code == 1
    assert "holds something already" in answer.output
    assert PASSWORD not in answer.output
    assert db.session.scalar(select(func.count(Campaign.id))) == 0


def test_loading_twice_is_refused(flask, loaded):
    assert flask("load").exit_code == 1


def test_a_production_site_gets_no_sample_people(flask, change_settings):
    change_settings(environment="production")
    answer = flask("load")
    assert answer.exit_code == 1
    assert "production" in answer.output


def test_without_sample_people_there_are_no_logins(flask):
    answer = flask("logins")
    assert answer.exit_code == 1
    assert "No sample people" in answer.output


def test_no_sample_moment_lies_in_the_future():
    calendar = Calendar(now())
    assert calendar.moment(5) < now()
    assert calendar.moment(-5) < calendar.moment(-4)


def _campaign(slug: str) -> Campaign:
    return db.session.scalars(select(Campaign).where(Campaign.slug == slug)).one()


def test_goods_are_promised_in_every_state_and_the_counts_are_right(app, loaded):
    found = Counter(db.session.scalars(select(Pledge.state)))
    assert set(found) == {state.value for state in PledgeState}
    for line in db.session.scalars(select(NeedLine)):
        mine = Pledge.need_id == line.id
        live = select(func.sum(Pledge.quantity)).where(mine, Pledge.state.in_(LIVE))
        came = select(func.sum(Pledge.received)).where(mine)
        assert (line.reserved, line.received) == (db.session.scalar(live) or 0, db.session.scalar(came) or 0)
