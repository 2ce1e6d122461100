"""Signing in takes two steps for whoever has set up a second one; some roles cannot work without."""

import re

import pyotp
import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.grants import grant_role
from campaigns.domain.accounts.models import LoginSession
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.factors.models import AuthenticatorApp
from campaigns.domain.notices.models import Letter
from tests.cast import leila, mina, reza
from tests.web.account.browser import Browser, hidden

OFFICES = ("/account", "/desk/", "/mod/", "/finance/", "/people/", "/account/second-step", "/account/details")


@pytest.fixture
def browser(app):
    return Browser(app)


def set_up(browser: Browser) -> tuple[str, list[str]]:
    """Sets up an app as a person would; its secret, and the codes on paper."""
    token = hidden(browser.get("/account/second-step"), "csrf_token")
    answer = browser.post("/account/second-step/app/new", {"csrf_token": token})
    page = browser.get(answer.headers["Location"])
    assert 'class="qr"' in page.text
    secret = re.search(r'dir="ltr">([A-Z2-7 ]{32,})</p>', page.text)[1].replace(" ", "")
    shown = browser.send("/account/second-step/app", code=pyotp.TOTP(secret).now())
    return secret, re.findall(r"<bdi>((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})</bdi>", shown.text)


def forget_last_step() -> None:
    """As if the half minute of the last code were over."""
    for app in db.session.scalars(select(AuthenticatorApp)):
        app.last_step = 0
    db.session.commit()


def next_code(secret: str) -> str:
    forget_last_step()
    return pyotp.TOTP(secret).now()


def is_outside(browser: Browser) -> bool:
    return all(browser.get(path).status_code == 302 for path in OFFICES)


def test_the_password_alone_opens_nothing(app, browser):
    reza()
    browser.sign_in("reza@example.org")
    secret, _codes = set_up(browser)
    thief = Browser(app)
    answer = thief.sign_in("reza@example.org")
    assert answer.headers["Location"] == "/sign-in/second"
    assert is_outside(thief)
    assert thief.post("/sign-in/second", {"code": "000000"}).status_code == 422
    assert is_outside(thief)
    assert thief.post("/sign-in/second", {"code": next_code(secret)}).headers["Location"] == "/mod/"
    assert thief.is_inside


def test_each_step_has_a_session_of_its_own_and_the_one_before_is_over(browser):
    reza()
    browser.sign_in("reza@example.org")
    secret, _codes = set_up(browser)
    seen = {browser.cookie}
    browser.post("/sign-out", {})
    browser.sign_in("reza@example.org")
    half = browser.cookie
    assert half not in seen
    browser.post("/sign-in/second", {"code": next_code(secret)})
    assert browser.cookie not in {half, *seen}
    browser.client.set_cookie("pooyesh", half)
    assert is_outside(browser)
    assert browser.get("/sign-in/second").status_code == 303


def test_ten_minutes_later_the_password_is_asked_again(browser):
    reza()
    browser.sign_in("reza@example.org")
    secret, _codes = set_up(browser)
    browser.post("/sign-out", {})
    browser.sign_in("reza@example.org")
    db.session.rollback()
    [kept] = db.session.scalars(select(LoginSession))
    assert not kept.is_whole
    kept.data = kept.data | {"half_at": kept.data["half_at"] - 601}
    db.session.commit()
    answer = browser.post("/sign-in/second", {"code": next_code(secret)})
    assert answer.headers["Location"] == "/sign-in"
    assert is_outside(browser)


def test_codes_cannot_be_guessed_by_trying_nor_by_signing_in_again(browser, change_settings):
    reza()
    browser.sign_in("reza@example.org")
    secret, codes = set_up(browser)
    change_settings(rate_limits=True)
    tried = []
    for _ in range(6):
        browser.sign_in("reza@example.org")
        tried.append(browser.post("/sign-in/second", {"code": "000000"}).status_code)
    assert tried == [422] * 5 + [429]
    for right in (next_code(secret), codes[0]):
        assert browser.post("/sign-in/second", {"code": right}).status_code == 429
    assert is_outside(browser)


def test_where_she_wanted_to_go_is_kept_over_both_steps(browser):
    mina()
    browser.sign_in()
    secret, _codes = set_up(browser)
    browser.post("/sign-out", {})
    form = browser.get(browser.get("/account/details").headers["Location"])
    browser.sign_in(next=hidden(form, "next"))
    answer = browser.post("/sign-in/second", {"code": next_code(secret)})
    assert answer.headers["Location"] == "/account/details"


def test_a_code_from_paper_lets_her_in_once_and_says_how_many_are_left(app, browser):
    mina()
    browser.sign_in()
    _secret, codes = set_up(browser)
    assert len(codes) == 10
    other = Browser(app)
    other.sign_in()
    assert other.post("/en/sign-in/second", {"code": codes[3].lower()}).status_code == 303
    assert "9 are left" in other.get("/en/account").text
    third = Browser(app)
    third.sign_in()
    assert third.post("/sign-in/second", {"code": codes[3]}).status_code == 422


def test_setting_it_up_signs_her_out_elsewhere_and_is_told_by_letter(app, browser):
    mina()
    phone = Browser(app)
    phone.sign_in()
    browser.sign_in()
    set_up(browser)
    assert browser.is_inside and not phone.is_inside
    [letter] = db.session.scalars(select(Letter))
    assert letter.to == "mina@example.org" and "برنامهٔ کدساز" in letter.body


def test_a_new_password_is_no_way_around_the_second_step(app, browser):
    mina()
    browser.sign_in()
    set_up(browser)
    browser.post("/sign-out", {})
    browser.post("/reset", {"login": "mina@example.org"})
    letters = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    link = re.search(r"http://localhost(/reset/\S+)", letters.body)[1]
    browser.post(link, {"password": "boat winter seven doors"})
    answer = browser.sign_in(password="boat winter seven doors")
    assert answer.headers["Location"] == "/sign-in/second"
    assert is_outside(browser)


class TestWhereItIsDemanded:
    @pytest.fixture(autouse=True)
    def demanded(self, change_settings):
        change_settings(require_second_factor=True)

    def test_a_moderator_sets_it_up_before_anything_else(self, browser):
        reza()
        assert browser.sign_in("reza@example.org").headers["Location"] == "/mod/"
        for path in ("/mod/", "/account", "/account/details"):
            assert browser.get(path).headers["Location"] == "/account/second-step"
        assert browser.post("/account/details", {"name": "x"}).headers["Location"] == "/account/second-step"
        set_up(browser)
        assert browser.get("/mod/").status_code == 200

    def test_an_organizer_may_leave_it(self, browser):
        mina()
        browser.sign_in()
        assert browser.get("/desk/").status_code == 200

    def test_a_role_that_is_given_later_demands_it_at_once(self, browser):
        user = mina()
        browser.sign_in()
        grant_role(user, Role.FINANCE)
        db.session.commit()
        assert browser.get("/finance/").headers["Location"] == "/account/second-step"

    def test_the_only_one_cannot_be_removed(self, browser):
        leila()
        browser.sign_in("leila@example.org")
        set_up(browser)
        token = hidden(browser.get("/account/second-step"), "csrf_token")
        answer = browser.post("/account/second-step/app/remove", {"csrf_token": token})
        assert answer.status_code == 422
        assert browser.get("/people/").status_code == 200

    def test_after_a_reset_at_the_console_she_begins_anew(self, app, browser):
        leila()
        browser.sign_in("leila@example.org")
        set_up(browser)
        done = app.test_cli_runner().invoke(args=["accounts", "reset-factors", "leila@example.org"])
        assert done.exit_code == 0, done.output
        assert is_outside(browser)
        browser.sign_in("leila@example.org")
        assert browser.get("/people/").headers["Location"] == "/account/second-step"
        last = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
        assert last.to == "leila@example.org" and "متصدی" in last.body
