"""Finding campaigns: in any spelling, by place and state; two honest lists; figures as the book has them."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.parts import Part, read, write
from campaigns.domain.campaigns.states import Move
from campaigns.domain.insights.portal import (
    Filters,
    cards_of,
    close_to_done,
    far_behind,
    figures,
    in_province,
    open_by_province,
    search,
)
from tests.cast import mina, parisa, reza
from tests.worlds import UNIT_RIALS, gift, live_campaign, ready_draft


@pytest.fixture
def cast(app):
    return mina(), reza(), parisa()


def titled(cast, slug, title, lead="", **basics):
    """A live campaign with this title."""
    campaign = live_campaign(*cast, slug=slug)
    words = {"title": {"fa": title, "en": ""}, "lead": {"fa": lead, "en": ""}}
    write(campaign, Part.BASICS, read(campaign, Part.BASICS) | words | basics)
    db.session.commit()
    return campaign


def found(words, **filters):
    cards, total = search(Filters(words=words, **filters), "fa")
    assert total == len(cards)
    return {card.slug for card in cards}


@pytest.mark.parametrize(
    "words",
    [
        "یک کتاب",
        "يك كتاب",
        "يک",
        "کتاب‌خانه",
        "کتابخانه",
        "کتاب خانه",
        "۴۰",
        "40",
        "٤٠",
        "  يك   كتاب  ",
        "کرمان",
        "Kerman",
    ],
)
def test_every_spelling_finds_it(cast, words):
    titled(cast, "one-book", "یک کتاب‌خانه برای ۴۰ روستا")
    titled(cast, "wheelchairs", "صندلی چرخ‌دار", lead="بیست نفر", provinces=["IR-23"])
    assert found(words) == {"one-book"}


@pytest.mark.parametrize("words", ["نیست", "کت_ب", "one%book", "x" * 5000, "'; drop table"])
def test_what_is_not_there_is_not_found(cast, words):
    titled(cast, "one-book", "یک کتاب‌خانه برای ۴۰ روستا")
    assert found(words) == set()


@pytest.mark.parametrize("words", ["", " ", "%", "\x00", "\u200c"])
def test_where_no_word_is_asked_for_everything_is_shown(cast, words):
    titled(cast, "one-book", "یک کتاب‌خانه برای ۴۰ روستا")
    assert found(words) == {"one-book"}


def test_lists_are_narrowed_by_place_topic_and_state(cast):
    titled(cast, "here-one", "یک", provinces=["IR-08", "IR-23"])
    titled(cast, "there-one", "دو", provinces=["IR-23"], topic="health")
    over = titled(cast, "over-one", "سه")
    actions.move(over, Move.END, cast[1], "تمام")
    ready_draft(cast[0], "quiet-one")
    db.session.commit()
    assert found("") == {"here-one", "there-one"}
    assert found("", province="IR-08") == {"here-one"}
    assert found("", topic="health") == {"there-one"}
    assert found("", state="ended") == {"over-one"}
    assert found("", state="nonsense") == {"here-one", "there-one", "over-one"}
    assert open_by_province() == {"IR-08": 1, "IR-23": 2}
    assert [card.slug for card in in_province("IR-23", "fa")] == ["here-one", "there-one"]


def test_reached_ones_are_those_whose_goal_is_really_there(cast):
    campaign = live_campaign(*cast)
    gift(campaign, UNIT_RIALS * 40 - 1)
    assert cards_of([campaign.id], "fa")[campaign.id].percent == 99
    assert found("", state="reached") == set()
    gift(campaign, 1)
    assert found("", state="reached") == {"dowry-kerman"}
    assert close_to_done("fa") == []


def test_close_to_done_and_far_behind_never_share_a_campaign(cast):
    for number in range(4):
        campaign = live_campaign(*cast, slug=f"number-{number}")
        if number:
            gift(campaign, UNIT_RIALS * number * 10)
    close = close_to_done("fa", 2)
    behind = far_behind("fa", 3, without=[card.campaign_id for card in close])
    assert [card.slug for card in close] == ["number-3", "number-2"]
    assert [card.slug for card in behind] == ["number-0", "number-1"]


def test_figures_are_sums_of_the_book(cast):
    one, two = (live_campaign(*cast, slug=f"number-{number}") for number in range(2))
    gift(one, 500_000)
    gift(two, 700_000)
    gift(two, UNIT_RIALS * 40)
    seen = figures()
    assert (seen.received_rials, seen.gifts) == (1_200_000 + UNIT_RIALS * 40, 3)
    assert (seen.open_campaigns, seen.reached) == (2, 1)


def test_an_english_reader_gets_persian_where_there_is_nothing_else(cast):
    campaign = titled(cast, "one-book", "یک کتاب‌خانه")
    card = cards_of([campaign.id], "en")[campaign.id]
    assert (card.title, card.title_language) == ("یک کتاب‌خانه", "fa")
