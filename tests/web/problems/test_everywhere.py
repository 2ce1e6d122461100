"""Two real processes over one database: once the freeze has answered, nobody anywhere gets a form any more."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

import pytest
import requests

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution
from campaigns.web.give import formkey
from tests.cast import PASSWORD, leila
from tests.giving import live_campaign
from tests.support.processes import Launcher, Live

READERS = 50
HIDDEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

pytestmark = pytest.mark.server


@dataclass(frozen=True)
class Seen:
    """One look: when it was asked for (monotonic seconds), at what, and whether something could be given there."""

    asked_at: float
    what: str
    open: bool


def looks_like_giving(answer: requests.Response) -> bool:
    return answer.status_code == 200 and 'name="amount"' in answer.text


class Reader:
    """Looks again and again, now at one process, now at the other, until told to stop."""

    def __init__(self, sites: list[Live], slug: str, form_key: str, stop: Event) -> None:
        self.sites, self.slug, self.form_key, self.stop = sites, slug, form_key, stop
        self.browser = requests.Session()

    def __call__(self, number: int) -> list[Seen]:
        seen = []
        while not self.stop.is_set():
            site, turn = self.sites[(number + len(seen)) % len(self.sites)].url, len(seen) % 4
            asked_at = time.monotonic()
            seen.append(Seen(asked_at, *self._look(site, turn, f"{number}-{len(seen)}")))
            time.sleep(0.05)
        return seen

    def _look(self, site: str, turn: int, name: str) -> tuple[str, bool]:
        paths = (f"/c/{self.slug}", f"/e/{self.slug}/form", f"/c/{self.slug}/give")
        if turn < len(paths):
            return paths[turn], looks_like_giving(self.browser.get(site + paths[turn], timeout=60))
        form = {"form_key": self.form_key, "amount": "50000", "intent": "sadaqah", "shown_as": "anonymous"}
        sent = self.browser.post(f"{site}/c/{self.slug}/give", data=form | {"name": name}, timeout=60)
        return "sent", sent.status_code != 409


def signed_in(site: Live, email: str) -> requests.Session:
    browser = requests.Session()
    browser.headers["Sec-Fetch-Site"] = "same-origin"
    form = {"login": email, "password": PASSWORD}
    answer = browser.post(f"{site.url}/sign-in", data=form, timeout=30, allow_redirects=False)
    assert answer.status_code == 303, answer.text
    return browser


@pytest.fixture
def sites(launcher: Launcher) -> list[Live]:
    return [launcher.site(), launcher.site()]


@pytest.fixture
def crowd() -> Iterator[Callable[[Reader, Callable[[], float]], tuple[list[Seen], float]]]:
    def watch(reader: Reader, act: Callable[[], float]) -> tuple[list[Seen], float]:
        with ThreadPoolExecutor(READERS) as pool:
            looking = [pool.submit(reader, number) for number in range(READERS)]
            time.sleep(2)
            done_at = act()
            time.sleep(2)
            reader.stop.set()
            return [one for reading in looking for one in reading.result()], done_at

    yield watch


def test_fifty_readers_of_two_processes_and_nobody_who_asks_after_the_answer_gets_a_form(
    app, sites, crowd
) -> None:
    campaign = live_campaign()
    slug, frozen_at = campaign.slug, f"/mod/campaign/{campaign.public_id}/freeze"
    with clock.at(clock.now() - timedelta(seconds=60)):
        key = formkey.new(campaign.public_id)
    email = leila().email or ""
    db.session.commit()
    moderator = signed_in(sites[0], email)

    def act() -> float:
        page = moderator.get(sites[0].url + frozen_at, timeout=60)
        form = {"csrf_token": HIDDEN.search(page.text)[1], "reason": "گزارشی رسیده است."}  # type: ignore[index]
        answer = moderator.post(page.url, data=form, timeout=60, allow_redirects=False)
        assert answer.status_code == 303, answer.text
        return time.monotonic()

    seen, done_at = crowd(Reader(sites, slug, key, Event()), act)
    before, later = ([one for one in seen if (one.asked_at > done_at) is after] for after in (False, True))
    for what in (f"/c/{slug}", f"/e/{slug}/form", f"/c/{slug}/give"):
        assert any(one.open for one in before if one.what == what), f"{what} was open before"
        assert any(one.what == what for one in later), f"{what} was asked for afterwards"
    assert [one for one in later if one.open] == []
    assert db.session.query(Contribution).count() <= 1, "the one form, sent many times, made one gift at most"
