"""The worker is killed while the bank takes the money of a month: the next one finds it, and takes nothing again."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.months import month_of
from campaigns.domain.mandates.models import Mandate, MandateCharge
from tests.domain.mandates.house import RIALS, Debits, book_of, letters, states, today
from tests.giving import live_campaign
from tests.support.processes import Launcher, wait_until

pytestmark = pytest.mark.server


def was_noted() -> bool:
    """Whether some worker has written down that it sends a checkout."""
    found = db.session.scalar(select(MandateCharge.asked_at))
    db.session.rollback()
    return found is not None


def is_paid(mandate: Mandate) -> bool:
    """Leaves no transaction open: others write meanwhile."""
    found = states(mandate) == ["paid"]
    db.session.rollback()
    return found


def test_a_worker_killed_between_the_charge_and_its_record(debits: Debits, launcher: Launcher) -> None:
    campaign = live_campaign()
    mandate = debits.signed(campaign)
    debits.fault("delay_ms", 1_500, operation="checkout")
    db.session.commit()
    worker = launcher.worker()
    wait_until(lambda: debits.bank.faults.waiting() == 0, 60)  # the checkout has reached the bank
    assert was_noted()
    worker.kill()
    wait_until(lambda: debits.money() == [RIALS])  # the bank goes on without it
    assert states(mandate) == ["open"] and book_of(campaign) == 0
    debits.work()
    assert states(mandate) == ["open"]  # the dead one's lease holds
    debits.work(minutes=4)
    assert states(mandate) == ["paid"]
    assert debits.money() == [RIALS] and book_of(campaign) == RIALS
    assert letters().count(str(month_of(today()))) == 1


def test_two_workers_at_once_take_one_gift(debits: Debits, launcher: Launcher) -> None:
    campaign = live_campaign()
    mandate = debits.signed(campaign)
    db.session.commit()
    for _ in range(2):
        launcher.worker()
    wait_until(lambda: is_paid(mandate), 60)
    assert debits.money() == [RIALS] and book_of(campaign) == RIALS
