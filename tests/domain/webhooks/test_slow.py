"""A newspaper whose server never finishes its answer holds up nobody but itself."""

import time
from collections.abc import Iterator
from contextlib import closing
from socket import create_server
from threading import Event, Thread

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.outside import TOTAL_SECONDS, Unreachable, look_up, post
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg
from campaigns.domain.ledger.actions import post as book
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.queries import all_placed
from campaigns.domain.webhooks import endpoints
from tests.cast import mina, parisa, reza
from tests.support.processes import Launcher, wait_until
from tests.worlds import live_campaign


class Drip:
    """Takes a connection and sends one byte of a header after the other, for ever. `begun`: somebody waits."""

    def __init__(self) -> None:
        self.begun, self.over = Event(), Event()
        self.server = create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}/hook"
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with closing(self.server.accept()[0]) as line:
            line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self.begun.set()
            while not self.over.wait(0.2):
                try:
                    line.sendall(b"a")
                except OSError:
                    return


@pytest.fixture
def drip() -> Iterator[Drip]:
    server = Drip()
    yield server
    server.over.set()
    server.server.close()


def test_the_answer_may_take_so_long_and_no_longer_however_it_comes(drip):
    began = time.monotonic()
    with pytest.raises(Unreachable):
        post(look_up(drip.url, private=True), b"{}", {})
    assert time.monotonic() - began < TOTAL_SECONDS + 3


@pytest.mark.server
def test_bars_move_while_a_receiver_drips(app, drip, launcher: Launcher):
    campaign = live_campaign(mina(), reza(), parisa())
    endpoints.add(campaign, drip.url, campaign.author)
    db.session.commit()
    launcher.worker()
    wait_until(drip.begun.is_set, 60)
    legs = [Leg(accounts.clearing("practice"), accounts.campaign(campaign.id, "sadaqah"), 500_000)]
    book("cap:while-it-drips", Kind.CAPTURE, legs, occurred_at=now(), campaign_id=campaign.id)
    db.session.commit()

    def placed() -> bool:
        found = all_placed()
        db.session.rollback()  # who goes on reading would keep the worker's checkpoint waiting
        return found

    wait_until(placed, 5)
    assert not drip.over.is_set()
