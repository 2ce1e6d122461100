"""What the calendar says of a campaign: true from midnight in Tehran on, also before the worker has written it down."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_

from campaigns.base.jalali import day_start
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State

GOING_ON = (State.LIVE.value, State.PAUSED.value)


def state_on(campaign: Campaign, today: date) -> tuple[State, datetime]:
    """The state on a Tehran day, and since when. The last day counts whole."""
    last = campaign.ends_on
    if campaign.state in GOING_ON and last is not None and last < today:
        return State.ENDED, day_start(last + timedelta(days=1))
    return State(campaign.state), campaign.state_changed_at


def is_live(today: date) -> ColumnElement[bool]:
    """A condition on `Campaign`: live, and its last day is not over."""
    lasts = or_(Campaign.ends_on.is_(None), Campaign.ends_on >= today)
    return and_(Campaign.state == State.LIVE.value, lasts)


def has_ended(today: date) -> ColumnElement[bool]:
    """A condition on `Campaign`: ended, by somebody or by its last day."""
    over = and_(Campaign.state.in_(GOING_ON), Campaign.ends_on < today)
    return or_(Campaign.state == State.ENDED.value, over)
