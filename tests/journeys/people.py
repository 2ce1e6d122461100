"""Somebody at a browser of their own, without JavaScript, who looks at each page they come to."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.cast import PASSWORD
from tests.support.browsers import DESKTOP, PHONE

NAMELESS = """() => {
  const own = it => it.getAttribute('aria-label') || it.getAttribute('aria-labelledby');
  const named = it => (it.labels && it.labels.length) || own(it);
  const said = it => it.textContent.trim() || own(it) || it.querySelector('img[alt]:not([alt=""])');
  const wrong = [
    ...[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(it => !named(it)),
    ...[...document.querySelectorAll('a[href], button')].filter(it => !said(it)),
    ...[...document.querySelectorAll('img:not([alt]), iframe:not([title])')],
  ].map(it => it.outerHTML.slice(0, 160));
  const wide = document.documentElement.scrollWidth - innerWidth;
  return wide > 0 ? [...wrong, `${wide} pixels to the side`] : wrong;
}"""
"""What has no name on this page, and whether it scrolls sideways."""


class Person:
    """`wrong`: what they found on the pages they came to, by address."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.wrong: dict[str, list[str]] = {}

    def goes(self, path: str) -> Response:
        answer = self.page.goto(f"{self.site}{path}")
        assert answer is not None
        self.looks()
        return answer

    def signs_in(self, name: str) -> None:
        self.goes("/sign-in")
        self.writes(login=f"{name}@example.org", password=PASSWORD)
        self.presses("ورود")

    def follows(self, words: str) -> None:
        """The first link with these words."""
        self.page.get_by_role("link", name=words).first.click()
        self.looks()

    def presses(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()
        self.looks()

    def writes(self, **fields: str) -> None:
        """Into fields, by their ids; `__` stands for a hyphen."""
        for name, words in fields.items():
            self.page.locator(f"#{name.replace('__', '-')}").fill(words)

    def chooses(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    @property
    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def looks(self) -> None:
        self.page.wait_for_load_state("load")
        self.page.locator("main").wait_for()  # a page that is just being left has nothing to look at
        found = self.page.evaluate(NAMELESS)
        if found:
            self.wrong[self.page.url] = found


@pytest.fixture
def comes(browser: Browser) -> Iterator[Callable[..., Person]]:
    """`comes(site, on=PHONE)`: a new person, no cookies, no JavaScript. Nothing was wrong on their pages."""
    contexts, people = [], []

    def arrive(site: str, on: dict[str, int] = DESKTOP) -> Person:
        viewport: Any = on
        context = browser.new_context(locale="fa-IR", viewport=viewport, java_script_enabled=False)
        context.set_default_timeout(20_000)
        contexts.append(context)
        people.append(Person(context.new_page(), site))
        return people[-1]

    yield arrive
    for context in contexts:
        context.close()
    assert {url: found for one in people for url, found in one.wrong.items()} == {}


__all__ = ("PHONE", "Person", "comes")
