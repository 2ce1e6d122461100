"""The worker's part of shifts: one reminder for each place, whatever is repeated and whoever is killed."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.volunteers import shift_letters
from campaigns.domain.volunteers.shift_models import Shift, Signup

AHEAD = timedelta(hours=26)
"""A day and a little: who comes at nine hears of it on the morning before."""

Link = Callable[..., str]


def remind_of_shifts(link: Link, limit: int = 100) -> int:
    """Reminds everybody whose shift is near, `limit` at most. Returns how many. Does not commit.

    That somebody is reminded and the letter itself are one transaction. Who left no address is looked at once too.
    """
    moment = now()
    query = (
        select(Signup.id)
        .join(Shift, Shift.id == Signup.shift_id)
        .where(
            Shift.starts_at > moment,
            Shift.starts_at <= moment + AHEAD,
            Shift.called_off_at.is_(None),
            Signup.state == "taken",
            Signup.reminded_at.is_(None),
        )
        .order_by(Signup.id)
        .limit(limit)
    )
    return sum(_remind(signup_id, link) for signup_id in db.session.scalars(query).all())


def _remind(signup_id: int, link: Link) -> bool:
    """One conditional update decides who writes: of many workers one, and nobody once it is done."""
    taken = db.session.execute(
        update(Signup)
        .where(Signup.id == signup_id, Signup.state == "taken", Signup.reminded_at.is_(None))
        .values(reminded_at=now())
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return False
    signup = db.session.get_one(Signup, signup_id, populate_existing=True)
    return shift_letters.reminder(signup, link)
