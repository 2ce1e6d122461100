"""The forms of volunteer roles, their shifts, and who came."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.fields import LineField, NumberField, TextField, between, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import TEHRAN
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.regions.queries import counties
from campaigns.domain.volunteers.shift_models import RoleWording, VolunteerRole
from campaigns.domain.volunteers.specialities import by_id
from campaigns.domain.volunteers.wordings import WORDS
from campaigns.web.days import ClockField, DayField
from campaigns.web.locale import language

MOST_PLACES, MOST_WEEKS = 500, 12


def whole(value: object) -> int:
    """A number of the list. Raises `ValueError` for what is none."""
    return int(str(value))


class RoleForm(StaffForm):
    name_fa = LineField(
        _l("Name of the role in Persian"), [required(_l("Write what the role is called"))], longest=80
    )
    name_en = LineField(_l("Name of the role in English"), longest=80, language="en")
    text_fa = TextField(
        _l("What is to be done, in Persian"),
        longest=1000,
        description=_l(
            "What one does, what to bring, what one should be able to do. Nothing about those helped."
        ),
    )
    text_en = TextField(_l("What is to be done, in English"), longest=1000, language="en")
    place_fa = LineField(_l("Place in Persian"), longest=200)
    place_en = LineField(_l("Place in English"), longest=200, language="en")
    county = SelectField(_l("County"), coerce=whole)
    speciality = SelectField(
        _l("Speciality"),
        coerce=whole,
        description=_l("With one, only people whom a coordinator has verified can take its shifts."),
    )
    needs_licence = BooleanField(_l("A licence number is needed"))

    def offer(self, campaign: Campaign) -> None:
        """Counties of the campaign's provinces, and the specialities that are active or were chosen before."""
        english = language().code == "en"
        places = counties([province.code for province in campaign.provinces])
        self.county.choices = choices(
            [
                (0, _("No particular county")),
                *((one.id, (english and one.name_en) or one.name_fa) for one in places),
            ]
        )
        self.speciality.choices = choices(
            [
                (0, _("None: everybody can help")),
                *(
                    (one.id, one.name_en if english else one.name_fa)
                    for one in by_id().values()
                    if one.is_active or one.id == self.speciality.object_data
                ),
            ]
        )

    def validate_needs_licence(self, field: BooleanField) -> None:
        if field.data and not self.speciality.data:
            raise ValidationError(_("A licence belongs to a speciality: choose one."))

    @property
    def words(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in WORDS}

    def fill(self, role: VolunteerRole) -> None:
        """Writes the facts of the role, which no moderator has to read."""
        role.speciality_id, role.county_id = self.speciality.data or None, self.county.data or None
        role.needs_licence = bool(self.needs_licence.data)

    @staticmethod
    def filled(role: VolunteerRole, wording: RoleWording | None) -> dict[str, Any]:
        """A role as the values of this form."""
        words = {name: getattr(wording, name) for name in WORDS} if wording else {}
        facts = {"county": role.county_id or 0, "speciality": role.speciality_id or 0}
        return words | facts | {"needs_licence": role.needs_licence}


class ShiftForm(StaffForm):
    day = DayField(_l("Day"), [required(_l("Write the day"))])
    begins = ClockField(_l("Begins at"), [required(_l("Write when it begins"))])
    ends = ClockField(
        _l("Ends at"), [required(_l("Write when it ends"))], description=_l("Up to 24 hours later.")
    )
    places = NumberField(
        _l("Places"), [required(_l("Write how many people you need")), between(1, MOST_PLACES)]
    )
    weeks = NumberField(
        _l("For how many weeks"),
        [required(_l("Write a number, 1 for once")), between(1, MOST_WEEKS)],
        default=1,
    )

    def validate_day(self, field: DayField) -> None:
        if (
            field.data
            and self.begins.data
            and datetime.combine(field.data, self.begins.data, TEHRAN) <= now()
        ):
            raise ValidationError(_("This moment has passed already."))

    def times(self) -> list[tuple[datetime, datetime]]:
        """When each of the shifts begins and ends. What ends before it begins ends on the next day."""
        first = datetime.combine(self.day.data, self.begins.data, TEHRAN)
        last = datetime.combine(self.day.data, self.ends.data, TEHRAN)
        last += timedelta(days=1) if last <= first else timedelta()
        weeks = [timedelta(weeks=number) for number in range(self.weeks.data)]
        return [(first + week, last + week) for week in weeks]


class PlacesForm(StaffForm):
    places = NumberField(
        _l("Places"), [required(_l("Write how many people you need")), between(1, MOST_PLACES)]
    )


class SeenForm(StaffForm):
    """What somebody saw of one person; each line of the roll has one, with the names of its fields its own."""

    hours = NumberField(_l("Hours"), [between(0, 24)])
    minutes = NumberField(_l("Minutes"), [between(0, 59)])
    note = LineField(_l("Why it is corrected"), longest=200)

    def validate_hours(self, field: NumberField) -> None:
        if not 0 < self.total <= 24 * 60:
            raise ValidationError(_("Write how long the person was there, up to 24 hours."))

    @property
    def total(self) -> int:
        return (self.hours.data or 0) * 60 + (self.minutes.data or 0)
