"""Signed words of a reminder's letters: who has one may act for the donor it was sent to, signed in or not."""

from typing import NamedTuple

from campaigns.base.extensions import db
from campaigns.base.shortwords import read_short, sign_short
from campaigns.base.tokens import TokenInvalid, read, sign
from campaigns.domain.reminders.models import Reminder
from campaigns.domain.reminders.queries import by_public_id

OWN, MONTH = "reminder", "reminder month"


class Month(NamedTuple):
    """Which letter somebody came from."""

    public_id: str
    month: int


def own(reminder: Reminder) -> str:
    """Opens the donor's own page of it, as long as there is a reminder."""
    return sign(OWN, reminder.public_id)


def own_short(reminder: Reminder) -> str:
    """Opens the same page; short enough for a text message."""
    return sign_short(OWN, reminder.id)


def owned(token: str) -> Reminder | None:
    """The reminder that a link is for."""
    try:
        return _owned_short(token) if "." not in token else _owned(token)
    except TokenInvalid:
        return None


def _owned_short(token: str) -> Reminder | None:
    return db.session.get(Reminder, read_short(OWN, token))


def _owned(token: str) -> Reminder | None:
    public_id = read(OWN, token)
    return by_public_id(public_id) if isinstance(public_id, str) else None


def of_month(reminder: Reminder, month: int) -> str:
    """Stands in the link to the form, so that the gift is known as an answer."""
    return sign(MONTH, [reminder.public_id, month])


def month_of(token: str) -> Month | None:
    """The letter that a token is of. None for whatever else stands there."""
    try:
        public_id, month = read(MONTH, token)
    except (TokenInvalid, ValueError, TypeError):
        return None
    return Month(public_id, month) if isinstance(public_id, str) and isinstance(month, int) else None
