"""Who the sample donors are: what they give, how they want to be seen, what they say, when they came."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from campaigns.cli.sample.amounts import amounts
from campaigns.cli.sample.bank import Ending
from campaigns.cli.sample.data import SampleCampaign, donors
from campaigns.cli.sample.timeline import BREATH, Calendar
from campaigns.domain.contributions.actions import Wish

LARGE_RIALS = 200_000_000
UNPAID_SHARE = 0.03
HOURS = [*range(24)]
HOUR_WEIGHTS = (4, 2, 1, 1, 1, 2, 3, 5, 8, 10, 11, 11, 10, 8, 7, 7, 8, 9, 10, 12, 14, 15, 12, 8)
"""When in a Tehran day people give."""


@dataclass(frozen=True)
class Visit:
    """One donor at one moment. `fit`: whether a moderator will show the message."""

    at: datetime
    wish: Wish
    ending: Ending
    fit: bool = True


def visits(dice: Random, sample: SampleCampaign, calendar: Calendar, scale: float) -> list[Visit]:
    """Everybody who came to one campaign; those who paid bring it exactly to its percent."""
    journey = sample.journey
    count = max(2, round(journey.gifts * scale)) if journey.gifts else 0
    found = [
        _visit(dice, sample, calendar, rials, Ending.PAID)
        for rials in amounts(dice, [row["rials"] for row in sample.presets], count, sample.target_rials)
    ]
    for _ in range(round(count * UNPAID_SHARE)):
        rials = dice.choice(sample.presets)["rials"]
        found.append(_visit(dice, sample, calendar, rials, dice.choice((Ending.CANCELLED, Ending.ABANDONED))))
    return found


def still_checking(dice: Random, sample: SampleCampaign, calendar: Calendar) -> Visit:
    """Somebody whose bank has not answered yet."""
    visit = _visit(dice, sample, calendar, sample.presets[0]["rials"], Ending.CHECKING)
    return Visit(
        calendar.present - BREATH - timedelta(minutes=dice.randrange(100)), visit.wish, Ending.CHECKING
    )


def _visit(dice: Random, sample: SampleCampaign, calendar: Calendar, rials: int, ending: Ending) -> Visit:
    name = _name(dice, rials)
    message, fit = _message(dice, sample.topic)
    wish = Wish(
        rials=rials,
        intent=dice.choices(sample.intents, range(2 * len(sample.intents), 0, -2))[0],
        language="en" if name.isascii() and name else "fa",
        donor_name=name,
        hide_name=not name,
        hide_amount=dice.random() < 0.08,
        mobile=f"+98900000{dice.randrange(10_000):04}" if dice.random() < 0.4 else None,
        dedication=dice.choice(donors().dedications) if dice.random() < 0.06 else "",
        message=message,
    )
    return Visit(_when(dice, sample, calendar), wish, ending, fit)


def _name(dice: Random, rials: int) -> str:
    """Empty: anonymous. Large gifts come from firms and circles of friends more often."""
    if dice.random() < 0.42:
        return ""
    if rials >= LARGE_RIALS and dice.random() < 0.6:
        return dice.choice(donors().firms)
    return dice.choice(donors().groups if dice.random() < 0.14 else donors().people)


def _message(dice: Random, topic: str) -> tuple[str, bool]:
    if dice.random() > 0.12:
        return "", True
    if dice.random() < 0.03:
        return dice.choice(donors().unfit_messages), False
    return dice.choice(donors().messages + donors().messages_by_topic[topic] * 2), True


def _when(dice: Random, sample: SampleCampaign, calendar: Calendar) -> datetime:
    """Between the first day and the last one (or the pause, or now); more in the first and the last days."""
    journey = sample.journey
    last = min(0, journey.ends if journey.changed is None else journey.changed - 1)
    day = journey.starts + round(dice.betavariate(0.75, 0.85) * (last - journey.starts))
    hour = dice.choices(HOURS, HOUR_WEIGHTS)[0]
    moment = calendar.moment(day, hour, dice.randrange(60)) + timedelta(seconds=dice.randrange(60))
    latest = calendar.present - BREATH
    return moment if moment < latest else latest - timedelta(minutes=dice.randrange(20, 600))
