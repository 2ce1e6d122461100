import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.notices.models import Letter
from tests.cast import PASSWORD, mina
from tests.web.account.browser import Browser

NEW = "boat winter seven doors"


@pytest.fixture
def browser(app):
    mina()
    browser = Browser(app)
    browser.sign_in()
    return browser


def test_mina_changes_her_password_and_stays_where_she_is(browser):
    answer = browser.send("/account/password", present=PASSWORD, password=NEW)
    assert answer.headers["Location"] == "/account"
    assert browser.is_inside
    browser.post("/sign-out", {})
    assert browser.sign_in().status_code == 422
    assert browser.sign_in(password=NEW).status_code == 303


def test_everywhere_else_she_is_signed_out_and_her_cookie_is_a_new_one(app, browser):
    phone, before = Browser(app), browser.cookie
    phone.sign_in()
    browser.send("/account/password", present=PASSWORD, password=NEW)
    assert not phone.is_inside
    assert browser.cookie != before


def test_a_session_that_ended_meanwhile_does_not_come_back(app, browser):
    phone = Browser(app)
    phone.sign_in()
    ended = phone.cookie
    browser.send("/account/password", present=PASSWORD, password=NEW)
    phone.post("/account/details", {"name": "x"})
    phone.client.set_cookie("pooyesh", ended)
    assert not phone.is_inside


def test_she_gets_a_letter_about_it(browser):
    browser.send("/account/password", present=PASSWORD, password=NEW)
    [letter] = db.session.scalars(select(Letter))
    assert letter.to == "mina@example.org"
    assert NEW not in letter.body


@pytest.mark.parametrize(
    ("present", "password", "field"),
    [
        ("wrong words here", NEW, "present"),
        ("", NEW, "present"),
        (PASSWORD, "", "password"),
        (PASSWORD, "short", "password"),
        (PASSWORD, "1234567890", "password"),
        (PASSWORD, "mina@example.org", "password"),
        (PASSWORD, "۰۹۱۲۳۴۵۶۷۸۹", "password"),
        (PASSWORD, "x" * 10_000, "password"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_changes(browser, present, password, field):
    answer = browser.send("/account/password", present=present, password=password)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text and f'id="{field}-error"' in answer.text
    assert PASSWORD not in answer.text and (len(password) < 6 or password not in answer.text)
    browser.post("/sign-out", {})
    assert browser.sign_in().status_code == 303


def test_a_stale_token_brings_the_page_back_with_a_fresh_one(browser):
    answer = browser.post("/account/password", {"csrf_token": "stale", "present": PASSWORD, "password": NEW})
    assert answer.status_code == 422
    assert 'href="#main"' in answer.text
    browser.post("/sign-out", {})
    assert browser.sign_in().status_code == 303


def test_a_thief_at_an_open_screen_has_ten_tries(browser, change_settings):
    change_settings(rate_limits=True)
    codes = [
        browser.send("/account/password", present=f"wrong words {n}", password=NEW).status_code
        for n in range(11)
    ]
    assert codes == [422] * 10 + [429]


def test_the_page_is_for_those_inside(app):
    assert Browser(app).get("/account/password").status_code == 302
    assert Browser(app).post("/account/password", {}).status_code == 302
