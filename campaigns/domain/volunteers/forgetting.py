"""What goes from shifts when somebody is forgotten: addresses, names, places to come. Does not commit.

That somebody was there, and for how long, stays as a number.
"""

from sqlalchemy import select, update

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.volunteers.hour_models import Thanks
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.shift_models import LIVE, Shift, Signup
from campaigns.domain.volunteers.stamps import stamp_of


def forget_shifts(volunteer: Volunteer) -> None:
    """Places of shifts to come are free again; the worker lets those who wait move up."""
    mine = Signup.volunteer_id == volunteer.id
    coming = select(Signup.shift_id).where(mine, Signup.state.in_(LIVE))
    held = select(Shift).where(Shift.id.in_(coming), Shift.starts_at > now()).order_by(Shift.id)
    for shift in db.session.scalars(held.with_for_update(of=Shift)).all():
        _give_back(shift, volunteer)
    db.session.execute(update(Signup).where(mine).values(email=None))
    db.session.execute(
        update(Thanks).where(Thanks.volunteer_id == volunteer.id).values(name="", shown_name="")
    )


def _give_back(shift: Shift, volunteer: Volunteer) -> None:
    query = select(Signup).where(
        Signup.shift_id == shift.id, Signup.volunteer_id == volunteer.id, Signup.state.in_(LIVE)
    )
    for signup in db.session.scalars(query).all():
        shift.taken -= signup.state == "taken"
        signup.state, signup.changed_at = "cancelled", now()
    stamps.bump(stamp_of(shift.role.campaign_id))
