"""The site is killed in the middle of two hundred gifts, twice; bank, book and bar agree to the rial."""

import html
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
import requests

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import all_placed, balance, disagreements, received
from campaigns.domain.payments.sweeper import poll_unverified, sweep
from campaigns.web.give import formkey
from tests.giving import live_campaign
from tests.support.paying import Paying, later
from tests.support.processes import Launcher, Live, free_port, wait_until

GIFTS, DONORS = 200, 8
TRY_AGAIN = re.compile(r'action="(/pay/[^"]+/again)"')
AT_THE_BANK = re.compile(r'content="0;url=([^"]+)"')

pytestmark = pytest.mark.server


class Crowd:
    """Donors who each fill in a form, pay at the bank and go where it sends them, whatever answers or does not."""

    def __init__(self, url: str, page: str, keys: list[str]) -> None:
        self.url, self.page, self.keys = url, page, keys
        self.paid = 0

    def give(self, number: int) -> None:
        form = {"amount": str((50 + number) * 1_000), "intent": "sadaqah", "shown_as": "anonymous"}
        form |= {"form_key": self.keys[number], "website": ""}
        sent = self.until_answered(lambda: requests.post(self.url + self.page, data=form, timeout=20))
        again = TRY_AGAIN.search(sent.text)
        if again is not None:  # killed before the bank had opened a session: the page offers another try
            sent = self.until_answered(lambda: requests.post(self.url + again[1], timeout=20))
        way = AT_THE_BANK.search(sent.text)
        if way is None or "StartPay" not in way[1]:
            return  # no session could be opened: nothing was paid
        back = requests.post(html.unescape(way[1]), data={"act": "pay"}, timeout=20, allow_redirects=False)
        self.paid += 1
        try:
            requests.get(back.headers["Location"], timeout=20, allow_redirects=False)
        except requests.RequestException:
            return  # the browser shows an error, and the donor closes it

    def until_answered(self, ask: Callable[[], requests.Response]) -> requests.Response:
        """Presses the button again as long as nobody answers."""
        answers: list[requests.Response] = []

        def answered() -> bool:
            try:
                answers.append(ask())
            except requests.RequestException:
                return False
            return answers[-1].status_code != 500

        wait_until(answered, 60)
        return answers[-1]


@pytest.mark.fault("F29", "F30")
def test_two_hundred_gifts_and_a_site_that_is_killed_twice(paying: Paying, launcher: Launcher) -> None:
    campaign = live_campaign()
    campaign_id, port = campaign.id, free_port()
    with clock.at(clock.now() - timedelta(minutes=1)):
        keys = [formkey.new(campaign.public_id) for _ in range(GIFTS)]
    db.session.remove()
    launcher.worker()
    sites = [launcher.site(workers=2, port=port)]
    crowd = Crowd(sites[0].url, f"/c/{campaign.slug}/give", keys)
    over = Event()
    with ThreadPoolExecutor(DONORS + 1) as pool:
        killing = pool.submit(kill_twice, launcher, port, sites, crowd, over)
        list(pool.map(crowd.give, range(GIFTS)))
        over.set()
        assert killing.result() == 2
    assert crowd.paid > GIFTS * 0.9
    follow_up(paying)
    assert paying.verified_rials() == paid_rials(paying) > 0
    assert received(campaign_id) == paying.verified_rials()
    assert balance(accounts.UNALLOCATED) == 0
    wait_until(placed, 30)
    assert disagreements() == []


def kill_twice(launcher: Launcher, port: int, sites: list[Live], crowd: Crowd, over: Event) -> int:
    """SIGKILL for the site and all its processes after a third and after two thirds of the gifts."""
    kills = 0
    for share in (GIFTS // 3, GIFTS * 2 // 3):
        wait_until(lambda share=share: crowd.paid >= share or over.is_set(), 90)  # type: ignore[misc]
        sites[-1].kill()
        kills += 1
        sites.append(launcher.site(workers=2, port=port))
    return kills


def follow_up(paying: Paying) -> None:
    """What the worker does over the next hours: asks about what nobody came back for."""
    gateway = paying.gateway
    for hours in (1, 2, 3):
        with clock.at(later(hours=hours)):  # type: ignore[arg-type]
            poll_unverified(gateway)
            while sweep({gateway.name: gateway}, 72):
                pass


def paid_rials(paying: Paying) -> int:
    """All that donors paid at the bank, by its own book."""
    with paying.bank.store.transaction() as book:
        row = book.execute(
            "SELECT sum(rials) AS rials FROM session WHERE state IN ('PAID', 'VERIFIED')"
        ).fetchone()
    return row["rials"] or 0


def placed() -> bool:
    found = all_placed()
    db.session.rollback()
    return found
