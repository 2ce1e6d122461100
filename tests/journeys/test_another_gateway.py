"""Sara's gateway does not answer, so she pays through Saman: a form of ours, a form of theirs, no script anywhere."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from campaigns.base.extensions import db
from campaigns.domain.ledger.queries import received
from sandbox.faults import Fault
from tests.giving import live_campaign
from tests.support.processes import Launcher, PracticeBank

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(200)]


def test_sara_pays_through_saman_when_zarinpal_is_off(
    app: Flask, launcher: Launcher, practice_bank: PracticeBank, phone: Page
) -> None:
    campaign = live_campaign()
    campaign_id, path = campaign.id, f"/c/{campaign.slug}/give?other=50000&intent=sadaqah"
    db.session.rollback()  # the site is another process: nothing here may hold the writers' lock
    site = launcher.site(GATEWAYS="zarinpal zibal sep").url
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text))
    phone.goto(f"{site}{path}")
    expect(phone.get_by_label("زرین‌پال")).to_be_checked()
    practice_bank.bank.faults.add(Fault("terminal_off"))
    phone.wait_for_timeout(2_200)  # nobody fills a form in a blink
    phone.get_by_role("button", name="پرداخت ۵۰٬۰۰۰ تومان").click()
    expect(phone.get_by_role("heading", name="درگاه بانک پاسخ نداد")).to_be_visible()
    expect(phone.get_by_label("زرین‌پال")).to_have_count(0)
    expect(phone.get_by_label("زیبال")).to_be_checked()
    phone.get_by_label("سامان").check()
    phone.get_by_role("button", name="ادامهٔ پرداخت").click()
    phone.get_by_role("button", name=re.compile("در درگاه بانک")).click()
    expect(phone.get_by_text("سامان (سپ)")).to_be_visible()
    phone.get_by_role("button", name="پرداخت", exact=True).click()
    phone.get_by_role("button", name="بازگشت به پذیرنده").click()
    expect(phone.get_by_role("heading", name="سپاس")).to_be_visible()
    assert received(campaign_id) == 500_000
    db.session.rollback()
    assert [text for text in complaints if "503" not in text] == []
