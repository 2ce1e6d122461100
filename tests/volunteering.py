"""Roles, shifts and people who take them, for tests."""

from datetime import datetime, timedelta
from itertools import count

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.volunteers import signups, wordings
from campaigns.domain.volunteers.holders import Holder, holder_of, join
from campaigns.domain.volunteers.hours import see
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer, VolunteerSpeciality
from campaigns.domain.volunteers.shift_models import Shift, Signup, VolunteerRole
from campaigns.domain.volunteers.words import State
from campaigns.web.letterlinks import link

_mobiles = count(9_120_000_000)


def driver(campaign: Campaign, name: str = "رانندهٔ وانت", **facts: object) -> VolunteerRole:
    """A role of the campaign whose words a moderator has agreed to."""
    role = VolunteerRole(campaign=campaign, **facts)
    db.session.add(role)
    words = {"name_fa": name, "text_fa": "بردن یخچال و اجاق به خانهٔ زوج‌ها.", "place_fa": "انبار رایین"}
    wordings.show(wordings.propose(role, words, campaign.author_id, None))
    db.session.commit()
    return role


def shift(role: VolunteerRole, places: int = 1, starts_at: datetime | None = None, hours: int = 4) -> Shift:
    """Some hours, a week from now unless said otherwise."""
    begins = starts_at or now() + timedelta(days=7)
    made = Shift(role=role, starts_at=begins, ends_at=begins + timedelta(hours=hours), places=places)
    db.session.add(made)
    db.session.commit()
    return made


def mobile() -> str:
    return f"+98{next(_mobiles)}"


def volunteer(name: str = "سارا محمدی", number: str | None = None) -> Holder:
    """Somebody new, with the code of their own."""
    holder = join(name, number or mobile(), "IR-08", "fa")
    db.session.commit()
    return holder


def nurse(
    skill: Speciality, name: str = "نرگس امینی", *, is_verified: bool = True, licence: str = "12345"
) -> Holder:
    """Somebody with this speciality, whom a coordinator has verified, or not yet."""
    holder = volunteer(name)
    holder.volunteer.state = (State.VERIFIED if is_verified else State.REGISTERED).value
    holder.volunteer.licence_number = licence
    listed = VolunteerSpeciality(
        volunteer=holder.volunteer, speciality=skill, province_code="IR-08", slots=1, is_listed=is_verified
    )
    db.session.add(listed)
    db.session.commit()
    return holder


def nursing() -> Speciality:
    skill = Speciality(
        code="nurse-test", division="health", name_fa="پرستاری", name_en="Nursing", needs_licence=True
    )
    db.session.add(skill)
    db.session.commit()
    return skill


def takes(holder: Holder, *shifts: Shift, email: str | None = None) -> list[Signup]:
    """Signs up and commits."""
    made = signups.take(holder, [one.id for one in shifts], signups.Asking("fa", email), link)
    db.session.commit()
    return made


def gives_back(signup: Signup) -> bool:
    done = signups.cancel(signup, link)
    db.session.commit()
    return done


def checked_in(signup: Signup, minutes: int | None, actor: User, note: str = "") -> None:
    see(signup, minutes, actor.id, note)
    db.session.commit()


def known(code: str) -> Volunteer:
    holder = holder_of(code)
    assert holder is not None
    return holder.volunteer
