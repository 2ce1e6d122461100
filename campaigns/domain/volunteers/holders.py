"""Who holds a code, and what it opens.

A volunteer's own code opens everything of theirs. Whoever signs up for a shift with a mobile number that is known gets
a code of their own, which opens what they signed up for and nothing else: so nobody learns anything about somebody
whose number they type, not even whether it is known.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from campaigns.base.codes import new_code
from campaigns.base.extensions import db
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.profiles import first_with
from campaigns.domain.volunteers.shift_models import Signup


@dataclass(frozen=True)
class Holder:
    """Somebody with a code."""

    volunteer: Volunteer
    code: str

    @property
    def signups(self) -> ColumnElement[bool]:
        """The signups that this code opens."""
        if self.code == self.volunteer.code:
            return Signup.volunteer_id == self.volunteer.id
        return Signup.code == self.code


def holder_of(code: str) -> Holder | None:
    """Whose code this is. None: nobody's, or of somebody who was forgotten."""
    volunteer = db.session.scalar(select(Volunteer).where(Volunteer.code == code))
    if volunteer is None:
        query = select(Volunteer).join(Signup, Signup.volunteer_id == Volunteer.id).where(Signup.code == code)
        volunteer = db.session.scalar(query.limit(1))
    return None if volunteer is None or volunteer.erased_at is not None else Holder(volunteer, code)


def join(name: str, mobile: str, province_code: str, language: str, code: str = "") -> Holder:
    """Whoever has this mobile number (+989…); a new volunteer if nobody has. `code`: what shall open what follows.

    What is known of somebody is not changed by what a stranger may have typed. Does not commit.
    """
    code = code or new_code()
    first_with(mobile, name=name, province_code=province_code, language=language, code=code)
    volunteer = db.session.scalars(select(Volunteer).where(Volunteer.mobile == mobile)).one()
    return Holder(volunteer, code)
