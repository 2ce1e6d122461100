"""Reza and Parisa work at one queue: who holds what, what met another decision, what they tell each other."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import State
from campaigns.domain.moderation.queue_models import QueueEntry
from tests.cast import mina, parisa, reza
from tests.counting import counting
from tests.web.officehands import Hands, filled
from tests.worlds import change, gift, live_campaign, sent_campaign

SCRIPT = "review-keys"


@pytest.fixture
def people(app):
    """Mina, Reza and Parisa, each in their own browser."""
    return Hands(app, mina()), Hands(app, reza()), Hands(app, parisa())


def item(thing, kind="campaign"):
    return f"/en/mod/{kind}/{thing.public_id}"


def test_reza_takes_the_next_one_and_parisa_sees_who_holds_it(people):
    mina_, reza_, parisa_ = people
    sent = sent_campaign(mina_.user)
    page = reza_.after(reza_.post("/en/mod/next", {"csrf_token": reza_.token}))
    assert "You hold it until" in page and 'name="verdict"' in page
    page = parisa_.seen(item(sent))
    assert "Reza" in page and "Somebody is at it" in page and 'name="verdict"' not in page
    assert "held by" in parisa_.seen("/en/mod/") and "held by you" in reza_.seen("/en/mod/?mine=1")
    answer = parisa_.post(
        "/en/mod/claim", {"csrf_token": parisa_.token, "item": f"campaign:{sent.public_id}"}
    )
    assert "Somebody else holds this" in parisa_.after(answer)
    answer = parisa_.post(item(sent), {"csrf_token": parisa_.token, "verdict": "approve"})
    assert answer.status_code == 422 and "Two decisions met" in answer.text
    reza_.after(
        reza_.post("/en/mod/let-go", {"csrf_token": reza_.token, "item": f"campaign:{sent.public_id}"})
    )
    assert "Nobody holds it" in parisa_.seen(item(sent))
    parisa_.after(parisa_.post("/en/mod/next", {"csrf_token": parisa_.token}))
    parisa_.after(parisa_.fill(item(sent), verdict="approve"))
    answer = parisa_.post("/en/mod/next", {"csrf_token": parisa_.token})
    assert "Nothing is left that nobody holds" in parisa_.after(answer)


def test_what_changed_while_reza_read_is_shown_and_his_words_are_kept(people):
    mina_, reza_, _parisa = people
    sent = sent_campaign(mina_.user)
    form = filled(reza_.get(item(sent)), verdict="return", reason="numbers", note="منبع رقم‌ها؟")
    desk = f"/en/desk/c/{sent.public_id}"
    mina_.after(mina_.post(f"{desk}/take-back", {"csrf_token": mina_.token}))
    mina_.after(mina_.fill(f"{desk}/story", story_fa="سی زوج."))
    mina_.after(mina_.fill(f"{desk}/send"))
    answer = reza_.post(item(sent), form)
    assert answer.status_code == 422
    for words in ("Two decisions met", "It has changed since you read it", "منبع رقم‌ها؟", "سی زوج."):
        assert words in answer.text
    assert sent.state == State.SUBMITTED
    reza_.after(reza_.post(item(sent), filled(answer)))
    assert sent.state == State.NEEDS_WORK


def test_private_notes_are_for_moderators_and_stay(people):
    mina_, reza_, parisa_ = people
    sent = sent_campaign(mina_.user)
    address = f"{item(sent)}/notes"
    reza_.after(reza_.post(address, {"csrf_token": reza_.token, "body": "با دفتر کرمان تماس گرفتم"}))
    assert reza_.post(address, {"csrf_token": reza_.token, "body": " "}).status_code == 422
    assert "با دفتر کرمان تماس گرفتم" in parisa_.seen(item(sent))
    assert mina_.post(address, {"csrf_token": mina_.token, "body": "من هم"}).status_code == 404
    assert "با دفتر کرمان" not in mina_.seen(f"/en/desk/c/{sent.public_id}")
    with pytest.raises(Exception, match="append-only"):
        db.session.execute(db.text("UPDATE private_note SET body = ''"))
    db.session.rollback()


def test_the_list_is_narrowed_by_class_author_and_what_is_over_due(people):
    mina_, reza_, parisa_ = people
    live = live_campaign(mina_.user, reza_.user, parisa_.user)
    change(live, Part.STORY, mina_.user, story={"fa": "تماس: ۰۹۱۲۳۴۵۶۷۸۹", "en": ""})
    gift(live, message="خدا قوت", at=now() - timedelta(days=20))
    page = reza_.seen("/en/mod/")
    assert "over due: 1" in page and "a telephone number" in page and "waiting: 2" in page
    assert page.index("خدا قوت") < page.index("Edit of a live page</span>")
    for address, number in (
        ("overdue=1", 1),
        ("service=edit", 1),
        ("author=mina", 1),
        ("kind=x&service=y&province=IR-08", 2),
    ):
        assert f"{number} item" in reza_.seen(f"/en/mod/?{address}"), address
    for address in ("author=nobody", "service=message&author=mina", "mine=1"):
        assert "Nothing like this waits." in reza_.seen(f"/en/mod/?{address}"), address
    assert reza_.get("/mod/?page=0").status_code == reza_.get("/mod/?page=x").status_code == 404


def test_the_keyboard_is_off_until_reza_switches_it_on(people):
    _mina, reza_, parisa_ = people
    assert SCRIPT not in reza_.seen("/en/mod/")
    reza_.after(reza_.post("/en/mod/keys", {"csrf_token": reza_.token, "keys": "on"}))
    assert SCRIPT in reza_.seen("/en/mod/") and SCRIPT not in parisa_.seen("/en/mod/")
    reza_.after(reza_.post("/en/mod/keys", {"csrf_token": reza_.token, "keys": "off"}))
    assert SCRIPT not in reza_.seen("/en/mod/")


def test_ten_thousand_ask_the_database_no_more_than_ten(people):
    mina_, reza_, parisa_ = people
    live = live_campaign(mina_.user, reza_.user, parisa_.user)
    reza_.seen("/mod/")
    asked = {}
    for number in (10, 10_000):
        _fill_the_queue(live, number)
        with counting() as statements:
            page = reza_.seen("/en/mod/?province=IR-08")
        assert f"waiting: {number:,}".replace(",", "٬") in page or f"waiting: {number:,}" in page
        asked[number] = len(statements)
    assert asked[10] == asked[10_000] <= 22


def _fill_the_queue(campaign, number):
    db.session.execute(delete(QueueEntry))
    same = {"kind": "update", "campaign_id": campaign.id, "author_id": campaign.author_id, "service": "edit"}
    more = {"places": "", "title_fa": "خبر", "title_en": "", "hints": []}
    moments = [now() - timedelta(days=30) + timedelta(minutes=place) for place in range(number)]
    rows = [
        {**same, **more, "subject_id": place, "public_id": str(place), "waiting_since": at, "due_at": at}
        for place, at in enumerate(moments)
    ]
    db.session.execute(insert(QueueEntry), rows)
    db.session.commit()
