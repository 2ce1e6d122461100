"""What needs Mina today: one list over all her campaigns, the most urgent first, in a fixed number of queries."""

from datetime import timedelta

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.volunteers.shift_models import Shift
from tests.cast import mina, parisa, person, reza
from tests.counting import counting
from tests.domain.goods.needy import need
from tests.volunteering import driver
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign, ready_draft


@pytest.fixture
def desk(app):
    return Hands(app, mina())


@pytest.fixture
def campaign(desk):
    return live_campaign(desk.user, reza(), parisa())


def busy(campaign):
    """Everything a campaign can ask for at once."""
    campaign.ends_on = tehran_day(now()) + timedelta(days=2)
    campaign.approved_at = now() - timedelta(days=30)
    back = CampaignUpdate(
        campaign=campaign, author_id=campaign.author_id, title="ا", body="ب", state="returned"
    )
    starts = now() + timedelta(days=1)
    shift = Shift(role=driver(campaign), starts_at=starts, ends_at=starts + timedelta(hours=2), places=3)
    db.session.add_all([back, shift])
    need(campaign).confirmed_on = tehran_day(now()) - timedelta(days=40)
    gift(campaign, message="خدا قوت").message_state = "shown"
    db.session.commit()


def test_the_most_urgent_stands_first(desk, campaign):
    busy(campaign)
    ready_draft(desk.user, "another")
    page = desk.seen("/en/desk/")
    sentences = (
        "asked for changes to an update",
        "2 days are left",
        "1 shift of this week has free places",
        "was not thanked yet",
        "looked at 1 need",
        "no update for more than a week",
        "The draft waits",
    )
    places = [page.index(sentence) for sentence in sentences]
    assert places == sorted(places)


def test_the_number_of_queries_does_not_grow_with_campaigns(desk, campaign):
    busy(campaign)
    moderator = person("Nima", Role.MODERATOR)
    with counting() as few:
        desk.seen("/en/desk/")
    for number in range(6):
        busy(live_campaign(desk.user, moderator, slug=f"campaign-{number}"))
    with counting() as many:
        desk.seen("/en/desk/")
    assert len(many) == len(few)


def test_who_may_not_do_it_is_not_asked_to(app, campaign):
    busy(campaign)
    assert "Nothing waits for you" in Hands(app, person("Negar", Role.FINANCE)).seen("/en/desk/")
