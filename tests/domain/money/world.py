"""A house of two campaigns, two banks and people, in which processes run one after the other, die and wait."""

from collections.abc import Callable
from contextlib import ExitStack, nullcontext, suppress
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis.stateful import RuleBasedStateMachine

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.funds.refusals import Refused as NotSpent
from campaigns.domain.matching.pools import NoLonger, SamePerson
from campaigns.domain.payments.errors import GatewayError
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.states import WrongStep
from tests.domain.money.always import Memory
from tests.domain.money.scripted import Scripted
from tests.domain.money.seen import Seen
from tests.domain.refunds.money import farid, negar
from tests.giving import live_campaign
from tests.support.databases import DatabaseHouse
from tests.support.dying import Died, dying

REFUSALS = (Refused, NotSpent, WrongStep, SamePerson, NoLonger, GatewayError)
SHEBA = "IR062960000000100324200001"


class World(RuleBasedStateMachine):
    """`does` is how anything happens: a process with a session of its own, which the next fate may strike."""

    app: Flask
    house: DatabaseHouse

    def __init__(self) -> None:
        super().__init__()
        db.session.remove()
        self.house.clear()
        self.moment: datetime = clock.now()
        self.pins: ExitStack | None = None
        self.fate: tuple[str, int] | None = None
        one, other = Scripted("zarinpal", by_receipt=False), Scripted("sep", by_receipt=True)
        self.banks = {one.name: one, other.name: other}
        self.campaigns = [live_campaign("sadaqah", "zakat").id, live_campaign("sadaqah").id]
        self.people = [farid().id, negar().id]
        self.memory = Memory()
        self.seen = Seen()
        self.documents = 0

    def does(self, act: Callable[[], Any]) -> None:
        """One process: commits once at its end, or is told why it may not."""
        outer, fate, self.fate = self.pins, self.fate, None
        if outer is None:
            db.session.remove()
        with suppress(Died), ExitStack() as self.pins:
            self.pins.enter_context(clock.at(self.moment))
            self.pins.enter_context(dying(*fate) if fate else nullcontext())
            with self.app.app_context():
                try:
                    act()
                    db.session.commit()
                except REFUSALS:
                    db.session.rollback()
        self.pins = outer
        if outer is not None:
            outer.enter_context(clock.at(self.moment))

    def passes(self, **time: float) -> None:
        """Time goes on, also for a process that is waiting."""
        self.moment += timedelta(**time)
        if self.pins is not None:
            self.pins.enter_context(clock.at(self.moment))

    def person(self, number: int) -> User:
        return db.session.get_one(User, self.people[number % len(self.people)])

    def look(self) -> Seen:
        self.seen = Seen()
        return self.seen


def one_of(rows: Any, which: int) -> Any:
    """One of the rows; the newest are the likeliest."""
    return rows[-1 - which % len(rows)]
