import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.grants import grant_role
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import mina, person
from tests.web.account.browser import Browser


@pytest.fixture
def browser(app):
    seed_provinces()
    return Browser(app)


def test_mina_sees_who_she_is_here_and_what_she_may_do(browser):
    grant_role(mina(), Role.MODERATOR, province_code="IR-08")
    db.session.commit()
    browser.sign_in()
    page = browser.get("/en/account").text
    for words in ("Mina", "mina@example.org", "0912 345 6789", "Organizer", "Kerman"):
        assert words in page
    assert "Write and change campaigns" in page and "See the review queue" in page
    assert "Create accounts" not in page


def test_in_persian_the_number_and_the_province_are_persian(browser):
    grant_role(mina(), Role.MODERATOR, province_code="IR-08")
    db.session.commit()
    browser.sign_in()
    page = browser.get("/account").text
    assert "۰۹۱۲ ۳۴۵ ۶۷۸۹" in page and "کرمان" in page


def test_somebody_without_a_role_is_told_so(browser):
    person("Sara")
    browser.sign_in("sara@example.org")
    assert "You have no role yet" in browser.get("/en/account").text


def test_mina_changes_her_name_and_language(browser):
    user = mina()
    browser.sign_in()
    answer = browser.send("/account/details", name="  مينا\u200b كريمي ", language="en")
    assert answer.headers["Location"] == "/account"
    db.session.refresh(user)
    assert (user.name, user.language) == ("مینا کریمی", "en")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": " ", "language": "fa"}, "name"),
        ({"name": "م" * 121, "language": "fa"}, "name"),
        ({"name": "مینا", "language": "tlh"}, "language"),
        ({"name": "مینا"}, "language"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(browser, data, field):
    mina()
    browser.sign_in()
    answer = browser.send("/account/details", **data)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text and f'id="{field}-error"' in answer.text


def test_a_stale_token_loses_nothing_that_was_typed(browser):
    user = mina()
    browser.sign_in()
    answer = browser.post("/account/details", {"csrf_token": "stale", "name": "مینا کریمی", "language": "en"})
    assert answer.status_code == 422
    assert "مینا کریمی" in answer.text and "selected>English" in answer.text
    db.session.refresh(user)
    assert user.name == "Mina"


def test_another_persons_token_is_no_token(app, browser):
    mina()
    person("Sara")
    other = Browser(app)
    other.sign_in("sara@example.org")
    browser.sign_in()
    from_sara = other.get("/account/details").text.split('name="csrf_token"')[1].split('value="')[1]
    answer = browser.post(
        "/account/details", {"csrf_token": from_sara.split('"')[0], "name": "x", "language": "fa"}
    )
    assert answer.status_code == 422


def test_only_those_inside_have_an_account_page(app):
    for path in ("/account", "/account/details"):
        assert Browser(app).get(path).headers["Location"].startswith("/sign-in?next=")
