"""A real browser. Tests that ask for one are marked `browser`."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 860}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once. A visitor is a `browser.new_context(…)` of their own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Sara's phone: small, Persian, and without JavaScript."""
    yield from _page(
        browser.new_context(locale="fa-IR", viewport=PHONE, java_script_enabled=False, has_touch=True)
    )


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    """A desktop browser with everything on."""
    yield from _page(browser.new_context(locale="fa-IR", viewport=DESKTOP))


def _page(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
