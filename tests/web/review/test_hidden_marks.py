"""What nobody can see does not survive, and Reza reads that it was there: in each thing he decides on."""

from dataclasses import asdict
from random import Random

import pytest
from sqlalchemy import select, text

from campaigns.base.extensions import db
from campaigns.cli.sample.bank import SampleBank
from campaigns.domain.campaigns.actions import waiting_edits
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.web.give.forms import DetailsForm
from campaigns.web.ways import Way
from tests.cast import mina, parisa, reza
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign, organization, ready_draft

TURNED = "جهیزیه \u202eبرای\u202e زوج‌ها"
STRAIGHT = "جهیزیه برای زوج‌ها"
NOTICE = "2 hidden characters were removed:"


@pytest.fixture
def people(app):
    """Mina and Reza, each in their own browser, and Parisa."""
    return Hands(app, mina()), Hands(app, reza()), parisa()


def wish_of(app, **typed):
    """What Sara's form says, as the page of giving reads it."""
    data = {"shown_as": "named", "name": "سارا", **typed}
    with app.test_request_context("/en/", method="POST", data=data):
        form = DetailsForm()
        form.ask_monthly(False)
        form.offer([Way(SampleBank(Random(1)), 1)])
        assert form.validate()
        return form.wish(500_000, "sadaqah", "fa")


def test_in_a_draft_also_after_it_was_saved_again(people):
    mina_, reza_, _parisa = people
    campaign = ready_draft(mina_.user)
    desk = f"/en/desk/c/{campaign.public_id}"
    mina_.after(mina_.fill(f"{desk}/basics", title_fa=TURNED))
    mina_.after(mina_.fill(f"{desk}/basics", lead_fa="برای چهل\u200b زوج."))
    mina_.after(mina_.fill(f"{desk}/goal", costs__0__fa="یخ\u00adچال"))
    mina_.after(mina_.fill(f"{desk}/send"))
    assert read(campaign, Part.BASICS)["title"]["fa"] == STRAIGHT
    page = reza_.seen(f"/en/mod/campaign/{campaign.public_id}")
    assert f"<b>Title (in Persian)</b>: {NOTICE}" in page
    assert '<bdi lang="en" dir="ltr">RIGHT-TO-LEFT OVERRIDE</bdi> 2 times</span>' in page
    assert "<b>Lead (in Persian)</b>: 1 hidden character was removed:" in page and "ZERO WIDTH SPACE" in page
    assert "<b>What one unit costs</b>: 1 hidden" in page and "SOFT HYPHEN</bdi></span>" in page
    assert "۲ نویسهٔ پنهان حذف شد:" in reza_.seen(f"/mod/campaign/{campaign.public_id}")
    assert "\u202e" not in page


def test_in_the_title_a_campaign_was_begun_with(people):
    mina_, _reza, _parisa = people
    organization()
    mina_.after(mina_.fill("/en/desk/new", title=TURNED))
    begun = db.session.scalars(select(Campaign)).one()
    assert begun.hidden_marks == {"title": {"RIGHT-TO-LEFT OVERRIDE": 2}}


def test_in_an_edit_and_in_the_one_that_takes_its_place(people):
    mina_, reza_, parisa_ = people
    campaign = live_campaign(mina_.user, reza_.user, parisa_)
    desk = f"/en/desk/c/{campaign.public_id}"
    mina_.after(mina_.fill(f"{desk}/basics", title_fa=TURNED))
    mina_.after(mina_.fill(f"{desk}/basics", lead_fa="سی زوج"))
    (edit,) = waiting_edits(campaign)
    assert f"<b>Title (in Persian)</b>: {NOTICE}" in reza_.seen(f"/en/mod/edit/{edit.public_id}")
    assert "hidden characters removed" in reza_.seen("/en/mod/")


def test_in_an_update(people):
    mina_, reza_, parisa_ = people
    campaign = live_campaign(mina_.user, reza_.user, parisa_)
    mina_.after(mina_.fill(f"/en/desk/c/{campaign.public_id}/updates", title=TURNED, body="خ\u2066بر"))
    page = reza_.seen("/en/mod/?kind=update")
    address = page.split('href="/en/mod/update/')[1].split('"')[0]
    page = reza_.seen(f"/en/mod/update/{address}")
    assert f"<b>Title</b>: {NOTICE}" in page
    assert "<b>What happened</b>: 1 hidden" in page and "LEFT-TO-RIGHT ISOLATE" in page


def test_in_the_message_of_a_supporter_and_the_name_under_it(app, people):
    mina_, reza_, parisa_ = people
    campaign = live_campaign(mina_.user, reza_.user, parisa_)
    wish = wish_of(app, message="خدا\u202e قوت\u202e", name="سا\u200bرا", dedication="ما\u200bدر")
    given = gift(campaign, **asdict(wish))
    assert (given.message, given.donor_name) == ("خدا قوت", "سارا")
    page = reza_.seen(f"/en/mod/message/{given.public_id}")
    assert f"<b>Message to all</b>: {NOTICE}" in page and "<b>Name to show</b>: 1 hidden" in page
    assert "memory" not in page
    chosen = f"item=message:{given.public_id}"
    assert "hidden characters removed" in reza_.seen(f"/en/mod/bulk?{chosen}")


def test_where_nothing_was_hidden_nothing_is_kept_and_nothing_said(app, people):
    mina_, reza_, parisa_ = people
    campaign = live_campaign(mina_.user, reza_.user, parisa_)
    mina_.after(mina_.fill(f"/en/desk/c/{campaign.public_id}/story", story_fa="می‌خواهیم سی زوج…"))
    given = gift(campaign, **asdict(wish_of(app, message="خدا قوت", name="می‌نا")))
    (edit,) = waiting_edits(campaign)
    for thing, kind in ((campaign, "campaign"), (edit, "edit"), (given, "message")):
        assert thing.hidden_marks is None
        assert "removed:</p>" not in reza_.seen(f"/en/mod/{kind}/{thing.public_id}")
    assert "hidden characters removed" not in reza_.seen("/en/mod/")
    kept = text("SELECT count(*) FROM contribution WHERE hidden_marks IS NULL")
    assert db.session.scalar(kept) == 1, "not even JSON's null"
