"""Every page of the offices, opened by somebody who may: axe-core finds nothing to mend, and nothing scrolls sideways.

Every second page in the dark: how far colours are apart in both schemes is computed in `tests/house/test_styles.py`.

https://github.com/dequelabs/axe-core (MPL 2.0), pinned in package-lock.json, with all the rules it turns on by itself.
"""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.routing import AnyConverter, Rule

from campaigns.base.extensions import db
from campaigns.config import ROOT
from campaigns.web.guards import INSIDE
from tests.house.walk import House
from tests.queueing import waiting
from tests.support.browsers import DESKTOP
from tests.support.processes import Live
from tests.web.account.browser import Browser as Visitor
from tests.web.account.browser import hidden
from tests.web.account.test_second_step import set_up

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(900)]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
IN_WORDS = """async () => (await axe.run(document, {resultTypes: ['violations'], iframes: false})).violations.flatMap(
  found => found.nodes.map(node => `${found.id}: ${node.html.slice(0, 160)}`))"""
"""What stands in a frame is a page of its own, and walked as one."""
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"
SMALL = {"width": 390, "height": 844}
ALSO = {"account", "problems"}
"""Doors with pages that need no account and belong to the offices' work all the same."""

FILES = {
    "coordination.person.paper",
    "deliveries.home.export",
    "deliveries.record.evidence",
    "desk.needfile.template",
    "finance.batches.statement",
    "finance.claim.receipt",
    "finance.papers.file",
    "finance.statement.file",
    "goods.movements.download",
    "partners.memoranda.papers",
    "partners.organizations.logo",
    "review.evidence.show",
    "review.partners.logo",
    "review.partners.paper",
    "review.problem.shown",
}
LEADS_ON = {
    "coordination.person.back",
    "desk.roll.back",
    "finance.accounts.back",
    "finance.claim.back",
    "finance.closings.back",
    "finance.item.back",
    "finance.refund.back",
    "finance.settlements.back",
    "finance.statementline.back",
}
"""A form was sent here; who loads its answer anew is led to the page it stood on, which is walked."""
NOT_NOW = {"partners.writing.edit"}
"""A memorandum that is agreed is not written any more; the same form is walked at `partners.writing.plan`."""


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


def test_no_page_of_the_offices_keeps_anybody_out(house: House, live_server: Live, browser: Browser) -> None:
    people = visitors(house)
    pages = list(office_pages(house, people))
    db.session.commit()  # the site writes as well
    wrong: dict[str, Any] = {}
    for who, visitor in people.items():
        context = arrived(browser, live_server.url, visitor)
        page = context.new_page()
        mine = [path for whose, path in pages if whose == who]
        for path, scheme in zip(mine, cycle(("light", "dark")), strict=False):
            found = seen(page, f"{live_server.url}{path}", scheme)
            if found:
                wrong[path] = found
        context.close()
    assert wrong == {}


def visitors(house: House) -> dict[str, Visitor]:
    """Kamran, who may do everything; a stranger; Mina between two steps of signing in, and as she sets one up."""
    stranger, half_in, setting_up = (Visitor(house.app) for _one in range(3))
    setting_up.sign_in()
    set_up(setting_up)
    half_in.sign_in()
    token = hidden(setting_up.get("/account/second-step"), "csrf_token")
    setting_up.post("/account/second-step/app/new", {"csrf_token": token})
    return {"kamran": house.signed_in, "": stranger, "half in": half_in, "setting up": setting_up}


OTHERS_COME = {
    "account.signin.show": "",
    "account.second.show": "half in",
    "account.factors.scan": "setting up",
}
"""Pages that are not there for somebody who is in already."""


def office_pages(house: House, people: dict[str, Visitor]) -> Iterator[tuple[str, str]]:
    """(who, address) of every page, and of a thing of every kind that waits. Other views are named above."""
    others = set()
    for path, policy, rule in house.pages():
        if policy.access not in INSIDE and rule.endpoint.partition(".")[0] not in ALSO:
            continue
        who = OTHERS_COME.get(rule.endpoint, "kamran")
        if not is_page(people[who], path):
            others.add(rule.endpoint)
            continue
        yield who, path
        yield from ((who, other) for other in variants(house, rule, path) if is_page(people[who], other))
    assert others == FILES | LEADS_ON | NOT_NOW
    kinds = {item.kind: f"/mod/{item.kind}/{item.public_id}" for item in waiting()}
    yield from (("kamran", path) for kind, path in kinds.items() if kind != "campaign")


def is_page(visitor: Visitor, path: str) -> bool:
    answer = visitor.get(path)
    return answer.status_code == 200 and answer.mimetype == "text/html"


def variants(house: House, rule: Rule, path: str) -> Iterator[str]:
    """The other addresses of a rule in which one of a few words stands: each part of the editor, each kind of block."""
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            known = house._value(rule, name)
            yield from (
                path.replace(f"/{known}", f"/{word}") for word in sorted(converter.items) if word != known
            )


def arrived(browser: Browser, site: str, visitor: Visitor) -> BrowserContext:
    context = browser.new_context(locale="fa-IR", viewport=DESKTOP)  # type: ignore[arg-type]
    if visitor.cookie:
        context.add_cookies([{"name": "pooyesh", "value": visitor.cookie, "url": site}])
    context.add_init_script(path=AXE)
    return context


def seen(page: Page, url: str, scheme: str) -> list[str]:
    """What is wrong with it: every rule on a desktop, then its width on a phone."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    answer = page.goto(url)
    assert answer is not None and answer.status == 200, url
    found: list[str] = page.evaluate(IN_WORDS)
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    wide = page.evaluate(SIDEWAYS)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    return [*found, f"{wide} pixels to the side"] if wide > 0 else found
