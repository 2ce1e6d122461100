"""Another site shows the three widgets on a page of its own that allows no script at all."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.cast import mina, parisa, reza
from tests.support.processes import Live
from tests.web.officehands import Hands
from tests.worlds import UNIT_RIALS, gift, live_campaign

pytestmark = [pytest.mark.browser, pytest.mark.server]
POLICY = "script-src 'none'; object-src 'none'"


@contextmanager
def other_site(body: str) -> Iterator[str]:
    """A page of another origin, left to right, with this in it; its address."""
    page = f'<!doctype html><html lang="en"><title>Village news</title><body>{body}</body></html>'.encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(page if self.path == "/" else b"")

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def snippets(app, organizer, campaign, site: str) -> str:
    """What the desk gives to copy, with the address of the running server."""
    page = Hands(app, organizer).seen(f"/desk/c/{campaign.public_id}/widgets")
    found = [unescape(text) for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)]
    assert len(found) == 3
    return "\n<hr>\n".join(found).replace("http://localhost/", f"{site}/")


def test_a_village_paper_shows_the_campaign(app, live_server: Live, browser: Browser) -> None:
    organizer = mina()
    campaign = live_campaign(organizer, reza(), parisa())
    gift(campaign, UNIT_RIALS * 10)
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 400, "height": 800})
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    with other_site(snippets(app, organizer, campaign, live_server.url)) as address:
        page.goto(address, wait_until="networkidle")
        picture = page.locator("img[src$='badge.svg']")
        assert picture.evaluate("image => image.complete && image.naturalWidth") == 220
        card = page.frame_locator("iframe[src$='/card']")
        assert card.locator("html").get_attribute("dir") == "rtl"
        assert "۲۵ درصد" in card.locator("body").inner_text()
        assert card.locator("body").evaluate("body => document.documentElement.scrollWidth <= innerWidth")
        assert card.locator("body").evaluate("body => document.documentElement.scrollHeight <= innerHeight")
        assert page.get_by_role("link", name="جهیزیه برای زوج‌های کرمان").count() >= 2
        assert [item for item in complaints if "favicon" not in item and "404" not in item] == []
        assert context.cookies() == []
        card.get_by_role("link").last.click()
        page.wait_for_url(f"{live_server.url}/c/dowry-kerman")
    context.close()


def test_the_page_itself_does_not_let_itself_be_framed(app, live_server: Live, browser: Browser) -> None:
    live_campaign(mina(), reza(), parisa())
    page = browser.new_page()
    with other_site(f'<iframe src="{live_server.url}/c/dowry-kerman"></iframe>') as address:
        page.goto(address, wait_until="networkidle")
        assert "dowry-kerman" not in page.frames[1].url
    page.close()
