"""Sara follows a campaign by e-mail and leaves again; nobody else learns of it."""

import re

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.notices.models import Letter
from campaigns.domain.supporters.models import Follower
from tests.cast import mina, parisa, reza
from tests.web.officehands import Hands
from tests.worlds import gift, live_campaign

ADDRESS = "sara@example.org"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def link_in_letter(word):
    body = db.session.scalars(select(Letter.body).order_by(Letter.id.desc())).first()
    return re.search(rf"http://localhost(\S*/{word}/\S+)", body)[1]


def state():
    return db.session.scalars(select(Follower.state).order_by(Follower.id.desc())).first()


def test_the_address_says_yes_and_leaves_with_one_click_of_a_mail_program(app, client, campaign):
    assert "/c/dowry-kerman/follow" in client.get("/c/dowry-kerman").text
    first = client.post("/c/dowry-kerman/follow", data={"email": "Sara@Example.org"})
    agree = link_in_letter("follow")
    assert "<button" in client.get(agree).text and state() == "asked", "looking agrees to nothing"
    client.post(agree)
    assert state() == "follows"
    again = client.post("/c/dowry-kerman/follow", data={"email": ADDRESS})
    assert first.text == again.text, "what is known of an address is told to that address alone"
    stop = link_in_letter("following")
    client.get(stop)
    assert state() == "follows", "looking stops nothing"
    program = app.test_client()
    program.environ_base.pop("HTTP_SEC_FETCH_SITE")
    answer = program.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and state() == "left" and "Set-Cookie" not in answer.headers
    assert "فراموش شد" in client.get(stop).text and client.post(stop).status_code == 200


def test_a_bad_address_is_said_beside_the_field_and_a_spoilt_link_opens_nothing(client, campaign):
    answer = client.post("/c/dowry-kerman/follow", data={"email": "sara@"})
    assert answer.status_code == 422 and "email-error" in answer.text and 'value="sara@"' in answer.text
    client.post("/c/dowry-kerman/follow", data={"email": ADDRESS})
    spoilt = link_in_letter("follow")[:-2] + "xx"
    assert client.post(spoilt).status_code == 404 and client.get("/following/nothing/stop").status_code == 404
    assert state() == "asked"


def test_thanks_stand_on_the_receipt_and_the_organizer_sees_no_address(app, client, campaign):
    given = gift(campaign, message="خدا قوت")
    client.post(f"/r/{given.code}/follow", data={"email": ADDRESS})
    client.post(link_in_letter("follow"))
    desk = Hands(app, campaign.author)
    desk.after(
        desk.fill(f"/en/desk/c/{campaign.public_id}/gifts/{given.public_id}/thanks", template="warm", body="")
    )
    again = desk.get(f"/en/desk/c/{campaign.public_id}/gifts/{given.public_id}/thanks")
    assert "thanked for once" in again.text and "<form class" not in again.text
    for page in ("", "gifts", "messages", "updates"):
        assert "sara@" not in desk.seen(f"/en/desk/c/{campaign.public_id}/{page}".rstrip("/"))
    assert "1 person follows" in desk.seen(f"/en/desk/c/{campaign.public_id}/messages")
