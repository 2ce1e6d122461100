"""Goods, end to end, in a real browser without JavaScript: Sara promises six of forty blankets, makes it four, Mina
arranges the day, three come, and Sara's code says so.
"""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from campaigns.base.extensions import db
from campaigns.domain.goods import pledges
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.pledges import left_of
from tests.cast import PASSWORD, mina
from tests.giving import live_campaign
from tests.promises import all_pledges, in_days, need, place
from tests.support.browsers import PHONE
from tests.support.processes import Live

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(300)]


def promise(page: Page, site: str, slug: str) -> None:
    """From the campaign's page to a page of her own."""
    page.goto(f"{site}/c/{slug}")
    expect(page.get_by_text("۴۰ از ۴۰ مانده")).to_be_visible()
    page.locator("#needs ~ p a, section:has(#needs) > p a").first.click()
    page.get_by_role("link", name="خودم می‌آورم").click()
    expect(page.get_by_text("نو و دونفره")).to_be_visible()
    page.locator("#quantity").fill("۶")
    page.get_by_label("انبار کرمان").check()
    page.locator("#day").select_option(in_days(5).isoformat())
    page.locator("#name").fill("سارا")
    page.locator("#mobile").fill("۰۹۱۲۳۴۵۶۷۸۹")
    page.wait_for_timeout(2_200)  # nobody fills a form in a blink: the house asks robots to slow down
    page.get_by_role("button", name="قول می‌دهم").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("سپاس. برای شما نگه داشته شد.")


def change(page: Page, number: str) -> None:
    page.locator("#quantity").fill(number)
    page.locator("#last4").fill("۶۷۸۹")
    page.get_by_role("button", name="همین را نگه دار").click()


def arrange(page: Page, site: str, campaign: str) -> None:
    """Mina signs in and agrees on a day."""
    page.goto(f"{site}/sign-in")
    page.locator("#login").fill("mina@example.org")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="ورود").click()
    page.goto(f"{site}/desk/c/{campaign}")
    page.get_by_role("link", name="کالاهای قول‌داده‌شده").click()
    page.get_by_role("link", name="پتو").click()
    expect(page.get_by_text("۰۹۱۲ ۳۴۵ ۶۷۸۹")).to_be_visible()
    page.locator("#day").fill(in_days(3).isoformat())
    page.locator("#note").fill("ساعت ۱۰ تا ۱۲")
    page.get_by_role("button", name="هماهنگ شد").click()
    expect(page.get_by_text("صفحهٔ این قول هم همین را می‌گوید")).to_be_visible()


def left(line: NeedLine) -> int:
    """How many are still open now; the database is free again afterwards, for the site to write."""
    db.session.rollback()
    found = left_of(line)
    db.session.rollback()
    return found


def test_six_are_promised_four_are_kept_and_three_come(
    app: Flask, live_server: Live, phone: Page, browser: Browser
) -> None:
    office = mina().id
    campaign = live_campaign()
    line = need(campaign)
    place(campaign)
    site, slug, public_id = live_server.url, campaign.slug, campaign.public_id
    db.session.commit()

    promise(phone, site, slug)
    own = phone.url
    assert left(line) == 34
    change(phone, "۴")
    expect(phone.locator(".receipt").get_by_text("۴ تخته")).to_be_visible()
    assert left(line) == 36

    desk = browser.new_context(locale="fa-IR", viewport=PHONE, java_script_enabled=False)
    arrange(desk.new_page(), site, public_id)
    desk.close()
    phone.goto(own)
    expect(phone.get_by_text("ساعت ۱۰ تا ۱۲")).to_be_visible()

    (pledge,) = all_pledges()
    assert pledges.receive(pledge, 3, office) == 3
    code = pledge.code
    db.session.commit()
    phone.goto(f"{site}/track")
    phone.locator("#code").fill(code.lower())
    phone.locator("main").get_by_role("button").first.click()
    expect(phone.get_by_text("۳ تخته از ۴ تخته رسید")).to_be_visible()
    phone.goto(f"{site}/c/{slug}")
    expect(phone.get_by_text("۳۷ از ۴۰ مانده")).to_be_visible()
    expect(phone.get_by_text("۳ به صورت کالا رسیده")).to_be_visible()
