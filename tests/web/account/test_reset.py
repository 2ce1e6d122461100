import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.accounts.actions import set_enabled
from campaigns.domain.accounts.models import ResetLink
from campaigns.domain.notices.models import Letter
from tests.cast import mina, person
from tests.web.account.browser import Browser

NEW = "boat winter seven doors"


@pytest.fixture
def browser(app):
    return Browser(app)


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def link_in(letter: Letter) -> str:
    """The path of the link in a letter."""
    found = re.search(r"http://localhost(/\S*reset/\S+)", letter.body)
    assert found, letter.body
    return found[1]


@pytest.mark.parametrize("login", ["mina@example.org", "۰۹۱۲۳۴۵۶۷۸۹"])
def test_mina_forgot_her_password_and_gets_back_in(app, browser, login):
    mina()
    phone = Browser(app)
    phone.sign_in()
    assert browser.post("/reset", {"login": login}).headers["Location"] == "/reset-sent"
    link = link_in(letters()[0])
    assert 'autocomplete="new-password"' in browser.get(link).text
    assert browser.post(link, {"password": NEW}).headers["Location"] == "/reset-done"
    assert browser.get("/reset-done").status_code == 200
    assert not phone.is_inside
    assert browser.sign_in(password=NEW).status_code == 303
    assert [letter.subject for letter in letters()][1:] != []


def test_the_answer_does_not_say_who_has_an_account(browser):
    mina()
    set_enabled(person("Closed"), False)
    db.session.commit()
    logins = ["mina@example.org", "nobody@example.org", "closed@example.org", "nonsense", "09350000000"]
    answers = [browser.post("/reset", {"login": login}) for login in logins]
    assert len({(a.status_code, a.headers["Location"], a.text) for a in answers}) == 1
    assert [letter.to for letter in letters()] == ["mina@example.org"]


def test_a_link_works_once_and_then_is_gone(browser):
    mina()
    browser.post("/reset", {"login": "mina@example.org"})
    link = link_in(letters()[0])
    browser.post(link, {"password": NEW})
    assert browser.get(link).status_code == 410
    assert browser.post(link, {"password": "other words entirely 9"}).status_code == 410
    assert browser.sign_in(password=NEW).status_code == 303


def test_looking_at_the_link_does_not_use_it_up(browser):
    mina()
    browser.post("/reset", {"login": "mina@example.org"})
    link = link_in(letters()[0])
    assert [browser.get(link).status_code for _ in range(3)] == [200] * 3


def test_a_weak_password_does_not_use_the_link_up(browser):
    mina()
    browser.post("/reset", {"login": "mina@example.org"})
    link = link_in(letters()[0])
    for weak in ("", "short", "1234567890", "mina@example.org", "x" * 10_000):
        answer = browser.post(link, {"password": weak})
        assert answer.status_code == 422 and 'id="password-error"' in answer.text
    assert browser.post(link, {"password": NEW}).status_code == 303


def test_an_old_link_and_a_made_up_link_are_gone(browser):
    mina()
    browser.post("/reset", {"login": "mina@example.org"})
    link = link_in(letters()[0])
    db.session.execute(update(ResetLink).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert browser.get(link).status_code == 410
    assert browser.get("/reset/made-up").status_code == 410
    assert browser.post("/reset/made-up", {"password": NEW}).status_code == 410


def test_the_link_never_comes_from_the_host_header(browser, change_settings):
    change_settings(site_url="https://pooyesh.example")
    mina()
    browser.post("/reset", {"login": "mina@example.org"})
    assert all(
        link.startswith("https://pooyesh.example") for link in re.findall(r"http\S+", letters()[0].body)
    )


def test_three_letters_an_hour_are_enough(browser, change_settings):
    change_settings(rate_limits=True)
    codes = [browser.post("/reset", {"login": "mina@example.org"}).status_code for _ in range(4)]
    assert codes == [303, 303, 303, 429]


def test_no_page_of_this_way_touches_a_session(browser):
    mina()
    browser.post("/reset", {"login": "mina@example.org"})
    for path in ("/reset", "/reset-sent", link_in(letters()[0]), "/reset-done", "/signed-out"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")


def test_a_form_on_another_site_sends_no_letters(browser):
    mina()
    assert browser.post("/reset", {"login": "mina@example.org"}, site="cross-site").status_code == 403
    assert letters() == []


def test_who_tries_link_after_link_has_to_wait(app, change_settings):
    change_settings(rate_limits=True)
    browser = Browser(app)
    answers = [browser.post(f"/reset/made-up-{number}", {"password": "x" * 20}) for number in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {410}
    assert answers[60].status_code == 429
    assert int(answers[60].headers["Retry-After"]) > 0
