"""Every desk and queue page, opened by somebody who may do everything: axe-core finds nothing to mend.

https://github.com/dequelabs/axe-core (MPL 2.0), pinned in package-lock.json, with all the rules it turns on by itself.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from campaigns.base.extensions import db
from campaigns.config import ROOT
from campaigns.web.guards import Access
from tests.house.walk import House
from tests.support.browsers import DESKTOP, PHONE
from tests.support.processes import Live

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(900)]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
IN_WORDS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
  found => found.nodes.map(node => `${found.id}: ${node.html.slice(0, 160)}`))"""


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


def office_pages(house: House) -> Iterator[str]:
    """Pages of the offices that are there for Kamran; files are left out."""
    for path, policy, _rule in house.pages():
        if policy.access in {Access.SIGNED_IN, Access.PERMISSION}:
            answer = house.signed_in.get(path)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield path


def test_no_page_of_the_offices_keeps_anybody_out(house: House, live_server: Live, browser: Browser) -> None:
    paths = list(office_pages(house))
    assert len(paths) > 80
    db.session.commit()  # the site writes as well
    wrong: dict[str, Any] = {}
    for viewport in (DESKTOP, PHONE):
        context = browser.new_context(locale="fa-IR", viewport=viewport)  # type: ignore[arg-type]
        context.add_cookies(
            [{"name": "pooyesh", "value": house.signed_in.cookie or "", "url": live_server.url}]
        )
        context.add_init_script(path=AXE)
        page = context.new_page()
        for path in paths if viewport is DESKTOP else paths[::6]:
            found = violations(page, f"{live_server.url}{path}")
            if found:
                wrong[path] = found
        context.close()
    assert wrong == {}


def violations(page: Page, url: str) -> list[str]:
    answer = page.goto(url)
    assert answer is not None and answer.status == 200, url
    found: list[str] = page.evaluate(IN_WORDS)
    return found
