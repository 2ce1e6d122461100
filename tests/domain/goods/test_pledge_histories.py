"""Whatever people do with promises, in whatever order: what remains is what is needed, less what came, what is
promised and what money buys, and it is never below zero.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.goods import pledges
from campaigns.domain.goods.board import board
from campaigns.domain.goods.pledge_expiry import expire_pledges
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_states import LIVE
from campaigns.domain.goods.pledges import Promise, TooMuch, WrongMove
from campaigns.domain.ledger.models import CampaignRollup
from tests.cast import mina
from tests.giving import live_campaign
from tests.promises import GRACE, in_days, need
from tests.support.effort import effort

PRICE = 1_000_000
NEEDED = 20
numbers = st.integers(1, NEEDED + 4)
which = st.integers(0, 1_000_000)


class Histories(RuleBasedStateMachine):
    """Two needs of one campaign: money buys the first, then the second."""

    def __init__(self) -> None:
        super().__init__()
        self.forms = 0

    @initialize()
    def open_the_campaign(self) -> None:
        db.session.rollback()
        campaign = live_campaign()
        self.campaign_id, self.actor = campaign.id, campaign.author_id
        facts = {"unit_price_rials": PRICE, "takes_money": True}
        self.needs = [need(campaign, NEEDED, position=place, **facts) for place in range(2)]
        db.session.add(CampaignRollup(campaign_id=campaign.id, received_rials=0, gifts=0))
        self.moment = clock.now()
        db.session.commit()

    @rule(of=st.integers(0, 1), quantity=numbers, days=st.integers(0, 5))
    def promise(self, of: int, quantity: int, days: int) -> None:
        self.forms += 1
        line = self.needs[of]
        with clock.at(self.moment):
            left = pledges.left_of(line)
            wish = Promise(quantity=quantity, day=in_days(days), language="fa")
            try:
                pledges.pledge(line, wish, f"{self.campaign_id}-{self.forms}", GRACE)
            except TooMuch as much:
                assert quantity > left == much.left
            else:
                assert quantity <= left

    @rule(one=which, quantity=numbers, days=st.integers(0, 5))
    def change(self, one: int, quantity: int, days: int) -> None:
        with clock.at(self.moment):
            self._try(one, lambda pledge: pledges.change(pledge, quantity, in_days(days), GRACE))

    @rule(one=which)
    def cancel(self, one: int) -> None:
        self._try(one, pledges.cancel)

    @rule(one=which)
    def arrange(self, one: int) -> None:
        self._try(one, lambda pledge: pledges.arrange(pledge, pledge.day, "", self.actor, GRACE))

    @rule(one=which)
    def not_show(self, one: int) -> None:
        self._try(one, lambda pledge: pledges.no_show(pledge, self.actor))

    @rule(one=which, quantity=numbers)
    def receive(self, one: int, quantity: int) -> None:
        self._try(one, lambda pledge: pledges.receive(pledge, quantity, self.actor))

    @rule(one=which)
    def deliver(self, one: int) -> None:
        self._try(one, lambda pledge: pledges.deliver(pledge, self.actor))

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.moment += timedelta(days=days)
        with clock.at(self.moment):
            expire_pledges()

    @rule(rials=st.integers(-3 * PRICE, 9 * PRICE))
    def money_comes_or_goes_back(self, rials: int) -> None:
        rollup = db.session.get_one(CampaignRollup, self.campaign_id)
        rollup.received_rials = max(0, rollup.received_rials + rials)

    @invariant()
    def the_count_is_right(self) -> None:
        if not hasattr(self, "needs"):
            return
        db.session.flush()
        counts = board(self.campaign_id).counts
        for line in self.needs:
            mine = Pledge.need_id == line.id
            live = db.session.scalar(select(func.sum(Pledge.quantity)).where(mine, Pledge.state.in_(LIVE)))
            came = db.session.scalar(select(func.sum(Pledge.received)).where(mine))
            count = counts[line.id]
            assert count.remaining == NEEDED - (came or 0) - (live or 0) - count.bought
            assert min(count.remaining, count.bought, count.received, count.reserved) >= 0

    def _try(self, one: int, act: object) -> None:
        """Somebody tries it with one of the pledges; what the table does not have changes nothing."""
        query = select(Pledge).where(Pledge.campaign_id == self.campaign_id).order_by(Pledge.id)
        found = db.session.scalars(query).all()
        if not found:
            return
        pledge = found[one % len(found)]
        before = (pledge.state, pledge.quantity, pledge.received)
        try:
            act(pledge)  # type: ignore[operator]
        except (WrongMove, TooMuch):
            assert (pledge.state, pledge.quantity, pledge.received) == before


@pytest.fixture
def house(app: Flask) -> Iterator[None]:
    mina()
    yield
    db.session.rollback()


def test_the_count_is_right_whatever_people_do(house: None) -> None:
    run_state_machine_as_test(Histories, settings=effort(examples=25, steps=25))
