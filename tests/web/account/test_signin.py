import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from campaigns.base import clock
from campaigns.base.buckets import Bucket
from campaigns.base.extensions import db
from campaigns.base.tokens import sign
from campaigns.domain.accounts.actions import set_enabled
from campaigns.domain.accounts.models import LoginSession
from campaigns.domain.accounts.passwords import is_outdated
from campaigns.domain.accounts.permissions import Role
from campaigns.web.account import landing
from tests.cast import PASSWORD, mina, person
from tests.web.account.browser import Browser, hidden


@pytest.fixture
def browser(app):
    return Browser(app)


def sessions() -> list[LoginSession]:
    db.session.rollback()
    return list(db.session.scalars(select(LoginSession)))


@pytest.mark.parametrize(
    "login", ["mina@example.org", " MINA@Example.org", "09123456789", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "+98 912 345 6789"]
)
def test_mina_signs_in_by_whatever_name_she_goes(browser, login):
    mina()
    answer = browser.sign_in(login)
    assert answer.status_code == 303
    assert browser.is_inside


def test_the_session_cookie_is_out_of_reach_of_scripts_and_only_its_hash_is_kept(browser):
    mina()
    header = browser.sign_in().headers["Set-Cookie"]
    assert "HttpOnly" in header and "SameSite=Lax" in header and "Path=/" in header
    [kept] = sessions()
    assert browser.cookie not in kept.id_hash


def test_signing_in_replaces_whatever_session_the_browser_had(browser):
    mina()
    browser.sign_in()
    planted = browser.cookie
    browser.post("/sign-out", {})
    browser.client.set_cookie("pooyesh", planted)
    browser.sign_in()
    assert browser.cookie != planted
    before = browser.cookie
    browser.sign_in()
    assert browser.cookie != before
    assert len(sessions()) == 1


def plain(page: str, login: str) -> str:
    """The page without what was typed, and without the question for passkeys, which is another one each time."""
    return re.sub('data-question="[^"]*"', "", page.replace(f'value="{login}"', ""))


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("mina@example.org", "fig ladder rain 8"),
        ("nobody@example.org", PASSWORD),
        ("closed@example.org", PASSWORD),
        ("09350000000", PASSWORD),
        ("nonsense", PASSWORD),
        ("آ" * 200, PASSWORD),
    ],
)
def test_unknown_wrong_and_disabled_get_one_answer(browser, login, password):
    mina()
    set_enabled(person("Closed"), False)
    db.session.commit()
    answer = browser.sign_in(login, password)
    assert answer.status_code == 422
    expected = browser.sign_in("reference@example.org", "some other words").text
    assert plain(answer.text, login) == plain(expected, "reference@example.org")
    assert sessions() == [] and "Set-Cookie" not in answer.headers


def test_an_error_keeps_the_name_and_forgets_the_password(browser):
    answer = browser.sign_in("mina@example.org", "wrong words here")
    assert 'value="mina@example.org"' in answer.text
    assert "wrong words here" not in answer.text
    assert 'role="alert"' in answer.text and 'href="#login"' in answer.text


def test_empty_fields_are_each_named(browser):
    answer = browser.sign_in("", "")
    assert answer.status_code == 422
    assert 'href="#login"' in answer.text and 'href="#password"' in answer.text


def test_the_form_says_what_belongs_into_its_fields_and_lets_people_paste(browser):
    page = browser.get("/sign-in").text
    assert 'autocomplete="username"' in page and 'autocomplete="current-password"' in page
    assert "onpaste" not in page and "maxlength" not in page


def test_a_form_on_another_site_cannot_sign_anyone_in(browser):
    mina()
    form = {"login": "mina@example.org", "password": PASSWORD}
    assert browser.post("/sign-in", form, site="cross-site").status_code == 403
    assert browser.post("/sign-in", form, site="same-site").status_code == 403
    assert sessions() == []


def test_ten_wrong_tries_and_even_the_right_password_has_to_wait(browser, change_settings):
    change_settings(rate_limits=True)
    mina()
    for _ in range(10):
        assert browser.sign_in(password="wrong words here").status_code == 422
    refused = browser.sign_in()
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 90
    assert 'value="mina@example.org"' in refused.text
    assert sessions() == []
    db.session.execute(update(Bucket).values(updated_at=clock.now() - timedelta(minutes=2)))
    assert browser.sign_in().status_code == 303


def test_an_unknown_name_is_throttled_like_a_known_one(browser, change_settings):
    change_settings(rate_limits=True)
    codes = [browser.sign_in("nobody@example.org").status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_an_old_hash_is_brought_up_to_date_on_the_way_in(browser):
    user = mina()
    user.password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    db.session.commit()
    assert browser.sign_in().status_code == 303
    db.session.refresh(user)
    assert not is_outdated(user.password_hash)
    assert browser.sign_in().status_code == 303


class TestWhereTo:
    def test_back_to_the_page_that_was_asked_for(self, browser):
        mina()
        sent = browser.get("/account/details")
        assert sent.status_code == 302
        form = browser.get(sent.headers["Location"])
        answer = browser.sign_in(next=hidden(form, "next"))
        assert answer.headers["Location"] == "/account/details"

    def test_in_english_too(self, browser):
        mina()
        form = browser.get(browser.get("/en/account/details").headers["Location"])
        answer = browser.post(
            "/en/sign-in",
            {"login": "mina@example.org", "password": PASSWORD, "next": hidden(form, "next")},
        )
        assert answer.headers["Location"] == "/en/account/details"

    @pytest.mark.parametrize(
        "planted",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https:evil.example",
            "/..//evil.example",
            "/account",
            "\r\nSet-Cookie: a=b",
            "x" * 5000,
            "ÿ.ÿ.ÿ",
        ],
    )
    def test_nobody_can_plant_an_address(self, app, browser, planted, monkeypatch):
        monkeypatch.setattr(landing, "WORK", ())
        mina()
        assert browser.sign_in(next=planted).headers["Location"] == "/account"

    def test_a_token_of_another_purpose_or_with_another_host_is_no_address(self, app, browser, monkeypatch):
        monkeypatch.setattr(landing, "WORK", ())
        mina()
        for token in (sign("form", "/account/details"), sign("next", "//evil.example"), sign("next", ["/x"])):
            assert browser.sign_in(next=token).headers["Location"] == "/account"

    def test_an_hour_later_the_wish_is_forgotten(self, app, browser, monkeypatch):
        monkeypatch.setattr(landing, "WORK", ())
        monkeypatch.setattr(landing, "NEXT_SECONDS", -1)
        mina()
        assert browser.sign_in(next=sign("next", "/account/details")).headers["Location"] == "/account"

    @pytest.mark.parametrize(
        ("role", "path"),
        [
            (Role.ORGANIZER, "/desk/"),
            (Role.PROVINCE_DESK, "/desk/"),
            (Role.MODERATOR, "/mod/"),
            (Role.FINANCE, "/desk/"),
            (Role.AUDITOR, "/desk/"),
            (Role.ADMIN, "/desk/"),
        ],
    )
    def test_everyone_lands_at_their_work(self, browser, role, path):
        person("Somebody", role)
        assert browser.sign_in("somebody@example.org").headers["Location"] == path

    def test_without_a_role_one_lands_at_ones_account(self, browser):
        person("Somebody")
        assert browser.sign_in("somebody@example.org").headers["Location"] == "/account"

    def test_somebody_who_is_inside_is_not_asked_again(self, browser):
        mina()
        browser.sign_in()
        assert browser.get("/sign-in").status_code == 303


class TestSessions:
    def test_signing_out_ends_the_session_on_the_server(self, browser):
        mina()
        browser.sign_in()
        stolen = browser.cookie
        answer = browser.post("/sign-out", {})
        assert answer.headers["Location"] == "/signed-out"
        assert browser.get("/signed-out").status_code == 200
        assert sessions() == []
        browser.client.set_cookie("pooyesh", stolen)
        assert not browser.is_inside

    def test_signing_out_twice_is_fine_and_a_link_cannot_do_it(self, browser):
        assert browser.post("/sign-out", {}).status_code == 303
        assert browser.get("/sign-out").status_code == 405

    def test_a_session_ends_after_its_hours(self, browser):
        mina()
        browser.sign_in()
        [kept] = sessions()
        kept.created_at = clock.now() - timedelta(hours=11, minutes=59)
        assert browser.is_inside
        kept.created_at = clock.now() - timedelta(hours=12, minutes=1)
        assert not browser.is_inside

    def test_a_disabled_person_is_out_at_once(self, browser):
        user = mina()
        browser.sign_in()
        user.is_enabled = False
        db.session.commit()
        assert not browser.is_inside

    def test_a_made_up_cookie_is_nobody(self, browser):
        browser.client.set_cookie("pooyesh", "x" * 3000)
        assert not browser.is_inside

    def test_pages_for_signed_in_people_are_kept_by_no_cache(self, browser):
        mina()
        browser.sign_in()
        assert "no-store" in browser.get("/account").headers["Cache-Control"]
