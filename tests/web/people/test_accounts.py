"""Giving and taking roles, shutting accounts and opening them; the record of all of it."""

import pytest

from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.grants import changes_of, grant_role
from campaigns.domain.accounts.history import VERBS
from campaigns.domain.accounts.permissions import Role
from campaigns.web.people.person import HAPPENED
from tests.cast import leila, mina, person, reza
from tests.web.account.browser import Browser
from tests.web.officehands import Hands
from tests.web.people.postbox import known
from tests.worlds import empty_draft, organization

KERMAN = "IR-08"


@pytest.fixture
def office(app):
    organization()
    return Hands(app, leila())


def address(user, page: str = "") -> str:
    return f"/people/{user.public_id}{page}"


def test_a_role_is_given_and_counts_at_the_next_request(app, office):
    sara = person("Sara")
    browser = Browser(app)
    browser.sign_in("sara@example.org")
    assert browser.get("/mod/").status_code == 404
    page = office.after(office.fill(address(sara, "/give"), role="moderator", place=KERMAN))
    assert "نقش داده شد" in page and "در استان کرمان" in page
    assert browser.get("/mod/").status_code == 200


def test_a_role_is_taken_away_after_a_page_that_asks(app, office):
    user = reza()
    browser = Browser(app)
    browser.sign_in("reza@example.org")
    way = address(user, "/take/moderator/country")
    assert way in office.seen(address(user))
    assert "Take this role away?" in office.seen(f"/en{way}")
    assert len(grants_of(user.id)) == 1, "looking changes nothing"
    page = office.after(office.fill(way))
    assert "بدون نقش" in page
    assert browser.get("/mod/").status_code == 404
    assert [change.verb for change in changes_of(user)] == ["grant", "revoke"]
    assert office.get(way).status_code == 404, "it is gone"


def test_a_role_that_is_there_is_not_given_again(office):
    user = reza()
    answer = office.fill(address(user, "/give"), role="moderator", place="country")
    assert answer.status_code == 422 and 'id="role-error"' in answer.text
    assert len(grants_of(user.id)) == len(changes_of(user)) == 1


def test_what_is_no_role_and_no_place_is_no_page(office):
    user = reza()
    for way in ("king/country", "moderator/IR-99", "moderator/nowhere", f"moderator/{KERMAN}"):
        assert office.get(address(user, f"/take/{way}")).status_code == 404


def test_a_disabled_persons_session_is_over_at_the_next_request(app, office):
    user = mina()
    browser = Browser(app)
    browser.sign_in()
    assert browser.is_inside
    assert "Disable this account?" in office.seen(f"/en{address(user, '/disable')}")
    assert browser.is_inside, "looking changes nothing"
    page = office.after(office.fill(address(user, "/disable")))
    assert "غیرفعال" in page
    assert not browser.is_inside
    assert browser.sign_in().status_code == 422
    office.after(office.fill(address(user, "/enable")))
    assert not browser.is_inside, "the old session stays over"
    assert browser.sign_in().status_code == 303
    assert len(grants_of(user.id)) == 1, "roles stayed"


def test_there_is_nothing_to_enable_in_an_open_account(office):
    user = mina()
    assert office.get(address(user, "/enable")).status_code == 404
    office.fill(address(user, "/disable"))
    assert office.get(address(user, "/disable")).status_code == 404


def test_the_last_administrator_stays(app, office):
    """Nader may shut Leila out; then he is alone, and nobody is left to shut him out or to take his role."""
    nader = Hands(app, person("Nader", Role.ADMIN))
    token = office.token
    nader.after(nader.fill(address(office.user, "/disable")))
    for way in ("/disable", "/take/admin/country"):
        assert office.post(address(nader.user, way), {"csrf_token": token}).status_code in {302, 400, 404}
        assert nader.post(address(nader.user, way), {"csrf_token": nader.token}).status_code == 404
    assert known("nader@example.org").is_enabled and len(grants_of(nader.user.id)) == 1


def test_an_administrator_without_a_password_does_not_count_as_another_one(app, office):
    """Leila's own account is closed while she is at it: the one she acts on is the last who can come in."""
    nader = person("Nader", Role.ADMIN)
    office.user.password_hash = None
    for way in ("/disable", "/take/admin/country"):
        answer = office.fill(f"/en{address(nader, way)}")
        assert answer.status_code == 422 and "Make another administrator first" in answer.text
    assert known("nader@example.org").is_enabled and len(grants_of(nader.id)) == 1


def test_the_page_tells_what_happened_and_who_did_it(office):
    user = mina()
    grant_role(user, Role.AUDITOR, campaign_id=empty_draft(user).id, by=office.user)
    office.fill(address(user, "/disable"))
    page = office.seen(f"/en{address(user)}")
    past = page[page.index('id="past"') :]
    events = ["The account was disabled", "Auditor (reads only)", "Organizer", "The account was made"]
    places = [past.index(words) for words in events]
    assert places == sorted(places), "newest first"
    assert past.count("Leila") == 2 and past.count("at the console") == 2
    assert "on the campaign “جهیزیه" in past


def test_the_page_has_words_for_everything_that_may_happen():
    assert set(HAPPENED) == set(VERBS)


def test_the_list_has_roles_in_words_states_and_pages(office):
    for number in range(31):
        person(f"P{number}", Role.MODERATOR, province_code=KERMAN)
    office.fill(address(mina(), "/disable"))
    page = office.seen("/en/people/")
    assert "33 people" in page and "disabled" in page
    assert "Moderator – in the province Kerman" in page and "Organizer – in the whole country" in page
    assert "page=2" in page and "Page 1 of 2" in page
    last = office.seen("/en/people/?page=2")
    assert "Leila" in last and "Administrator – in the whole country" in last
    assert office.get("/people/?page=3").status_code == 404
    assert office.get("/people/?page=0").status_code == 404
    assert office.get("/people/?page=99999999999999999999").status_code == 404
    assert "Nobody fits" in office.seen("/en/people/?q=zzz")


def test_mina_is_found_by_her_number_in_any_digits(office):
    user = mina()
    for words in ("۰۹۱۲۳۴۵۶۷۸۹", "0912 345", "MINA@"):
        page = office.client.get("/people/", query_string={"q": words}).text
        assert user.public_id in page and office.user.public_id not in page
