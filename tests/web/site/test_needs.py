"""What a visitor reads of needs in goods: how many are left, what is accepted, where to bring it, where else."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from campaigns.base.extensions import db
from campaigns.domain.goods import counting
from campaigns.domain.goods.need_models import NeedState
from tests.cast import mina, parisa, reza
from tests.domain.goods.needy import need, place, today
from tests.worlds import gift, live_campaign

PAGE = "/en/c/dowry-kerman/needs"


@pytest.fixture
def moderator(app):
    return reza()


@pytest.fixture
def campaign(moderator):
    return live_campaign(mina(), moderator, parisa())


@pytest.fixture
def statements():
    """What is asked of the database meanwhile."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_need_says_how_many_are_left_and_where_to_bring_it(campaign, client):
    blankets = need(campaign, refused_fa="پتوی کارکرده", ends_on=today() + timedelta(days=9))
    place(campaign, blankets)
    assert counting.hold(blankets, 6)
    gift(campaign, 2_000_000)
    assert counting.receive(blankets, 1, 1) == 1
    page = client.get(PAGE).text
    assert "<b>33</b> of 40 left" in page
    assert "1 received in goods · money for 1 · 5 promised" in page
    assert "پتوی کارکرده" in page and "خیابان بهمنیار" in page and "Saturday to Wednesday" in page
    assert "<b>۳۳</b> از ۴۰ مانده" in client.get(PAGE.removeprefix("/en")).text


def test_the_campaign_shows_its_first_needs_and_leads_to_all(campaign, client):
    assert "Needed in goods" not in client.get("/en/c/dowry-kerman").text
    need(campaign)
    client.application.extensions["pagecache"].clear()
    page = client.get("/en/c/dowry-kerman").text
    assert "<b>40</b> of 40 left" in page and 'href="/en/c/dowry-kerman/needs"' in page


def test_a_promise_shows_at_once(campaign, client):
    blankets = need(campaign)
    assert "<b>40</b> of 40 left" in client.get(PAGE).text
    assert counting.hold(blankets, 6)
    assert "<b>34</b> of 40 left" in client.get(PAGE).text


def test_the_price_of_one_is_in_the_form_of_giving(campaign, client):
    need(campaign)
    assert 'href="/en/c/dowry-kerman/give?fill=200000"' in client.get(PAGE).text
    answer = client.get("/en/c/dowry-kerman/give?fill=200000")
    assert answer.status_code == 200 and 'value="200000"' in answer.text and "Error" not in answer.text
    assert 'value=""' in client.get("/en/c/dowry-kerman/give?fill=<b>").text


def test_what_is_complete_offers_what_is_still_needed_here(campaign, client):
    need(campaign, quantity=2, received=2)
    need(campaign, "چراغ", position=1)
    page = client.get(PAGE).text
    assert "All 2 are there, thank you" in page and "Still needed here:" in page


def test_where_nothing_is_left_the_sister_campaign_is_offered(campaign, client, moderator):
    sister = live_campaign(campaign.author, moderator, slug="lamps-kerman")
    need(sister, "چراغ")
    campaign.sibling_id = sister.id
    need(campaign, quantity=2, received=2)
    page = client.get(PAGE).text
    assert "Nothing is left to bring here" in page and 'href="/en/c/lamps-kerman/needs"' in page


def test_what_was_taken_back_is_nowhere(campaign, client):
    need(campaign, state=NeedState.HIDDEN.value)
    assert client.get(PAGE).status_code == 404
    need(campaign, "چراغ", position=1)
    client.application.extensions["pagecache"].clear()
    assert "پتو" not in client.get(PAGE).text


def test_a_page_of_many_needs_asks_as_often_as_one_of_two(campaign, client, statements):
    counts = []
    for number in range(2):
        place(campaign, need(campaign, f"قلم {number}", position=number))
    for wanted in (2, 60):
        for number in range(2, wanted):
            need(campaign, f"قلم {number}", position=number)
        place(campaign)
        client.application.extensions["pagecache"].clear()
        client.get(PAGE)
        client.application.extensions["pagecache"].clear()
        statements.clear()
        assert client.get(PAGE).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
