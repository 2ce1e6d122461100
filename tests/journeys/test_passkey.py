"""Reza makes a passkey in a real browser and signs in with it; the authenticator is the browser's own practice one."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, reza
from tests.support.browsers import PHONE
from tests.support.processes import Launcher

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(200)]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone that knows its owner's finger."""
    context = browser.new_context(locale="fa-IR", viewport=PHONE)
    context.set_default_timeout(15_000)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.locator("#login").fill("reza@example.org")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="ورود", exact=True).click()


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/account")
    page.get_by_role("button", name="خروج").click()


def test_reza_makes_a_passkey_and_comes_in_with_it(app: Flask, launcher: Launcher, page: Page) -> None:
    reza()
    site = launcher.site(REQUIRE_SECOND_FACTOR="on").url.replace("127.0.0.1", "localhost")
    sign_in(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("گام دوم ورود")
    page.get_by_role("link", name="افزودن کلید عبور").click()
    page.get_by_label("نامی برای آن").fill("گوشی من")
    page.get_by_role("button", name="ساختن کلید عبور").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="آن‌ها را روی کاغذ دارم").click()
    expect(page.get_by_role("button", name="برداشتن گوشی من")).to_be_visible()
    sign_out(page, site)

    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="ورود با کلید عبور").click()
    page.wait_for_url(f"{site}/mod/")
    sign_out(page, site)

    sign_in(page, site)
    page.get_by_role("button", name="نشان دادن کلید عبور").click()
    page.wait_for_url(f"{site}/mod/")


def test_without_a_script_no_button_promises_what_cannot_be(
    app: Flask, launcher: Launcher, phone: Page
) -> None:
    site = launcher.site().url.replace("127.0.0.1", "localhost")
    phone.goto(f"{site}/sign-in")
    expect(phone.get_by_role("button", name="ورود با کلید عبور")).to_be_hidden()
