"""Goods that sample people promise: on each open campaign that asks for some, one promise of every life there is, made
through the same actions as on the site.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.cli.sample.data import SampleCampaign, donors
from campaigns.cli.sample.needs import needs
from campaigns.cli.sample.timeline import Calendar, Timeline
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.goods import pledges
from campaigns.domain.goods.board import board
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.pledge_expiry import expire_pledges
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.pledge_queries import places_for
from campaigns.domain.goods.pledge_states import State

GRACE_DAYS = 3
READY_DAYS = 5  # from the promise to its day
LIVES = {
    State.REGISTERED: (2, 0),
    State.ARRANGED: (3, 1),
    State.PARTLY: (11, 5),
    State.RECEIVED: (8, 5),
    State.DELIVERED: (19, 5),
    State.NO_SHOW: (14, 7),
    State.EXPIRED: (16, READY_DAYS + GRACE_DAYS + 1),
    State.CANCELLED: (9, 2),
}
"""How many days ago it was promised, and how many days later it became what it is."""
DELIVERED_AFTER = 4  # days
NOTE = "ساعت ۱۰ تا ۱۲، انباردار چشم‌به‌راه است."


class Promising:
    """Puts promises and what became of them on the timeline."""

    def __init__(self, timeline: Timeline, calendar: Calendar, dice: Random) -> None:
        self._timeline, self._calendar, self._dice = timeline, calendar, dice
        self._forms = 0

    def plan(self, sample: SampleCampaign, campaign: Callable[[], Campaign]) -> None:
        if sample.slug not in needs() or sample.journey.state != CampaignState.LIVE:
            return
        for state, (age, later) in LIVES.items():
            if age < -sample.journey.starts:
                self._plan_one(campaign, state, age, later)

    def _plan_one(self, campaign: Callable[[], Campaign], state: State, age: int, later: int) -> None:
        self._forms += 1
        known: dict[str, int] = {}
        when, hour = self._calendar.moment, self._dice.randrange(9, 21)
        self._timeline.add(when(-age, hour), partial(self._promise, campaign, self._forms, known))
        if later:
            self._timeline.add(when(later - age, 12), partial(_become, state, known))
        if state is State.DELIVERED:
            self._timeline.add(when(later + DELIVERED_AFTER - age, 12), partial(_reach, known))

    def _promise(self, campaign: Callable[[], Campaign], number: int, known: dict[str, int]) -> None:
        """Of a need that still asks for a few; of none where all are met."""
        counts = board(campaign().id)
        lines = [line for line in counts.lines if counts.counts[line.id].remaining >= 4]
        if not lines:
            return
        line = self._dice.choice(lines)
        made, _new = pledges.pledge(line, self._wish(line), f"sample-goods:{number}", GRACE_DAYS)
        known |= {"pledge": made.id, "office": campaign().author_id}

    def _wish(self, line: NeedLine) -> pledges.Promise:
        places = places_for(line)
        return pledges.Promise(
            quantity=self._dice.randint(2, 4),
            day=tehran_day(now()) + timedelta(days=READY_DAYS),
            language="fa",
            place_id=self._dice.choice(places).id if places else None,
            name=self._dice.choice(donors().people),
            mobile=f"+98990{self._dice.randrange(10**7):07}",
        )


def _become(state: State, known: dict[str, int]) -> None:
    if not known:
        return
    pledge, office = db.session.get_one(Pledge, known["pledge"]), known["office"]
    if state is State.EXPIRED:
        expire_pledges()
    elif state is State.ARRANGED:
        pledges.arrange(pledge, pledge.day, NOTE, office, GRACE_DAYS)
    elif state is State.NO_SHOW:
        pledges.no_show(pledge, office)
    elif state is State.CANCELLED:
        pledges.cancel(pledge)
    else:
        pledges.receive(pledge, pledge.quantity - (state is State.PARTLY), office)


def _reach(known: dict[str, int]) -> None:
    if known:
        pledges.deliver(db.session.get_one(Pledge, known["pledge"]), known["office"])
