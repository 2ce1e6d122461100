"""What is not needed any more is refused with something that is: here, at the sister campaign, or near by."""

import pytest

from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.states import Move
from campaigns.domain.goods.siblings import offers_instead
from tests.cast import mina, parisa, reza
from tests.domain.goods.needy import need
from tests.worlds import live_campaign


@pytest.fixture
def campaigns(app):
    author, moderators = mina(), (reza(), parisa())
    return [live_campaign(author, *moderators, slug=slug) for slug in ("dowry-kerman", "sister", "other")]


def offered(campaign, line):
    return [
        (offer.campaign.slug, offer.line.item_fa, offer.remaining) for offer in offers_instead(campaign, line)
    ]


def test_another_need_of_the_same_campaign_comes_first(campaigns):
    here, sister, other = campaigns
    here.sibling_id = sister.id
    blankets = need(here, quantity=2, received=2)
    need(here, "چراغ", quantity=5, received=1, position=1)
    need(sister, "اجاق")
    need(other, "پتو")
    assert offered(here, blankets) == [("dowry-kerman", "چراغ", 4)]


def test_then_the_sister_campaign_while_it_is_open(campaigns):
    here, sister, other = campaigns
    here.sibling_id = sister.id
    blankets = need(here, quantity=2, received=2)
    need(sister, "اجاق")
    need(other, "پتو", quantity=7)
    assert offered(here, blankets) == [("sister", "اجاق", 40)]
    move(sister, Move.PAUSE, sister.author, "-")
    assert offered(here, blankets) == [("other", "پتو", 7)]


def test_then_the_same_thing_in_the_province_and_else_nothing(campaigns):
    here, _sister, other = campaigns
    blankets = need(here, quantity=2, received=2)
    need(other, "چراغ")
    assert offered(here, blankets) == []
    need(other, "پتو", quantity=7, position=1)
    assert offered(here, blankets) == [("other", "پتو", 7)]
