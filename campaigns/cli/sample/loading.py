"""Loads the sample data into an empty database: plans every event, lives them in order, places the book."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import partial
from random import Random

from flask import current_app
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start, tehran_day
from campaigns.base.signing import read_key
from campaigns.cli.sample import data
from campaigns.cli.sample.cast import write_cast
from campaigns.cli.sample.deliveries import Deliveries
from campaigns.cli.sample.family import Families
from campaigns.cli.sample.giving import Giving
from campaigns.cli.sample.goods import Goods
from campaigns.cli.sample.journeys import Journeys
from campaigns.cli.sample.partners import Partners
from campaigns.cli.sample.promises import Promising
from campaigns.cli.sample.rush import rush
from campaigns.cli.sample.shifts import write_shifts
from campaigns.cli.sample.timeline import Calendar, Event, Timeline
from campaigns.cli.sample.wishes import still_checking, visits
from campaigns.domain.accounts.models import Grant, Organization, User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger.checkpoints import seal_days
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.rollup import place

SEED = 1405
CHECKING = 5
BATCH = 250
BOOKS = (User, Organization, Campaign, Contribution, LedgerTxn)

Progress = Callable[[list[Event]], AbstractContextManager[Iterable[Event]]]


def is_empty() -> bool:
    """Whether nothing but provinces and counties lives here."""
    return not any(db.session.scalar(select(table.id).limit(1)) for table in BOOKS)


def load(gifts: int, progress: Progress) -> None:
    """Writes everything, with about `gifts` paid gifts. Commits many times: the database must be empty."""
    with rush() as hurry:
        events = _plan(gifts)
        hurry.save()
        with progress(events) as shown:
            book = _Days()
            for number, event in enumerate(shown):
                with clock.at(event.at):
                    book.turn(tehran_day(event.at))
                    event.do()
                db.session.commit()
                if number % BATCH == 0:
                    hurry.save()
        while place():
            hurry.save()
        moderator = select(Grant.user_id).where(Grant.role == Role.MODERATOR.value)
        write_shifts(list(db.session.scalars(moderator)))
        db.session.commit()


class _Days:
    """Places and signs the book as a worker would have: each day once it is over."""

    def __init__(self) -> None:
        self._key = read_key(current_app.config["SETTINGS"].ledger_key)
        self._day: date | None = None

    def turn(self, day: date) -> None:
        if self._day is not None and day > self._day:
            with clock.at(day_start(self._day + timedelta(days=1)) - timedelta(seconds=1)):
                while place():
                    db.session.commit()
            seal_days(self._key)
            db.session.commit()
        self._day = day


def _plan(gifts: int) -> list[Event]:
    """The cast is written, everything else told as events."""
    timeline = Timeline()
    calendar = Calendar(clock.now())
    cast = write_cast()
    journeys = Journeys(timeline, calendar, cast)
    dice = Random(SEED)  # noqa: S311 -- the same people come every time; nothing here is secret
    giving = Giving(timeline, calendar, dice, cast.with_role(Role.MODERATOR))
    for sample in data.campaigns():
        journeys.plan(sample)
    Partners(timeline, calendar, cast).plan()
    _plan_gifts(giving, journeys, calendar, dice, gifts)
    Families(timeline, calendar, cast, journeys, giving).plan()
    Goods(timeline, calendar, cast, journeys.campaigns).plan()
    promising = Promising(timeline, calendar, Random(SEED))  # noqa: S311 -- as above
    for sample in data.campaigns():
        promising.plan(sample, partial(journeys.campaigns.__getitem__, sample.slug))
    Deliveries(timeline, calendar, cast, journeys).plan({row.slug: row for row in data.campaigns()})
    return timeline.in_order()


def _plan_gifts(giving: Giving, journeys: Journeys, calendar: Calendar, dice: Random, gifts: int) -> None:
    scale = gifts / sum(sample.journey.gifts for sample in data.campaigns())
    for sample in data.campaigns():
        for visit in visits(dice, sample, calendar, scale):
            giving.plan(_id_of(journeys, sample.slug), visit)
    lives = [row for row in data.campaigns() if row.journey.state == State.LIVE]
    still_open = [row for row in lives if row.journey.percent < 100]
    for sample in dice.sample(still_open, CHECKING):
        giving.plan(_id_of(journeys, sample.slug), still_checking(dice, sample, calendar))


def _id_of(journeys: Journeys, slug: str) -> Callable[[], int]:
    """The row id, once the campaign has been written."""
    return lambda: journeys.campaigns[slug].id
