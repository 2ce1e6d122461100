"""Other sites show the widgets on pages of their own: without script, left to right, dark, narrow, in a sandbox."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser

from campaigns.domain.campaigns.models import Campaign
from campaigns.widgets import FRAMES, OF_A_CAMPAIGN, PICTURES
from tests.cast import mina, parisa, reza
from tests.promises import need
from tests.support.processes import Live
from tests.volunteering import driver, shift
from tests.worlds import UNIT_RIALS, gift, live_campaign

pytestmark = [pytest.mark.browser, pytest.mark.server]
POLICY = "script-src 'none'; object-src 'none'"
SMALL = "<style>body { margin: 0; width: 280px }</style>"
DARK = "<style>:root { color-scheme: dark } body { background: #111; color: #eee }</style>"


@contextmanager
def other_site(body: str, policy: str = POLICY) -> Iterator[str]:
    """A page of another origin, left to right, with this in it; its address."""
    page = f'<!doctype html><html lang="en"><title>Village news</title><body>{body}</body></html>'.encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
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


def snippet(app, kind: str, site: str, place: int = 0, **choice: str) -> str:
    """What the workshop gives to copy, with the address of the running server."""
    page = app.test_client().get("/widgets/dowry-kerman", query_string={"kind": kind, **choice}).text
    found = [unescape(text) for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)]
    return found[place].replace("http://localhost/", f"{site}/")


@pytest.fixture
def campaign(app) -> Campaign:
    found = live_campaign(mina(), reza(), parisa())
    gift(found, UNIT_RIALS * 10, donor_name="سارا", hide_name=False)
    need(found, 40)
    shift(driver(found), places=3)
    return found


class Reader:
    """Somebody who reads that page. `complaints`: what the browser wrote on its console."""

    def __init__(self, browser: Browser, **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1000, "height": 1600}, **context)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))

    def reads(self, address: str) -> None:
        self.page.goto(address, wait_until="networkidle")
        for frame in self.page.locator("iframe").all():
            frame.scroll_into_view_if_needed()
        self.page.wait_for_load_state("networkidle")

    def leaves(self) -> None:
        """Nothing was complained of, and nothing of us stays with the reader."""
        assert [said for said in self.complaints if "favicon" not in said and "404" not in said] == []
        assert self.context.cookies() == []
        self.context.close()


SAID = {"wall": "سارا", "needs": "از ۴۰ مانده", "call": "۳ جا مانده"}
"""What a kind says where it tells no share of the goal."""
HOSTS = {
    "left to right": ("", {}),
    "dark": (DARK, {"color_scheme": "dark"}),
    "narrow": (SMALL, {}),
}


@pytest.mark.parametrize("host", HOSTS)
def test_every_kind_shows_its_number_in_its_own_direction(
    app, campaign, live_server: Live, browser: Browser, host: str
) -> None:
    around, context = HOSTS[host]
    reader = Reader(browser, **context)
    body = around + "\n<hr>\n".join(snippet(app, kind, live_server.url) for kind in OF_A_CAMPAIGN)
    with other_site(body) as address:
        reader.reads(address)
        for name, picture in PICTURES.items():
            shown = reader.page.locator(f"img[src*='{name}.svg']")
            assert shown.evaluate("image => image.complete && image.naturalWidth") == picture.width
        for name in FRAMES:
            frame = reader.page.frame_locator(f"iframe[src$='/{name}']")
            assert frame.locator("html").get_attribute("dir") == "rtl"
            said = frame.locator("body").inner_text()
            assert SAID.get(name, "۲۵ درصد") in said, name
            wide = "body => document.documentElement.scrollWidth <= innerWidth"
            assert frame.locator("body").evaluate(wide), name
            if name not in {"form", "widebar"} or host != "narrow":
                high = "body => document.querySelector('main').scrollHeight <= innerHeight"
                assert frame.locator("body").evaluate(high), name
    reader.leaves()


def test_a_gift_begins_in_the_frame_and_goes_on_in_the_whole_window(
    app, campaign, live_server: Live, browser: Browser
) -> None:
    reader = Reader(browser)
    with other_site(snippet(app, "form", live_server.url)) as address:
        reader.reads(address)
        form = reader.page.frame_locator("iframe")
        form.locator("#other").fill("50000")
        form.locator("#intent").select_option("sadaqah")
        form.get_by_role("button").click()
        reader.page.wait_for_url(f"{live_server.url}/c/dowry-kerman/give?*")
        assert "۵۰٬۰۰۰" in reader.page.locator("main").inner_text()
    reader.context.close()


def test_in_a_sandbox_the_number_and_the_address_show_and_a_link_works(
    app, campaign, live_server: Live, browser: Browser
) -> None:
    """Where nothing at all is allowed the address stands there as text; browsers open no page of ours in a sandbox."""
    reader = Reader(browser)
    text = snippet(app, "form", live_server.url)
    for allowed in ("", "allow-popups allow-popups-to-escape-sandbox"):
        with other_site(text.replace("<iframe", f'<iframe sandbox="{allowed}"')) as address:
            reader.reads(address)
            frame = reader.page.frame_locator("iframe")
            said = frame.locator("body").inner_text()
            assert "۲۵ درصد" in said and f"/k/{campaign.short_code}" in said
            if allowed:
                with reader.context.expect_page() as opened:
                    frame.locator("a[target=_blank]").click()
                opened.value.wait_for_load_state()
                assert opened.value.url == f"{live_server.url}/c/dowry-kerman"
    reader.context.close()


def test_the_element_fits_its_frame_and_takes_its_link_back(
    app, campaign, live_server: Live, browser: Browser
) -> None:
    reader = Reader(browser)
    text = snippet(app, "form", live_server.url, 1)
    with other_site(text, f"script-src {live_server.url}") as address:
        reader.reads(address)
        element = reader.page.locator("pooyesh-campaign")
        assert element.locator("iframe").count() == 1
        element.get_by_role("link").wait_for(state="hidden")
        inside = reader.page.frame_locator("pooyesh-campaign iframe").locator("main")
        assert inside.evaluate("main => main.scrollHeight <= innerHeight")
    reader.leaves()
    with other_site(text) as address:  # the script is blocked
        page = browser.new_page()
        page.goto(address)
        assert page.get_by_role("link").is_visible() and page.locator("iframe").count() == 0
        page.close()


def test_the_page_itself_does_not_let_itself_be_framed(app, live_server: Live, browser: Browser) -> None:
    live_campaign(mina(), reza(), parisa())
    page = browser.new_page()
    with other_site(f'<iframe src="{live_server.url}/c/dowry-kerman"></iframe>') as address:
        page.goto(address, wait_until="networkidle")
        assert "dowry-kerman" not in page.frames[1].url
    page.close()
