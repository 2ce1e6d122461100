"""What a moderator asked for reaches its author on the desk, with or without a letter, and nothing written is lost."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.history import CampaignEdit, CampaignUpdate
from campaigns.domain.campaigns.parts import Part, read
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.web.refusals import beside, summary
from tests.worlds import change, live_campaign, ready_draft, sent_campaign

NEW = "سی زوج در شهرستان‌های کرمان چشم‌به‌راه‌اند."
NOTE = "بنویسید این عدد از کجاست."


@pytest.fixture
def people(app):
    """Mina, who has no e-mail address, and Reza."""
    author, moderators = mina(), (reza(), parisa())
    mina_, reza_ = Hands(app, author), Hands(app, moderators[0])
    db.session.get_one(User, author.id).email = None
    db.session.commit()
    return mina_, reza_, moderators


@pytest.fixture
def campaign(people):
    mina_, _reza, moderators = people
    return live_campaign(mina_.user, *moderators)


def desk(campaign, page=""):
    return f"/en/desk/c/{campaign.public_id}/{page}".rstrip("/")


def decide(hands, thing, kind, verdict):
    hands.after(hands.fill(f"/en/mod/{kind}/{thing.public_id}", verdict=verdict, reason="numbers", note=NOTE))


def edits(campaign):
    db.session.rollback()
    query = select(CampaignEdit).where(CampaignEdit.campaign_id == campaign.id).order_by(CampaignEdit.id)
    return list(db.session.scalars(query))


def test_a_returned_change_comes_back_with_its_words_and_what_to_mend(people, campaign, client):
    mina_, reza_, _moderators = people
    edit = change(campaign, Part.STORY, mina_.user, story={"fa": NEW, "en": ""})
    decide(reza_, edit, "edit", "return")
    assert "A moderator asked for changes" in mina_.seen("/en/desk/")
    assert NOTE in mina_.seen(desk(campaign))
    page = mina_.seen(desk(campaign, "story"))
    assert NEW in page and NOTE in page and "Please write where this figure comes from" in page
    mina_.after(mina_.fill(desk(campaign, "story"), story_fa=f"{NEW} آمار سال ۱۴۰۵."))
    assert [row.state for row in edits(campaign)] == ["replaced", "waiting"]
    assert NOTE not in mina_.seen(desk(campaign)) and NOTE not in mina_.seen(desk(campaign, "story"))
    assert "asked for changes" not in mina_.seen("/en/desk/")
    assert NOTE not in client.get("/c/dowry-kerman").text


def test_a_returned_change_may_be_given_up(people, campaign):
    mina_, reza_, _moderators = people
    edit = change(campaign, Part.STORY, mina_.user, story={"fa": NEW, "en": ""})
    decide(reza_, edit, "edit", "return")
    present = read(campaign, Part.STORY)["story"]
    mina_.after(mina_.fill(desk(campaign, "story"), story_fa=present["fa"], story_en=present["en"]))
    assert [row.state for row in edits(campaign)] == ["replaced"]
    assert NOTE not in mina_.seen(desk(campaign))
    undo = reza_.seen(f"/en/mod/edit/{edit.public_id}").split("/undo/")[1].split('"')[0]
    answer = reza_.post(f"/en/mod/edit/{edit.public_id}/undo/{undo}", {"csrf_token": reza_.token})
    assert answer.status_code == 422


def test_a_rejected_change_says_why_and_the_page_goes_on_as_it_is(people, campaign):
    mina_, reza_, _moderators = people
    edit = change(campaign, Part.STORY, mina_.user, story={"fa": NEW, "en": ""})
    decide(reza_, edit, "edit", "reject")
    assert NOTE in mina_.seen(desk(campaign))
    assert NEW not in mina_.seen(desk(campaign, "story"))


def test_returned_news_can_be_mended_and_sent_again(people, campaign, client):
    mina_, reza_, _moderators = people
    updates = desk(campaign, "updates")
    mina_.after(mina_.fill(updates, title="ده جهیزیه", body="ده جهیزیه رسید."))
    news = db.session.scalars(select(CampaignUpdate)).one()
    decide(reza_, news, "update", "return")
    page = mina_.seen(updates)
    assert NOTE in page
    assert "A moderator asked for changes" in mina_.seen("/en/desk/")
    again = f"{updates}?again={news.public_id}"
    assert again in page.replace("&amp;", "&")
    assert "ده جهیزیه رسید." in mina_.seen(again)
    mina_.after(mina_.fill(again, to=updates, body="ده جهیزیه رسید، به شمارش دفتر بم."))
    db.session.rollback()
    (news,) = db.session.scalars(select(CampaignUpdate))
    assert (news.state, news.body) == ("waiting", "ده جهیزیه رسید، به شمارش دفتر بم.")
    assert NOTE not in mina_.seen(updates)
    reza_.after(reza_.fill(f"/en/mod/update/{news.public_id}", verdict="approve"))
    assert "به شمارش دفتر بم" in client.get("/c/dowry-kerman").text


def test_news_that_are_shown_or_of_another_campaign_are_not_taken_again(people, campaign):
    mina_, reza_, moderators = people
    other = live_campaign(mina_.user, *moderators, slug="other-one")
    mina_.after(mina_.fill(desk(campaign, "updates"), title="ده جهیزیه", body="ده جهیزیه رسید."))
    news = db.session.scalars(select(CampaignUpdate)).one()
    assert mina_.get(desk(campaign, f"updates?again={news.public_id}")).status_code == 404  # still waits
    decide(reza_, news, "update", "return")
    assert mina_.get(desk(other, f"updates?again={news.public_id}")).status_code == 404
    form = {"csrf_token": mina_.token, "again": news.public_id, "title": "x", "body": "x", "language": "fa"}
    assert mina_.post(desk(other, "updates"), form).status_code == 404


def test_while_a_campaign_is_read_its_pages_say_so_and_nothing_typed_is_lost(people):
    mina_, _reza, _moderators = people
    campaign = sent_campaign(mina_.user)
    page = mina_.get(desk(campaign, "story"))
    assert "is being reviewed" in page.text and "This campaign is public" not in page.text
    answer = mina_.fill(desk(campaign, "story"), story_fa=NEW)
    assert answer.status_code == 409
    assert NEW in answer.text and summary(answer) == [("save", beside(answer)["save"])]
    assert read(campaign, Part.STORY)["story"]["fa"] != NEW


def test_only_who_may_begin_a_campaign_is_asked_to(app, people):
    mina_, _reza, _moderators = people
    ready_draft(mina_.user)
    for role in (Role.AUDITOR, Role.FINANCE):
        page = Hands(app, person(role.value.title(), role, language="en")).seen("/en/desk/")
        assert "Begin a campaign" not in page
    assert "Begin a campaign" in mina_.seen("/en/desk/")
