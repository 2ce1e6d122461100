"""Donors: people who fill in the form, pay at the bank and come back, each in their own way; some do not."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.parse import urlencode

from benchmarks import seed
from benchmarks.chaos import browser
from benchmarks.chaos.browser import NoPage, Page
from benchmarks.chaos.journal import Gift
from campaigns.web.give.formkey import LEAST_SECONDS

PATIENCE_SECONDS = 120
"""How long somebody presses «reload» before they give up."""
LONGEST_PAUSE = 3.0
"""Seconds between two presses of who has pressed in vain for a while."""
STEPS = 25
"""More pages than anybody needs between the form and the receipt."""
CANCELS, WRONG_PIN, LEAVES_BANK, CLOSES = 0.04, 0.03, 0.03, 0.08
PAYS_SLOWLY, REPEATS, DENIES, TWICE = 0.05, 0.2, 0.02, 0.05
STAYS_AWAY = 0.3
PAID = "سپاس. کمک شما رسید."
"""What the receipt of a paid gift says in its title."""


class GaveUp(Exception):
    """The donor goes no further; says why."""


class Donor:
    """One gift of one person, with a `chance` of their own: the same number is the same person in every run. Once it is
    `over`, they go home.
    """

    def __init__(self, site: str, gift: Gift, over: Event) -> None:
        self.gift, self.over, self.chance = gift, over, random.Random(gift.number)
        self.address = f"{site}/c/{gift.slug}/give"

    def open(self) -> None:
        """Opens the form in a tab."""
        query = urlencode({"other": str(self.gift.rials // 10), "intent": seed.INTENT})
        self.form = self.insist(browser.get, f"{self.address}?{query}")
        self.opened_at = time.monotonic()

    def give(self) -> None:
        """From the open form to the receipt."""
        self._walk(self._send(self.form))

    def come_back(self) -> None:
        """Has paid, was told to wait, and looks once more what has become of it, by the way back from the bank."""
        self.gift.callbacks += 1
        self._walk(self.insist(browser.get, self.gift.way_back))

    def insist(self, ask: Callable[..., Page], *what: object) -> Page:
        """Presses the button again as long as no page comes."""
        deadline, pause = time.monotonic() + PATIENCE_SECONDS, 0.3
        while True:
            try:
                page = ask(*what)
                if page.status < 500 or page.again:
                    return page
                self.gift.events.append(f"status {page.status}")
            except NoPage as why:
                self.gift.events.append(str(why))
            self.gift.retries += 1
            pause = min(pause * 1.5, LONGEST_PAUSE)
            if self.over.wait(pause * self.chance.uniform(0.5, 1.5)) or time.monotonic() > deadline:
                raise GaveUp("found nobody who answered")

    def _send(self, page: Page) -> Page:
        """Fills the form in, which takes a moment, and sends it; some press twice."""
        for _try in range(3):
            if "form_key" not in page.hidden:
                raise GaveUp(f"were answered {page.status} instead of a form")
            time.sleep(max(0.0, self.opened_at + LEAST_SECONDS + 0.5 - time.monotonic()))
            filled = {**page.hidden, "shown_as": "anonymous", "name": "", "mobile": "", "website": ""}
            if self.chance.random() < TWICE:
                self._in_tabs(1, browser.post, self.address, filled)
            answer = self.insist(browser.post, self.address, filled)
            if answer.status != 422:
                return answer
            page, self.opened_at = answer, time.monotonic()
        raise GaveUp("could not hand in the form")

    def _walk(self, page: Page) -> None:
        """From page to page until a receipt says how the gift stands."""
        for _step in range(STEPS):
            self.gift.code = page.code or self.gift.code
            if page.onward:
                page = self.insist(browser.get, page.onward)
            elif "/pg/StartPay/" in page.refresh:
                page = self._at_the_bank(page.refresh)
            elif page.refresh:
                page = self.insist(browser.get, page.refresh)
            elif page.again:
                page = self._again(page)
            else:
                self._read(page)
                return
        raise GaveUp("went from page to page without an end")

    def _again(self, page: Page) -> Page:
        """The page says that nothing was paid and offers another try; most take it."""
        if "/r/" in page.address:
            self._read(page)
            if self.chance.random() < STAYS_AWAY:
                raise GaveUp("had not paid, and left it at that")
        self.gift.events.append("again")
        time.sleep(self.chance.uniform(0.2, 1.0))
        return self.insist(browser.post, page.again, {})

    def _at_the_bank(self, address: str) -> Page:
        """Presses a button there and goes back, or not."""
        act, goes_back = self._mood()
        if not act:
            raise GaveUp("left the bank's page")
        pressed = self.insist(browser.post, address, {"act": act})
        paid = "Status=OK" in pressed.onward or (act == "pay_and_close" and pressed.status == 200)
        self.gift.paid_at_bank += paid
        self.gift.events.append(f"{act}: {'paid' if paid else 'not paid'}")
        if not goes_back or not pressed.onward:
            raise GaveUp("paid, and closed the tab at the bank" if paid else "closed the tab at the bank")
        self.gift.way_back = pressed.onward
        return self._back(pressed.onward, paid=paid)

    def _mood(self) -> tuple[str, bool]:
        """The button at the bank (none: leaves), and whether they come back."""
        roll = self.chance.random()
        for share, act in ((CANCELS, "cancel"), (WRONG_PIN, "wrong_pin"), (LEAVES_BANK, "")):
            if roll < share:
                return act, True
            roll -= share
        return ("pay_and_close", False) if roll < CLOSES else ("pay", True)

    def _back(self, address: str, *, paid: bool) -> Page:
        """The callback; some come late, some open it in several tabs, a few with a forged «no»."""
        if self.chance.random() < PAYS_SLOWLY:
            time.sleep(self.chance.uniform(1, 8))
        if paid and self.chance.random() < DENIES:
            self._in_tabs(1, browser.get, address.replace("Status=OK", "Status=NOK"))
        if self.chance.random() < REPEATS:
            self._in_tabs(self.chance.randint(1, 3), browser.get, address)
        self.gift.callbacks += 1
        return self.insist(browser.get, address)

    def _in_tabs(self, times: int, ask: Callable[..., Page], *what: object) -> None:
        """The same in further tabs at once; nobody looks at what they show."""
        with ThreadPoolExecutor(times) as tabs:
            for tab in [tabs.submit(ask, *what) for _ in range(times)]:
                self.gift.events.append(f"another tab: {tab.exception() or 'a page'}")

    def _read(self, page: Page) -> None:
        """What the receipt says."""
        if "/r/" in page.address:
            self.gift.code = self.gift.code or page.address.rpartition("/r/")[2]
        self.gift.told = said(page)


def said(page: Page) -> str:
    """The title of a page, or its status where it has none."""
    return page.text.partition("<h1>")[2].partition("</h1>")[0].strip() or f"status {page.status}"
