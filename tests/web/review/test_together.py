"""The queue, approving several things at once, the log with names and the public page without them."""

import re
from datetime import timedelta

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import Move, State
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from tests.cast import mina, parisa, person, reza
from tests.web.officehands import Hands, filled
from tests.worlds import change, gift, live_campaign, sent_campaign


@pytest.fixture
def people(app):
    """Mina, Reza and Parisa, each in their own browser."""
    return Hands(app, mina()), Hands(app, reza()), Hands(app, parisa())


@pytest.fixture
def full_queue(people):
    """A live campaign with an edit, an update and a message waiting, and another campaign that was sent."""
    mina_, reza_, parisa_ = people
    live = live_campaign(mina_.user, reza_.user, parisa_.user)
    edit = change(live, Part.STORY, mina_.user, story={"fa": "سی زوج", "en": ""})
    mina_.after(mina_.fill(f"/desk/c/{live.public_id}/updates", title="ده جهیزیه رسید", body="در بم."))
    given = gift(live, message="خدا قوت")
    return live, edit, given, sent_campaign(mina_.user, "second-one")


def test_the_queue_shows_every_kind_and_narrows_by_kind_and_province(people, full_queue):
    _mina, reza_, _parisa = people
    second = full_queue[3]
    page = reza_.seen("/en/mod/")
    for words in ("4 items wait", "ده جهیزیه رسید", "خدا قوت", second.public_id, "Edit of a live page: 1"):
        assert words in page
    assert "1 item waits" in reza_.seen("/en/mod/?kind=update")
    assert "Nothing like this waits" in reza_.seen("/en/mod/?province=IR-23")
    assert "4 items wait" in reza_.seen("/en/mod/?province=IR-08&kind=everything")


def test_reza_approves_several_after_looking_once_more(people, full_queue, client):
    _mina, reza_, _parisa = people
    live, edit, given, second = full_queue
    chosen = [f"edit:{edit.public_id}", f"message:{given.public_id}", f"campaign:{second.public_id}"]
    confirm = reza_.get("/en/mod/bulk?" + "&".join(f"item={key}" for key in chosen))
    assert "Approve 3 items?" in confirm.text and "خدا قوت" in confirm.text
    assert second.state == State.SUBMITTED
    page = reza_.after(reza_.post("/en/mod/bulk", filled(confirm)))
    assert "3 items approved" in page and "1 item waits" in reza_.seen("/en/mod/")
    assert "خدا قوت" in client.get(f"/c/{live.slug}").text
    assert second.state == State.LIVE
    assert reza_.post("/en/mod/recent", {"csrf_token": reza_.token}).status_code == 422, "nothing was chosen"
    chosen = re.findall(r'value="([^"]+)"[^>]* checked', reza_.seen("/en/mod/recent?just=3"))
    page = reza_.after(reza_.post("/en/mod/recent", {"csrf_token": reza_.token, "decision": chosen}))
    assert "decisions taken back" in page and second.state == State.SUBMITTED
    assert second.public_id not in reza_.seen("/en/mod/recent")


def test_one_that_cannot_be_approved_does_not_stop_the_others(people, full_queue):
    _mina, reza_, _parisa = people
    _live, _edit, given, _second = full_queue
    other = sent_campaign(person("Sara", Role.ORGANIZER), "third-one")
    confirm = reza_.get(f"/mod/bulk?item=campaign:{other.public_id}&item=message:{given.public_id}")
    reza_.fill(f"/mod/campaign/{other.public_id}", verdict="approve")
    page = reza_.after(reza_.post("/en/mod/bulk", filled(confirm)))
    assert "1 item approved" in page and "1 item was left as it is" in page
    assert other.state == State.SUBMITTED


@pytest.mark.parametrize("query", ["", "item=x", "item=edit:none", "item=" + "a" * 3000])
def test_nothing_chosen_is_said(people, query):
    assert "None of those chosen waits" in people[1].seen(f"/en/mod/bulk?{query}")


def test_a_name_that_no_database_can_hold_leads_nowhere(people):
    assert people[1].get("/en/mod/bulk?item=campaign:%00").status_code == 404


def test_the_log_names_people_only_for_those_who_may_read_it(app, people, full_queue, client):
    mina_, reza_, _parisa = people
    live, edit, _given, _second = full_queue
    note = "این جمله را بردارید"
    reza_.fill(f"/mod/edit/{edit.public_id}", verdict="reject", reason="pressure", note=note)
    log = reza_.seen("/en/mod/log")
    assert "Reza" in log and "Parisa" in log and "Emotional pressure" in log
    auditor = Hands(app, person("Nima", Role.AUDITOR))
    assert "Reza" in auditor.seen("/mod/log") and auditor.get("/mod/").status_code == 404
    assert mina_.get("/mod/log").status_code == 404
    public = client.get("/en/about/decisions").text
    assert "Emotional pressure" in public and live.slug in public
    assert "second-one" not in public
    for private in ("Reza", "Parisa", "Mina", note):
        assert private not in public


def test_a_decision_taken_back_leaves_the_public_page(people, full_queue, client):
    _mina, reza_, _parisa = people
    _live, edit, _given, _second = full_queue
    client.get("/en/about/decisions")
    reza_.fill(f"/en/mod/edit/{edit.public_id}", verdict="return", reason="evidence", note="سند؟")
    assert "Evidence is missing" in client.get("/en/about/decisions").text
    page = reza_.get(f"/en/mod/edit/{edit.public_id}")
    address = page.text.split("/undo/")[1].split('"')[0]
    reza_.after(reza_.post(f"/en/mod/edit/{edit.public_id}/undo/{address}", filled(page)))
    assert "Evidence is missing" not in client.get("/en/about/decisions").text
    assert "Taken back" in reza_.seen("/en/mod/log")


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30])
def test_a_page_of_the_log_that_cannot_be_is_404(people, before):
    assert people[1].get(f"/mod/log?before={before}").status_code == 404


def test_reza_steers_from_the_review_and_comes_back_there(people, full_queue):
    _mina, reza_, _parisa = people
    live = full_queue[0]
    address = f"/en/mod/campaign/{live.public_id}"
    assert f"/desk/c/{live.public_id}/pause" in reza_.seen(address)
    page = reza_.after(reza_.fill(f"/en/desk/c/{live.public_id}/pause", reason="انبار پر است."))
    assert live.state == State.PAUSED and f"/desk/c/{live.public_id}/resume" in page


def test_the_public_page_of_decisions_leads_only_to_pages_there_are(people, client):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    campaign.starts_on = tehran_day(now()) + timedelta(days=3)
    for moderator in (reza_.user, parisa_.user):
        decide(find("campaign", campaign.public_id), moderator, Verdict.APPROVE)
    db.session.commit()
    assert 'href="/c/dowry-kerman"' in client.get("/about/decisions").text
    move(campaign, Move.CANCEL, mina_.user, "نشد")
    db.session.commit()
    page = client.get("/about/decisions").text
    assert "جهیزیه برای زوج‌های کرمان" in page
    assert 'href="/c/dowry-kerman"' not in page
