"""Zahra takes gifts at her counter without a script and without touching the mouse, and the receipt comes out alone."""

import re
from time import monotonic

import pytest
from playwright.sync_api import Browser, expect

from campaigns.base.extensions import db
from campaigns.domain.counter.models import Receipt
from tests.cast import PASSWORD, mina, parisa, reza
from tests.domain.counter.desk import an_office
from tests.support.processes import Live
from tests.worlds import live_campaign

pytestmark = [pytest.mark.browser, pytest.mark.server]
AT_MOST_SECONDS = 20


def test_two_gifts_with_the_keyboard_alone(app, live_server: Live, browser: Browser) -> None:
    live_campaign(mina(), reza(), parisa())
    people = an_office()
    email, office = people.zahra.email or "", people.office.public_id
    db.session.commit()  # the site writes as well
    page = browser.new_page(java_script_enabled=False, locale="fa-IR")
    page.goto(f"{live_server.url}/sign-in")
    page.locator("#login").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/counter/")
    page.goto(f"{live_server.url}/counter/{office}")
    began = monotonic()
    for number in ("00001", "00002"):
        expect(page.locator("#rials")).to_be_focused()
        page.keyboard.type("۵۰۰۰۰")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(number)
    assert (monotonic() - began) / 2 < AT_MOST_SECONDS
    page.emulate_media(media="print")
    expect(page.locator(".slip")).to_be_visible()
    for unprintable in (".till", ".top", ".foot"):
        expect(page.locator(unprintable)).to_be_hidden()
    sheets = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    page.close()
    db.session.expire_all()
    assert [row.number for row in db.session.query(Receipt).order_by(Receipt.id)] == [1, 2]
