"""Sara's blankets come to the warehouse: a code, Enter, a number, Enter; a receipt to print; her page knows at once."""

import re
from time import monotonic

import pytest
from playwright.sync_api import Browser, expect

from campaigns.base.extensions import db
from campaigns.domain.goods.stock_models import Intake
from tests.cast import PASSWORD, mina, parisa, reza
from tests.domain.goods.store import a_store
from tests.promises import need, promised
from tests.support.processes import Live
from tests.worlds import live_campaign

pytestmark = [pytest.mark.browser, pytest.mark.server]
AT_MOST_SECONDS = 20


def test_six_were_promised_three_come_and_the_page_says_so(app, live_server: Live, browser: Browser) -> None:
    pledge = promised(need(live_campaign(mina(), reza(), parisa()), 40), 6)
    store = a_store()
    email, warehouse, code = store.zahra.email or "", store.warehouse.public_id, pledge.code
    db.session.commit()  # the site writes as well
    page = browser.new_page(java_script_enabled=False, locale="fa-IR")
    page.goto(f"{live_server.url}/sign-in")
    page.locator("#login").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/counter/")
    page.goto(f"{live_server.url}/goods/{warehouse}")
    began = monotonic()
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    expect(page.locator("#quantity")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("۳")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("00001")
    assert monotonic() - began < AT_MOST_SECONDS
    expect(page.locator("#q")).to_be_focused()
    page.emulate_media(media="print")
    expect(page.locator(".slip")).to_be_visible()
    expect(page.locator(".till")).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.emulate_media(media="screen")
    page.goto(f"{live_server.url}/g/{code}")
    expect(page.locator("article")).to_contain_text("۳ تخته از ۶ تخته")
    page.close()
    db.session.expire_all()
    assert [(row.quantity, row.counted) for row in db.session.query(Intake)] == [(3, 3)]
