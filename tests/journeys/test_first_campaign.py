"""The first campaign, end to end, in a real browser without JavaScript.

Mina writes a campaign, Reza and Parisa approve it, Sara gives on her phone and closes the tab at the bank, the worker
settles it, Reza approves her message, and everyone sees the bar, the wall and the receipt.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.ledger.queries import disagreements
from campaigns.domain.regions.actions import seed_provinces
from tests.cast import PASSWORD, mina, person, reza
from tests.support.browsers import PHONE
from tests.support.processes import Live, PracticeBank, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(400)]

TITLE = "بیست ویلچر برای کودکان کرمان"


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A new person at a small screen, with an empty cookie jar and no JavaScript."""
    contexts = []

    def arrive() -> Page:
        context = browser.new_context(locale="fa-IR", viewport=PHONE, java_script_enabled=False)
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/sign-in")
    page.locator("#login").fill(f"{name}@example.org")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="ورود").click()


def write_campaign(page: Page) -> None:
    """Fills the pages of the editor, as somebody without training would."""
    page.get_by_role("link", name="پویش تازه").click()
    page.get_by_label("عنوان").fill(TITLE)
    page.get_by_role("button", name="آغاز").click()
    page.get_by_role("link", name="شناسنامه").click()
    page.locator("#lead_fa").fill("بیست کودک در کرمان ویلچر ندارند. هر ویلچر ۳۰ میلیون تومان است.")
    page.locator("#slug").fill("kerman-wheelchairs")
    page.get_by_label("کرمان", exact=True).check()
    page.locator("#ends_on").fill(_last_day())
    page.get_by_role("button", name="ذخیره", exact=True).click()
    page.get_by_role("link", name="هدف و مبلغ‌ها").click()
    page.locator("#unit_name_fa").fill("ویلچر")
    page.locator("#unit_count").fill("۲۰")
    page.locator("#costs-0-fa").fill("ویلچر سبک")
    page.locator("#costs-0-rials").fill("۳۰ میلیون")
    page.locator("#presets-0-fa").fill("یک چرخ")
    page.locator("#presets-0-rials").fill("۲۰۰٬۰۰۰")
    page.locator("#surplus_rule_fa").fill("مازاد، ویلچر بیست‌ویکم می‌شود.")
    page.get_by_role("button", name="ذخیره", exact=True).click()
    page.get_by_role("link", name="داستان").click()
    page.locator("#story_fa").fill("این بیست کودک هر روز به مدرسه می‌روند.\n\nویلچرها **نو** و ساخت ایران‌اند.")
    page.get_by_role("button", name="ذخیره", exact=True).click()
    page.get_by_role("link", name="بازبینی و فرستادن برای بررسی").click()
    page.get_by_role("button", name="فرستادن برای بررسی").click()


def _last_day() -> str:
    return (tehran_day(now()) + timedelta(days=40)).isoformat()


def approve_first(page: Page, site: str, kind: str) -> None:
    page.goto(f"{site}/mod/?kind={kind}")
    for _second in range(10):  # what came past the queue is brought in by the worker
        if page.locator(".queue a").count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    page.locator(".queue a").first.click()
    page.get_by_label("تأیید", exact=True).check()
    page.get_by_role("button", name="ثبت تصمیم").click()
    expect(page.get_by_text("انجام شد").first).to_be_visible()


def give(page: Page, site: str) -> None:
    """Sara types her amount in Persian digits, pays, and closes the tab at the bank."""
    page.goto(f"{site}/c/kerman-wheelchairs")
    page.get_by_label("یا مبلغ دلخواه").fill("۵۰۰۰۰")
    page.get_by_role("button", name="ادامه به پرداخت").click()
    expect(page.get_by_text("پنجاه هزار تومان")).to_be_visible()
    expect(page.get_by_text("۵۰۰٬۰۰۰ ریال")).to_be_visible()
    page.get_by_label("به نام خودم").check()
    page.locator("#name").fill("سارا")
    page.locator("summary").last.click()
    page.locator("#message").fill("به امید راه‌های هموار")
    page.wait_for_timeout(2_200)  # nobody fills a form in a blink: the house asks robots to slow down
    page.get_by_role("button", name="پرداخت ۵۰٬۰۰۰ تومان").click()
    page.wait_for_url(re.compile("/pg/StartPay/"))
    page.get_by_role("button", name="پرداخت و بستن برگه").click()
    expect(page.get_by_text("این برگه را ببندید")).to_be_visible()
    page.context.close()  # a page closed while it loads can leave Chromium waiting for ever


def test_the_first_campaign_from_draft_to_the_wall(
    app: Flask,
    practice_bank: PracticeBank,
    live_server: Live,
    live_worker: Live,
    visitor: Callable[[], Page],
) -> None:
    seed_provinces()
    for people in (mina, reza):
        people()
    person("Parisa", Role.MODERATOR)
    house = Organization(
        slug="national",
        name_fa="سازمان ملی نیکوکاری",
        name_en="National Charity Organization",
        license_number="NK-1405-0001",
        phone="021 8812 3456",
    )
    db.session.add(house)
    db.session.commit()
    site = live_server.url

    desk = visitor()
    sign_in(desk, site, "mina")
    write_campaign(desk)
    expect(desk.get_by_text("فرستاده شد")).to_be_visible()

    first, second = visitor(), visitor()
    for page, name in ((first, "reza"), (second, "parisa")):
        sign_in(page, site, name)
        approve_first(page, site, "campaign")

    give(visitor(), site)
    reader = visitor()
    wait_until(lambda: _reads(reader, f"{site}/c/kerman-wheelchairs", "۵۰ هزار"), 120)
    expect(reader.get_by_text("سارا").first).to_be_visible()
    expect(reader.get_by_text("به امید راه‌های هموار")).to_have_count(0)

    approve_first(first, site, "message")
    wait_until(lambda: _reads(reader, f"{site}/c/kerman-wheelchairs", "به امید راه‌های هموار"), 60)
    db.session.rollback()
    assert disagreements() == []


def _reads(page: Page, url: str, words: str) -> bool:
    page.goto(url)
    return words in page.locator("main").inner_text()
