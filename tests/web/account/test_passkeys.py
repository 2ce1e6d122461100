"""A passkey lets in whoever holds it, once for each question, from our own pages only."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.factors.models import Passkey
from tests.cast import mina, reza
from tests.web.account.browser import Browser, hidden
from tests.web.account.device import Device, question
from tests.web.officehands import filled


@pytest.fixture
def browser(app):
    reza()
    browser = Browser(app)
    browser.sign_in("reza@example.org")
    return browser


@pytest.fixture
def device():
    return Device()


def add(browser: Browser, device: Device) -> int:
    page = browser.get("/account/second-step/passkey")
    token = hidden(page, "csrf_token")
    answer = browser.post(
        "/account/second-step/passkey", {"csrf_token": token, "name": "گوشی", "passkey": device.make(page)}
    )
    return answer.status_code


def enter(app, device: Device, page=None) -> Browser:
    """Somebody at the sign-in page who only shows the device."""
    browser = Browser(app)
    shown = page or browser.get("/sign-in")
    browser.post("/sign-in/passkey", {"passkey": device.show(shown)})
    return browser


def test_reza_signs_in_with_it_alone(app, browser, device):
    assert add(browser, device) == 200  # his recovery codes
    other = Browser(app)
    answer = other.post("/sign-in/passkey", {"passkey": device.show(other.get("/sign-in"))})
    assert answer.headers["Location"] == "/mod/"
    assert other.is_inside
    [kept] = db.session.scalars(select(Passkey))
    assert (kept.name, kept.sign_count) == ("گوشی", device.count) and kept.used_at is not None


def test_or_after_his_password(app, browser, device):
    add(browser, device)
    other = Browser(app)
    assert other.sign_in("reza@example.org").headers["Location"] == "/sign-in/second"
    page = other.get("/sign-in/second")
    assert len(question(page)["allowCredentials"]) == 1
    assert other.post("/sign-in/second/passkey", {"passkey": device.show(page)}).status_code == 303
    assert other.is_inside


def test_an_answer_that_was_overheard_is_worth_nothing(app, browser, device):
    add(browser, device)
    page = Browser(app).get("/sign-in")
    answer = device.show(page)
    first, thief = Browser(app), Browser(app)
    assert first.post("/sign-in/passkey", {"passkey": answer}).status_code == 303
    assert thief.post("/sign-in/passkey", {"passkey": answer}).status_code == 422
    assert not thief.is_inside


@pytest.mark.parametrize("counts", [True, False])
def test_nor_is_one_to_the_same_question(app, browser, counts):
    device = Device(counts=counts)
    add(browser, device)
    page = Browser(app).get("/sign-in")
    assert enter(app, device, page).is_inside
    assert not enter(app, device, page).is_inside


def test_a_copy_of_the_device_is_noticed_by_its_count(app, browser, device):
    add(browser, device)
    for _ in range(3):
        assert enter(app, device).is_inside
    copy = Device(key=device.key, count=1)
    assert not enter(app, copy).is_inside
    silent = Device(key=device.key, counts=False)
    assert not enter(app, silent).is_inside


def test_a_device_that_does_not_look_who_holds_it_is_refused(app, browser, device):
    assert add(browser, Device(verifies=False, credential_id=b"careless-0123456")) == 422
    add(browser, device)
    device.verifies = False
    assert not enter(app, device).is_inside


@pytest.mark.parametrize(
    "false",
    [{"origin": "https://evil.example"}, {"origin": "http://localhost:81"}, {"name": "evil.example"}],
)
def test_what_was_signed_for_another_site_is_refused(app, browser, device, false):
    add(browser, device)
    assert not enter(app, Device(key=device.key, count=50, **false)).is_inside


def test_a_question_for_one_thing_or_person_is_no_question_for_another(app, browser, device):
    add(browser, device)
    proof = browser.get("/account/proof")
    assert not enter(app, device, proof).is_inside
    mina()
    hers = Browser(app)
    hers.sign_in()
    page = hers.get("/account/second-step/passkey")
    assert not enter(app, device, page).is_inside
    assert add(hers, device) == 422  # it is Reza's already


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "x", '{"rawId": 1}', '{"response": {}}', "9" * 30_000]
)
def test_nonsense_is_refused_as_any_other(app, answer):
    browser = Browser(app)
    assert browser.post("/sign-in/passkey", {"passkey": answer}).status_code == 422


def test_it_proves_who_he_is_where_that_is_asked(browser, device):
    add(browser, device)
    page = browser.get("/account/proof")
    answer = browser.post("/account/proof", filled(page, passkey=device.show(page)))
    assert answer.status_code == 303


def test_he_removes_it_and_it_opens_nothing_any_more(app, browser, device):
    add(browser, device)
    path = f"/account/second-step/passkey/{db.session.scalars(select(Passkey.public_id)).one()}/remove"
    token = hidden(browser.get("/account/second-step"), "csrf_token")
    browser.post(path, {"csrf_token": token})
    assert not enter(app, device).is_inside
    assert browser.post(path, {"csrf_token": token}).status_code == 404
    assert Browser(app).sign_in("reza@example.org").headers["Location"] == "/mod/"
