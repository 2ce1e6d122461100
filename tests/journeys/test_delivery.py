"""What Sara gave reaches Bam: the office records it, a second person agrees, a moderator looks, her code says where.

Without a script, from the first page to the last.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.payments.models import PaymentAttempt
from tests.cast import PASSWORD
from tests.domain.deliveries.house import Kerman
from tests.photos import photo
from tests.support.processes import Live

pytestmark = [pytest.mark.browser, pytest.mark.server]
GIFT = 50_000_000


def test_from_the_office_to_the_donors_code(app, live_server: Live, browser: Browser, tmp_path: Path) -> None:
    kerman = Kerman()
    gift = kerman.given(GIFT)
    paid = PaymentAttempt(
        contribution=gift,
        numeric_ref=1,
        gateway="zarinpal",
        environment="sandbox",
        rials=GIFT,
        public_id=gift.public_id,
        state="paid",
        captured_rials=GIFT,
        paid_at=now(),
    )
    db.session.add(paid)
    kerman.spent(GIFT)
    emails = [user.email or "" for user in (kerman.zahra, kerman.hamed, kerman.reza)]
    code, title, bam = gift.code, "جهیزیه برای زوج‌های کرمان", str(kerman.bam.id)
    db.session.commit()  # the site writes as well
    (tmp_path / "sheet.jpg").write_bytes(photo())

    zahra, hamed, reza = (inside(browser, live_server.url, email) for email in emails)
    zahra.goto(f"{live_server.url}/deliveries/")
    zahra.get_by_role("link", name="ثبت یک تحویل").click()
    zahra.get_by_role("link", name=title).click()
    zahra.locator("#kind").select_option("dowry")
    zahra.locator("#quantity").fill("۶")
    zahra.locator("#county").select_option(bam)
    zahra.locator("#day").fill("۱۴۰۵/۰۹/۰۲")
    zahra.locator("#spending").select_option(index=1)
    zahra.locator("#rials").fill("۵٬۰۰۰٬۰۰۰")
    zahra.locator("#evidence").set_input_files(tmp_path / "sheet.jpg")
    zahra.locator("#is_faceless").check()
    zahra.get_by_role("button", name="ثبت").click()
    expect(zahra.locator("#has_consent-error")).to_contain_text("رضایت")
    zahra.locator("#evidence").set_input_files(tmp_path / "sheet.jpg")
    zahra.locator("#has_consent").check()
    zahra.get_by_role("button", name="ثبت").click()
    expect(zahra.get_by_role("status")).to_contain_text("نفر دوم")

    hamed.goto(f"{live_server.url}/deliveries/")
    hamed.get_by_role("link", name="۶ × جهیزیه").first.click()
    hamed.get_by_role("button", name="تأیید می‌کنم").click()
    expect(hamed.get_by_role("status")).to_contain_text("بررس")

    reza.goto(f"{live_server.url}/mod/?kind=delivery")
    reza.get_by_role("link", name=title).click()
    expect(reza.get_by_alt_text("آنچه تحویل شد")).to_be_visible()
    reza.locator("label[for=v-approve]").click()
    reza.locator("form.give button").click()

    sara = browser.new_page(java_script_enabled=False, locale="fa-IR")
    sara.goto(f"{live_server.url}/track?code={code}")
    expect(sara.locator("main")).to_contain_text("جهیزیه، در شهرستان بم، استان کرمان")
    for page in (zahra, hamed, reza, sara):
        page.close()


def inside(browser: Browser, url: str, email: str) -> Page:
    """Somebody's own browser, signed in."""
    page = browser.new_context(java_script_enabled=False, locale="fa-IR").new_page()
    page.goto(f"{url}/sign-in")
    page.locator("#login").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    return page
