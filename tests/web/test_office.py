import pytest

from campaigns.domain.accounts.permissions import Role
from tests.cast import person
from tests.web.account.browser import Browser

DESK, QUEUE, MONEY, ACCOUNT = "/en/desk/", "/en/mod/", "/en/finance/", "/en/account"
PEOPLE = "/en/people/"


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (Role.ORGANIZER, {DESK, ACCOUNT}),
        (Role.MODERATOR, {QUEUE, ACCOUNT}),
        (Role.FINANCE, {DESK, MONEY, ACCOUNT}),
        (Role.AUDITOR, {DESK, MONEY, ACCOUNT}),
        (Role.ADMIN, {DESK, QUEUE, MONEY, PEOPLE, ACCOUNT}),
    ],
)
def test_everyone_is_led_only_to_rooms_that_open(app, role, links):
    person("Somebody", role)
    browser = Browser(app)
    browser.sign_in("somebody@example.org")
    page = browser.get("/en/account").text
    assert {link for link in (DESK, QUEUE, MONEY, PEOPLE, ACCOUNT) if f'href="{link}"' in page} == links
    for link in links:
        assert browser.get(link).status_code == 200
