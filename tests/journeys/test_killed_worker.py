"""The worker is killed while it doubles gifts, and while a bank takes one back: nothing lost, nothing double."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import all_placed, balance, received
from campaigns.domain.matching.models import MatchCursor, MatchPool
from campaigns.domain.payments.moves import reversible_until
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.actions import approve, request
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.reversals import follow_up
from tests.domain.ledger.book import BANK
from tests.domain.matching.test_worker import opened
from tests.domain.refunds.money import bar, farid, negar
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import Paying, look
from tests.support.processes import Launcher, wait_until

GIFTS, RIALS = 1_600, 1_000
pytestmark = pytest.mark.server


def test_a_worker_that_is_killed_four_times_while_it_doubles_gifts(app, launcher: Launcher) -> None:
    campaign = live_campaign()
    campaign_id, people = campaign.id, (farid(), negar())
    made = [opened(people, cap, position=cap) for cap in (300_000, 450_500, 5_000_000)]
    names = [pool.public_id for pool in made]
    own = accounts.campaign(campaign_id, "sadaqah")
    for number in range(GIFTS):
        leg = [Leg(BANK, own, RIALS)]
        post(f"cap:{number}", Kind.CAPTURE, leg, occurred_at=now(), campaign_id=campaign_id)
    db.session.commit()
    for kill in range(4):
        reached = cursor()
        worker = launcher.worker()
        wait_until(lambda reached=reached: cursor() > reached or reached >= GIFTS, 60)  # type: ignore[misc]
        time.sleep(0.02 * kill)
        worker.kill()
    launcher.worker()
    wait_until(done, 60)
    total = GIFTS * RIALS
    assert received(campaign_id) == 2 * total
    assert [balance(accounts.pool(name)) for name in names] == [0, 0, 5_000_000 - (total - 750_500)]
    matched = select(func.count(), func.sum(MatchPool.matched_rials)).select_from(MatchPool)
    assert db.session.execute(matched).one() == (3, total)
    doubles = select(func.count()).where(LedgerTxn.kind == Kind.MATCH.value)
    assert db.session.scalar(doubles) == GIFTS
    assert watch.look(watch.everything()) == []


def test_a_worker_that_is_killed_while_the_bank_takes_a_gift_back(paying: Paying, launcher: Launcher) -> None:
    campaign, people = live_campaign(), (farid(), negar())
    pool = opened(people, GIFT)
    attempt_id = paying.attempt(pledged(campaign))
    paying.press(attempt_id)
    settle(attempt_id, paying.gateway, "callback", {})
    bar(campaign)
    attempt = look(attempt_id)
    refund = request(attempt, people[0], GIFT, Reason.DONOR, "-", reversible_until(attempt, paying.gateway))
    approve(refund, people[1])
    db.session.commit()
    paying.fault("delay_ms", 20_000, operation="reverse")
    worker = launcher.worker()
    wait_until(lambda: state_of(refund) == "sent", 60)
    worker.kill()
    assert state_of(refund) == "sent"
    assert look(attempt_id).state == State.REVERSING
    paying.bank.faults.clear()
    with clock.at(now() + timedelta(minutes=2)):
        assert follow_up({"zarinpal": paying.gateway}) == 1
    assert (state_of(refund), look(attempt_id).state) == ("done", State.REVERSED)
    launcher.worker()
    wait_until(done, 60)
    assert (bar(campaign), balance(accounts.pool(pool.public_id))) == ((0, 0), GIFT)
    assert balance(BANK) == 0
    assert watch.look(watch.everything()) == []


def state_of(refund: Refund) -> str:
    db.session.rollback()
    return str(db.session.scalar(select(Refund.state).where(Refund.id == refund.id)))


def cursor() -> int:
    db.session.rollback()
    return db.session.scalar(select(MatchCursor.upto_seq)) or 0


def done() -> bool:
    """Everything has its place, and the worker has looked at all of it."""
    db.session.rollback()
    places = db.session.scalar(select(func.count()).select_from(LedgerTxn)) or 0
    return all_placed() and cursor() >= places
