"""What the public is told of the network gives nobody away."""

from campaigns.base.extensions import db
from campaigns.base.suppression import Untold
from campaigns.domain.volunteers.headcount import FACILITATORS, headcount
from campaigns.domain.volunteers.profile_models import Volunteer, VolunteerSpeciality
from campaigns.domain.volunteers.words import State
from tests.network import KERMAN, YAZD, a_mobile, network, speciality


def crowd(code: str, province: str, number: int, state: State = State.VERIFIED, **facts: object) -> None:
    for _ in range(number):
        one = Volunteer(name="-", mobile=a_mobile(), province_code=province, state=state.value, **facts)
        db.session.add(one)
        if code:
            listed = VolunteerSpeciality(
                volunteer=one,
                speciality_id=speciality(code),
                province_code=province,
                slots=1,
                is_listed=state is State.VERIFIED,
            )
            db.session.add(listed)
    db.session.commit()


def test_the_verified_are_counted_by_speciality_and_province(app):
    network()
    crowd("nurse", KERMAN, 7)
    crowd("nurse", YAZD, 9)
    crowd("driver", KERMAN, 6)
    crowd("driver", KERMAN, 3, State.REGISTERED)
    crowd("", YAZD, 5, is_facilitator=True)
    told = headcount()
    nurse, driver = speciality("nurse"), speciality("driver")
    assert (told.cell(nurse, KERMAN), told.cell(nurse, YAZD), told.cell(driver, KERMAN)) == (7, 9, 6)
    assert told.cell(FACILITATORS, YAZD) == 5 and told.cell(driver, YAZD) == 0
    assert (told.rows[nurse], told.columns[KERMAN], told.total) == (16, 13, 27)


def test_two_nurses_in_a_province_cannot_be_worked_out(app):
    network()
    crowd("nurse", KERMAN, 2)
    crowd("nurse", YAZD, 9)
    crowd("driver", KERMAN, 6)
    crowd("driver", YAZD, 8)
    told = headcount()
    nurse = speciality("nurse")
    assert told.cell(nurse, KERMAN) is Untold.FEW
    assert Untold.HIDDEN in {told.cell(nurse, YAZD), told.rows[nurse]}
