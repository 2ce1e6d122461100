"""One act stops all giving; another person lets it go on. What is on its way is never lost."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.states import Move, State
from campaigns.domain.campaigns.steering import possible_moves
from campaigns.domain.problems.freezing import condemn, freeze, freezes_of, standing, thaw
from campaigns.domain.problems.states import Refused
from campaigns.domain.reminders.queries import Standing
from campaigns.domain.reminders.queries import standing as monthly
from tests.cast import mina, parisa, reza
from tests.worlds import live_campaign


@pytest.fixture
def people(app):
    return mina(), reza(), parisa()


@pytest.fixture
def campaign(people):
    return live_campaign(*people)


def test_what_reza_froze_parisa_thaws_and_both_acts_stay_written_down(campaign, people):
    _mina, by_reza, by_parisa = people
    freeze(campaign, by_reza, "چیزی گزارش شده است.", "شمارهٔ پرونده در دست بررسی")
    db.session.commit()
    assert campaign.state == State.FROZEN and standing(campaign).reason == "چیزی گزارش شده است."
    assert monthly(campaign, "sadaqah") is Standing.RESTS
    with pytest.raises(Refused, match="own"):
        thaw(campaign, by_reza, "درست بود.")
    thaw(campaign, by_parisa, "درست بود.")
    db.session.commit()
    assert campaign.state == State.LIVE and standing(campaign) is None
    acts = [(row.act, row.actor_id) for row in freezes_of(campaign.id)]
    assert acts == [("thaw", by_parisa.id), ("freeze", by_reza.id)]


def test_who_wrote_the_campaign_cannot_thaw_or_steer_it(campaign, people):
    freeze(campaign, people[1], "چیزی گزارش شده است.")
    with pytest.raises(Refused, match="own"):
        thaw(campaign, campaign.author, "همه‌چیز خوب است.")
    assert possible_moves(campaign) == [], "neither resumed nor ended past the freeze"


def test_a_paused_campaign_is_paused_again_and_a_condemned_one_never_goes_on(campaign, people):
    move(campaign, Move.PAUSE, people[0], "استراحت")
    freeze(campaign, people[1], "چیزی گزارش شده است.")
    thaw(campaign, people[2], "درست بود.")
    assert campaign.state == State.PAUSED
    freeze(campaign, people[1], "بار دیگر.")
    condemn(campaign, people[2], "گزارش درست بود.")
    assert campaign.state == State.CANCELLED and campaign.state_reason == "گزارش درست بود."


@pytest.mark.parametrize("state", sorted(set(State) - {State.APPROVED, State.LIVE, State.PAUSED}))
def test_where_nothing_can_be_given_nothing_is_frozen(campaign, people, state):
    campaign.state = state.value
    db.session.commit()
    with pytest.raises(Refused, match="state"):
        freeze(campaign, people[1], "چیزی گزارش شده است.")
