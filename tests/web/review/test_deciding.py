"""Reza and Parisa decide on what Mina sends: two for a first campaign, with reasons, undone within ten minutes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.grants import grant_role
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.actions import waiting_edits
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.campaigns.states import State
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.notices.models import Letter
from tests.cast import mina, parisa, person, reza
from tests.support.crowds import at_once
from tests.web.officehands import Hands
from tests.worlds import change, gift, live_campaign, ready_draft, sent_campaign


@pytest.fixture
def people(app):
    """Mina, Reza and Parisa, each in their own browser."""
    return Hands(app, mina()), Hands(app, reza()), Hands(app, parisa())


def item(thing, kind="campaign"):
    return f"/en/mod/{kind}/{thing.public_id}"


def undo_of(browser, thing, kind="campaign"):
    """Takes back this person's newest decision, through the form on the page."""
    latest = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    return browser.fill(item(thing, kind), to=f"{item(thing, kind)}/undo/{latest.public_id}")


def letters():
    return db.session.scalars(select(Letter).order_by(Letter.id)).all()


def test_two_people_agree_and_the_campaign_goes_live(people, client):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    page = reza_.seen(item(campaign))
    assert "needs two people" in page and "0 have agreed" in page and "یخچال: " in page
    page = reza_.after(reza_.fill(item(campaign), verdict="approve"))
    assert "1 has agreed" in page and campaign.state == State.SUBMITTED and not letters()
    assert client.get("/c/dowry-kerman").status_code == 404
    parisa_.after(parisa_.fill(item(campaign), verdict="approve"))
    assert campaign.state == State.LIVE
    assert client.get("/c/dowry-kerman").status_code == 200


def test_mina_reads_that_it_is_approved_and_starts_soon(people, client):
    mina_, reza_, parisa_ = people
    live_campaign(mina_.user, reza_.user, parisa_.user, slug="first-one")
    campaign = ready_draft(mina_.user)
    later = (tehran_day(now()) + timedelta(days=5)).isoformat()
    change(campaign, Part.BASICS, mina_.user, starts_on=later)
    mina_.after(mina_.fill(f"/desk/c/{campaign.public_id}/send"))
    assert client.get("/c/dowry-kerman").status_code == 404
    reza_.after(reza_.fill(item(campaign), verdict="approve"))
    assert campaign.state == State.APPROVED and client.get("/c/dowry-kerman").status_code == 200
    assert [letter.to for letter in letters()] == ["mina@example.org"]
    reza_.after(undo_of(reza_, campaign))
    assert client.get("/c/dowry-kerman").status_code == 404 and not letters()


def test_the_same_person_does_not_count_twice(people):
    mina_, reza_, _parisa = people
    campaign = sent_campaign(mina_.user)
    reza_.fill(item(campaign), verdict="approve")
    answer = reza_.fill(item(campaign), verdict="approve")
    assert answer.status_code == 422 and "You have approved this already" in answer.text
    assert campaign.state == State.SUBMITTED


def test_the_second_campaign_needs_one(people):
    mina_, reza_, parisa_ = people
    live_campaign(mina_.user, reza_.user, parisa_.user)
    second = sent_campaign(mina_.user, "second-one")
    assert "needs two people" not in reza_.seen(item(second))
    reza_.after(reza_.fill(item(second), verdict="approve"))
    assert second.state == State.LIVE


def test_nobody_decides_on_their_own_work(app):
    user = mina()
    grant_role(user, Role.MODERATOR)
    browser = Hands(app, user)
    campaign = sent_campaign(user)
    page = browser.seen(item(campaign))
    assert "This is your own work" in page and 'name="verdict"' not in page
    answer = browser.post(item(campaign), {"csrf_token": browser.token, "verdict": "approve"})
    assert answer.status_code == 422 and "You cannot decide on your own work" in answer.text
    assert campaign.state == State.SUBMITTED and not db.session.scalars(select(Decision)).all()


def test_who_comes_late_sees_the_other_decision(people):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    form = {"csrf_token": parisa_.token, "verdict": "approve"}
    reza_.fill(item(campaign), verdict="return", reason="numbers", note="منبع رقم‌ها؟")
    answer = parisa_.post(item(campaign), form)
    assert answer.status_code == 422
    for words in ("Somebody has decided this meanwhile", "Reza", "منبع رقم‌ها؟", "A figure without a source"):
        assert words in answer.text


def test_mina_mends_what_was_asked_and_both_look_again(people):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    reza_.fill(item(campaign), verdict="approve")
    parisa_.fill(item(campaign), verdict="return", reason="privacy", note="نام خانواده را بردارید.")
    letter = letters()[0]
    assert "نام خانواده را بردارید." in letter.body and letter.language == "fa"
    desk = f"/en/desk/c/{campaign.public_id}"
    assert "نام خانواده را بردارید." in mina_.seen(desk)
    assert mina_.fill(f"{desk}/story", story_fa="بی هیچ نامی.").status_code == 303
    mina_.after(mina_.fill(f"{desk}/send"))
    assert "0 have agreed" in parisa_.seen(item(campaign))
    parisa_.fill(item(campaign), verdict="approve")
    reza_.after(reza_.fill(item(campaign), verdict="approve"))
    assert campaign.state == State.LIVE


def test_a_rejected_campaign_is_over_and_mina_reads_why(people, client):
    mina_, reza_, _parisa = people
    campaign = sent_campaign(mina_.user)
    reza_.after(reza_.fill(item(campaign), verdict="reject", reason="mission", note="کار ما نیست."))
    assert campaign.state == State.CANCELLED
    assert "کار ما نیست." in letters()[0].body
    assert client.get("/c/dowry-kerman").status_code == 404


def test_what_a_moderator_writes_to_mina_stays_between_them(people, client):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    reza_.fill(item(campaign), verdict="approve")
    parisa_.fill(item(campaign), verdict="approve")
    parisa_.after(undo_of(parisa_, campaign))
    parisa_.after(parisa_.fill(item(campaign), verdict="reject", reason="evidence", note="سند ساختگی بود."))
    assert client.get("/c/dowry-kerman").status_code == 404


@pytest.mark.parametrize("verdict", ["approve", "return", "reject"])
def test_a_decision_is_taken_back_within_ten_minutes(people, client, verdict):
    mina_, reza_, parisa_ = people
    live_campaign(mina_.user, reza_.user, parisa_.user, slug="first-one")
    campaign = sent_campaign(mina_.user)
    reza_.fill(item(campaign), verdict=verdict, reason="language", note="دوباره بخوانید.")
    assert campaign.state != State.SUBMITTED
    page = reza_.after(undo_of(reza_, campaign))
    assert "Taken back" in page and campaign.state == State.SUBMITTED
    assert client.get("/c/dowry-kerman").status_code == 404
    assert 'name="verdict"' in page


def test_after_ten_minutes_it_stands(people):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    with clock.at(now() - timedelta(minutes=11)):
        reza_decided(campaign, reza_)
    assert "/undo/" not in reza_.seen(item(campaign))
    latest = db.session.scalars(select(Decision)).one()
    answer = reza_.post(f"{item(campaign)}/undo/{latest.public_id}", {"csrf_token": reza_.token})
    assert answer.status_code == 422 and "Ten minutes have passed" in answer.text
    assert "1 has agreed" in parisa_.seen(item(campaign))


def test_nobody_takes_back_what_another_decided(people):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    reza_.fill(item(campaign), verdict="approve")
    assert "/undo/" not in parisa_.seen(item(campaign))
    latest = db.session.scalars(select(Decision)).one()
    answer = parisa_.post(f"{item(campaign)}/undo/{latest.public_id}", {"csrf_token": parisa_.token})
    assert answer.status_code == 422
    assert parisa_.post(f"{item(campaign)}/undo/unknown", {"csrf_token": parisa_.token}).status_code == 404


def test_reza_and_parisa_at_the_same_moment(app, people):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    address, forms = item(campaign), [(who, who.token) for who in (reza_, parisa_)]

    def press(number):
        browser, token = forms[number]
        return browser.post(address, {"csrf_token": token, "verdict": "approve"}).status_code

    assert at_once(app, 2, press) == [303, 303]
    db.session.expire_all()
    assert campaign.state == State.LIVE


def test_an_edit_of_a_live_page_waits_shows_its_words_and_is_applied(people, client):
    mina_, reza_, parisa_ = people
    campaign = live_campaign(mina_.user, reza_.user, parisa_.user)
    desk = f"/en/desk/c/{campaign.public_id}"
    page = mina_.after(mina_.fill(f"{desk}/story", story_fa="سی زوج در شهرستان‌های کرمان چشم‌به‌راه‌اند."))
    assert "A change of “Story” waits" in page
    assert "سی زوج" not in client.get("/c/dowry-kerman").text
    edit = waiting_edit(campaign)
    page = reza_.seen(item(edit, "edit"))
    assert "removed:" in page and "چهل</del>" in page and "سی</ins>" in page
    reza_.after(reza_.fill(item(edit, "edit"), verdict="approve"))
    assert "سی زوج" in client.get("/c/dowry-kerman").text
    reza_.after(undo_of(reza_, edit, "edit"))
    assert "چهل زوج در" in client.get("/c/dowry-kerman").text
    assert "سی زوج" not in client.get("/c/dowry-kerman").text
    assert waiting_edit(campaign).public_id == edit.public_id


def test_a_newer_edit_takes_the_place_of_the_one_that_waits(people):
    mina_, reza_, parisa_ = people
    campaign = live_campaign(mina_.user, reza_.user, parisa_.user)
    first = change(campaign, Part.STORY, mina_.user, story={"fa": "یکم", "en": ""})
    change(campaign, Part.STORY, mina_.user, story={"fa": "دوم", "en": ""})
    assert "دوم" in mina_.seen(f"/desk/c/{campaign.public_id}/story")
    answer = reza_.post(item(first, "edit"), {"csrf_token": reza_.token, "verdict": "approve"})
    assert answer.status_code == 422 and waiting_edit(campaign).data["story"]["fa"] == "دوم"


def test_an_edit_whose_address_somebody_took_is_not_applied(people):
    mina_, reza_, parisa_ = people
    campaign = live_campaign(mina_.user, reza_.user, parisa_.user)
    edit = change(campaign, Part.BASICS, mina_.user, slug="fine-words")
    ready_draft(mina_.user, "fine-words")
    answer = reza_.fill(item(edit, "edit"), verdict="approve")
    assert answer.status_code == 422 and "has taken this address meanwhile" in answer.text
    assert campaign.slug == "dowry-kerman" and read(campaign, Part.BASICS)["slug"] == "dowry-kerman"


def test_a_message_is_shown_once_somebody_has_read_it(people, client):
    mina_, reza_, parisa_ = people
    campaign = live_campaign(mina_.user, reza_.user, parisa_.user)
    given = gift(campaign, message="خدا قوت همگی", donor_name="سارا", hide_name=False)
    page = client.get("/c/dowry-kerman").text
    assert "سارا" in page and "خدا قوت همگی" not in page
    assert "خدا قوت همگی" in reza_.seen("/mod/")
    reza_.after(reza_.fill(item(given, "message"), verdict="approve"))
    assert "خدا قوت همگی" in client.get("/c/dowry-kerman").text
    reza_.after(undo_of(reza_, given, "message"))
    assert "خدا قوت همگی" not in client.get("/c/dowry-kerman").text


def test_a_moderator_of_one_province_sees_only_that_one(app, people):
    mina_, _reza, _parisa = people
    campaign = sent_campaign(mina_.user)
    sara = person("Sara")
    grant_role(sara, Role.MODERATOR, province_code="IR-23")
    browser = Hands(app, sara)
    assert campaign.public_id not in browser.seen("/mod/")
    assert browser.get(item(campaign)).status_code == 404
    answer = browser.post(item(campaign), {"csrf_token": browser.token, "verdict": "approve"})
    assert answer.status_code == 404
    grant_role(sara, Role.MODERATOR, province_code="IR-08")
    assert campaign.public_id in browser.seen("/mod/")


@pytest.mark.parametrize("address", ["campaign/none", "money/x", "edit/1", "message/%F0", "campaign/%00"])
def test_an_item_that_is_not_there_is_404(people, address):
    assert people[1].get(f"/mod/{address}").status_code == 404


def reza_decided(campaign, browser):
    decide(find("campaign", campaign.public_id), browser.user, Verdict.APPROVE)
    db.session.commit()


def waiting_edit(campaign):
    return waiting_edits(campaign)[0]
