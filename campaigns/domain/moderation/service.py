"""How soon a thing is due, by its class, in the hours in which moderators work."""

from datetime import datetime, timedelta

from flask import current_app

from campaigns.base.working import Calendar
from campaigns.domain.campaigns.topics import Topic
from campaigns.domain.moderation.contract import Item

CRISIS, PROBLEM = "crisis", "problem"
HOURS = {CRISIS: 2, PROBLEM: 2, "edit": 8, "campaign": 24, "message": 24}
"""Working hours from arrival to the moment something is due. Eight are one day."""


def calendar() -> Calendar:
    """The working hours of the settings."""
    found: Calendar = current_app.config["SETTINGS"].review_calendar
    return found


def service_of(item: Item, usual: str) -> str:
    """The class of a thing: what belongs to a campaign in a crisis goes first, but for messages of supporters."""
    urgent = (
        item.campaign is not None
        and item.campaign.topic == Topic.CRISIS
        and usual not in {"message", PROBLEM}
    )
    return CRISIS if urgent else usual


def due_of(since: datetime, service: str) -> datetime:
    return calendar().after(since, timedelta(hours=HOURS[service]))
