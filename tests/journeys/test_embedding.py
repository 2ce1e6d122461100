"""Other sites show the widgets on pages of their own: no script, left to right, dark, narrow, slow, in a sandbox."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from campaigns.base.extensions import db
from campaigns.domain.campaigns.frame_sites import choose
from campaigns.domain.campaigns.models import Campaign
from campaigns.widgets import FRAMES, OF_A_CAMPAIGN, PICTURES
from tests.cast import mina, parisa, reza
from tests.promises import need
from tests.support.othersites import other_site, snippet
from tests.support.processes import Live
from tests.volunteering import driver, shift
from tests.worlds import UNIT_RIALS, gift, live_campaign

pytestmark = [pytest.mark.browser, pytest.mark.server]
SMALL = "<style>body { margin: 0; width: 280px }</style>"
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shifted += one.value; })
    .observe({ type: "layout-shift", buffered: true });
"""
DARK = "<style>:root { color-scheme: dark } body { background: #111; color: #eee }</style>"


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
        self.context.add_init_script(SHIFTS)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))

    def reads(self, address: str) -> None:
        self.page.goto(address, wait_until="networkidle")
        for frame in self.page.locator("iframe").all():
            frame.scroll_into_view_if_needed()
        self.page.wait_for_load_state("networkidle")

    def leaves(self, moved: float = 0.0) -> None:
        """Nothing was complained of, nothing of us stays with the reader, and nothing moved, or so little of us."""
        assert [said for said in self.complaints if "favicon" not in said and "404" not in said] == []
        assert self.context.cookies() == []
        assert self.page.evaluate("window.shifted") <= moved
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
    short = campaign.short_code
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
            assert frame.locator("time").first.is_visible(), name
        reader.page.emulate_media(media="print")
        for name in FRAMES:
            on_paper = reader.page.frame_locator(f"iframe[src$='/{name}']").locator(".paper, .away bdi").first
            assert on_paper.is_visible() and f"/k/{short}" in on_paper.inner_text(), name
    reader.leaves()


def test_in_a_sandbox_the_number_shows_and_a_link_works(
    app, campaign, live_server: Live, browser: Browser
) -> None:
    """Where nothing at all is allowed the address stands there as text."""
    reader = Reader(browser)
    text = "\n<hr>\n".join(snippet(app, kind, live_server.url) for kind in FRAMES)
    for allowed in ("", "allow-popups allow-popups-to-escape-sandbox"):
        with other_site(text.replace("<iframe", f'<iframe sandbox="{allowed}"')) as address:
            reader.reads(address)
            form = reader.page.frame_locator("iframe[src$='/form']")
            assert f"/k/{campaign.short_code}" in form.locator("body").inner_text()
            for name in FRAMES:
                frame = reader.page.frame_locator(f"iframe[src$='/{name}']")
                assert SAID.get(name, "۲۵ درصد") in frame.locator("body").inner_text(), name
                if allowed:
                    with reader.context.expect_page() as opened:
                        frame.locator("h1 a").click()
                    opened.value.wait_for_url(f"{live_server.url}/c/dowry-kerman")
                    opened.value.close()
    reader.context.close()


def test_where_a_sandbox_only_lets_windows_open_the_page_can_be_read_there(
    app, campaign, live_server: Live, browser: Browser
) -> None:
    """That window is in the sandbox too; the link beneath the frame leads out of it, whatever the sandbox forbids."""
    reader = Reader(browser)
    text = snippet(app, "card", live_server.url)
    for allowed in ("allow-popups", ""):
        with other_site(text.replace("<iframe", f'<iframe sandbox="{allowed}"')) as address:
            reader.reads(address)
            if allowed:
                with reader.context.expect_page() as opened:
                    reader.page.frame_locator("iframe").locator("h1 a").click()
                opened.value.wait_for_url(f"{live_server.url}/c/dowry-kerman")
                expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
                opened.value.close()
            reader.page.locator("body > p").get_by_role("link").click()
            reader.page.wait_for_url(f"{live_server.url}/c/dowry-kerman")
            expect(reader.page.get_by_role("link", name="کمک").first).to_be_visible()
    reader.context.close()


def test_from_every_way_in_a_gift_comes_to_its_receipt(
    app, campaign, live_server: Live, browser: Browser
) -> None:
    """The form hands over to the whole window; a card opens a window of its own; the bank stands in no frame."""
    reader = Reader(browser, locale="fa-IR")
    ways = {kind: snippet(app, kind, live_server.url) for kind in ("form", "card", "button", "badge")}
    ways["element"] = snippet(app, "form", live_server.url, 1)
    pages: list[Page] = []
    db.session.rollback()  # the site is another process: nothing here may hold the writers' lock
    for kind, text in ways.items():
        with other_site(text, f"script-src {live_server.url}") as address:
            page = reader.context.new_page()
            page.goto(address)
            pages.append(_to_the_bank(page, kind))
    pages[0].wait_for_timeout(2_200)  # nobody fills a form in a blink: the house asks robots to slow down
    for page in pages:
        page.get_by_role("button", name="پرداخت ۵۰٬۰۰۰ تومان").click()
        page.wait_for_url(re.compile("/pg/StartPay/"))
        page.get_by_role("button", name="پرداخت", exact=True).click()
        expect(page.get_by_role("heading", name="سپاس")).to_be_visible()
        assert page.url.startswith(f"{live_server.url}/") and len(page.frames) == 1
    reader.context.close()


def _to_the_bank(page: Page, kind: str) -> Page:
    """What Sara does with this widget until the whole window asks her to pay."""
    if kind in {"form", "element"}:
        asked: Any = page.frame_locator("iframe")
    elif kind == "card":
        with page.context.expect_page() as opened:
            page.frame_locator("iframe").get_by_role("link", name="کمک می‌کنم").click()
        asked = page = opened.value
    else:
        page.get_by_role("link").first.click()
        asked = page
    asked.locator("#other").first.fill("50000")
    if asked.locator("#intent").count():
        asked.locator("#intent").select_option("sadaqah")
    asked.locator("form").filter(has=asked.locator("#other")).get_by_role("button").first.click()
    page.wait_for_url("**/c/dowry-kerman/give?*")
    return page


def test_where_we_answer_late_nothing_in_the_host_page_moves(
    app, campaign, live_server: Live, browser: Browser
) -> None:
    def late(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    kinds = [snippet(app, kind, live_server.url) for kind in ("badge", "card")]
    body = "\n".join((*kinds, snippet(app, "card", live_server.url, 1), "<p id=after>The weather</p>"))
    reader = Reader(browser)
    reader.context.route(f"{live_server.url}/**", late)
    with other_site(body, f"script-src {live_server.url}") as address:
        reader.page.goto(address, wait_until="commit")
        after = reader.page.locator("#after")
        before = after.bounding_box()
        assert reader.page.get_by_role("link").last.is_visible()
        reader.page.locator("pooyesh-campaign").get_by_role("link").wait_for(state="hidden")
        for frame in reader.page.locator("iframe").all():
            assert "۲۵ درصد" in frame.content_frame.locator("body").inner_text()
        assert after.bounding_box() == before
    reader.leaves(moved=0.005)  # in the element's own room its link goes below the frame


def test_only_the_sites_mina_named_show_a_frame_and_the_others_keep_the_link(
    app, campaign, live_server: Live, browser: Browser
) -> None:
    text = snippet(app, "card", live_server.url)
    for named, shows in (("localhost:*", True), ("news.example.org", False)):
        page = browser.new_page()
        with other_site(text) as address:
            choose(campaign, [named.replace("*", address.rpartition(":")[2].strip("/"))])
            db.session.commit()
            page.goto(address, wait_until="networkidle")
            assert ("dowry-kerman" in page.frames[1].url) is shows
            assert page.get_by_role("link").is_visible()
        page.close()
        time.sleep(1.1)  # the site is another process: it asks once a second what has changed


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
