"""The sample's roles and shifts: some full with people waiting, some free, hours given."""

from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.volunteers.hour_models import HourEntry, HourVow, Thanks
from campaigns.domain.volunteers.shift_models import RoleWording, Shift, Signup, VolunteerRole
from tests.cli.test_sample import flask, loaded

__all__ = ("flask", "loaded")


def test_several_campaigns_have_roles_shifts_and_people(loaded):
    assert db.session.scalar(select(func.count(VolunteerRole.campaign_id.distinct()))) >= 5
    assert set(db.session.scalars(select(RoleWording.state))) == {"shown"}
    coming = db.session.scalars(select(Shift).where(Shift.starts_at > now())).all()
    assert any(shift.left == 0 for shift in coming) and any(shift.left > 0 for shift in coming)
    assert set(db.session.scalars(select(Signup.state))) >= {"taken", "waiting"}
    assert db.session.scalar(select(func.sum(HourEntry.minutes))) > 0
    assert db.session.scalar(select(func.count()).select_from(HourVow)) > 0
    assert db.session.scalar(select(func.count()).select_from(Thanks)) > 0
