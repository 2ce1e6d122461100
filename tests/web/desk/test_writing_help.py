"""Mina gets help with her words, checks all of them on one page, and writes two languages side by side."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from tests.cast import mina
from tests.web.officehands import Hands
from tests.worlds import ready_draft


@pytest.fixture
def desk(app):
    return Hands(app, mina())


def at(campaign: Campaign, page: str) -> str:
    return f"/en/desk/c/{campaign.public_id}/{page}"


def test_writing_help_is_said_after_saving_and_before_sending_and_keeps_nothing_back(desk):
    campaign = ready_draft(desk.user)
    text = "فوری! خانم احمدی در کرمان منتظر است."
    told = desk.fill(at(campaign, "story"), story_fa=text)
    assert "2 things to look at again in “Story”" in desk.after(told)
    page = desk.after(desk.fill(at(campaign, "story"), then="stay"))
    assert '<a href="#story_fa">' in page
    assert "These words press people" in page and "a name beside a place" in page
    assert read(db.session.get_one(Campaign, campaign.id), Part.STORY)["story"]["fa"].startswith("فوری!")
    page = desk.seen(at(campaign, "send"))
    assert f'href="{at(campaign, "story")}#story_fa"' in page and "a name beside a place" in page
    assert desk.fill(at(campaign, "send")).status_code == 303


def test_each_answer_leads_to_the_field_that_changes_it(desk):
    campaign = ready_draft(desk.user)
    page = desk.seen(at(campaign, "send"))
    for part, control in (
        ("basics", "title_en"),
        ("goal", "costs-0-fa"),
        ("faq", "fa-0-question"),
        ("look", "theme"),
    ):
        assert f'href="{at(campaign, part)}#{control}"' in page
        assert f'id="{control}"' in desk.seen(at(campaign, part))


def test_each_text_stands_beside_its_translation_and_says_its_language(desk):
    page = desk.seen(at(ready_draft(desk.user), "story"))
    pair = page.split('<div class="pair">')[1]
    assert pair.index('dir="rtl" lang="fa"') < pair.index('dir="ltr" lang="en"')
    assert "allow-scripts" not in page and 'sandbox="allow-same-origin"' in page
