"""Mina sees where she is signed in, ends what is not hers, and hears of sign-ins from somewhere new."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import LoginSession
from campaigns.domain.factors.models import KnownPlace
from campaigns.domain.factors.places import forget_places
from campaigns.domain.notices.models import Letter
from tests.cast import PASSWORD, mina, reza
from tests.web.account.browser import Browser, hidden

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/131.0.6778.81 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"


def sign_in(app, agent: str, address: str = "192.0.2.7") -> Browser:
    browser = Browser(app)
    browser.client.environ_base |= {"HTTP_USER_AGENT": agent, "REMOTE_ADDR": address}
    assert browser.sign_in().status_code == 303
    return browser


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


@pytest.fixture
def laptop(app):
    mina()
    return sign_in(app, LAPTOP)


def test_she_knows_her_browsers_by_their_kind_and_nothing_more_is_kept(app, laptop):
    sign_in(app, PHONE)
    page = laptop.get("/en/account/sessions").text
    assert "Chrome on Android" in page and "Firefox on Linux" in page
    assert "SM-A155F" not in page and "133" not in page
    kept = db.session.scalars(select(LoginSession)).all()
    assert {row.agent for row in kept} == {"Firefox|Linux", "Chrome|Android"}
    assert {row.address for row in kept} == {"192.0.2.0/24"}


def test_she_ends_one_or_all_others_and_stays_inside(app, laptop):
    phone, tablet, lost = (sign_in(app, PHONE) for _ in range(3))
    token = hidden(laptop.get("/account/sessions"), "csrf_token")
    first = db.session.scalars(select(LoginSession).order_by(LoginSession.created_at.desc())).first()
    laptop.post(f"/account/sessions/{first.public_id}/end", {"csrf_token": token})
    assert not lost.is_inside and phone.is_inside and tablet.is_inside
    laptop.post("/account/sessions/end-others", {"csrf_token": token})
    assert laptop.is_inside and not phone.is_inside and not tablet.is_inside


def test_nobody_ends_the_session_of_somebody_else(app, laptop):
    reza()
    stranger = Browser(app)
    stranger.sign_in("reza@example.org")
    token = hidden(stranger.get("/account/details"), "csrf_token")
    mine = db.session.scalars(select(LoginSession).order_by(LoginSession.created_at)).first()
    assert stranger.post(f"/account/sessions/{mine.public_id}/end", {"csrf_token": token}).status_code == 404
    assert laptop.is_inside


def test_a_new_kind_of_browser_or_network_is_told_by_letter_once(app, laptop):
    assert letters() == []  # where she came from first is no news
    sign_in(app, LAPTOP, "192.0.2.99")
    assert letters() == []
    sign_in(app, PHONE)
    sign_in(app, PHONE)
    sign_in(app, LAPTOP, "198.51.100.4")
    first, second = letters()
    assert "Chrome روی Android" in first.body and "Firefox روی Linux" in second.body
    assert "198.51" not in second.body and {first.to, second.to} == {"mina@example.org"}


def test_places_are_forgotten_after_half_a_year(app, laptop):
    with clock.at(clock.now() + timedelta(days=181)):
        forget_places()
    assert db.session.scalars(select(KnownPlace)).all() == []


def test_what_she_does_is_noted_by_the_quarter_hour_and_looking_is_not(app, laptop):
    [kept] = db.session.scalars(select(LoginSession))
    long_ago = kept.seen_at = clock.now() - timedelta(hours=2)
    db.session.commit()
    token = hidden(laptop.get("/account/details"), "csrf_token")
    db.session.refresh(kept)
    assert kept.seen_at == long_ago
    laptop.post("/account/details", {"csrf_token": token, "name": " ", "language": "fa"})
    db.session.refresh(kept)
    assert kept.seen_at > long_ago
    assert laptop.sign_in(password=PASSWORD).status_code == 303


def test_a_page_is_shown_even_while_nobody_can_write_that_it_was(app, laptop):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("elsewhere one writer keeps nobody else from writing")
    phone = sign_in(app, PHONE)
    token = hidden(laptop.get("/account/sessions"), "csrf_token")
    laptop.post("/account/sessions/end-others", {"csrf_token": token})  # the next page says so, once
    assert not phone.is_inside
    db.session.remove()
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        assert laptop.get("/account/sessions").status_code == 200
