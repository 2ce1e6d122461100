"""Forms for volunteers. None needs an account."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from campaigns.base.digits import to_ascii
from campaigns.base.fields import (
    LineField,
    NumberField,
    PhoneField,
    TextField,
    between,
    choices,
    optional,
    required,
)
from campaigns.base.forms import PublicForm
from campaigns.base.phone import parse_mobile
from campaigns.domain.regions.models import Province
from campaigns.domain.regions.queries import counties
from campaigns.domain.volunteers.profiles import Profile
from campaigns.domain.volunteers.specialities import by_id
from campaigns.domain.volunteers.words import DIVISION_LABELS, SLOT_LABELS, Division, kept, slots_of
from campaigns.web.locale import language

MOST_SPECIALITIES = 5


def valid_mobile(field: LineField) -> None:
    if field.data and parse_mobile(field.data) is None:
        raise ValidationError(_("A mobile number has 11 digits and begins with 09"))


def whole(value: object) -> int:
    """A number of the list. Raises `ValueError` for what is none."""
    return int(str(value))


class ProfileForm(PublicForm):
    """What somebody says about themselves, within one province."""

    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    name = LineField(_l("First and last name"), [required(_l("Write your name"))], longest=120)
    county = SelectField(_l("County"), coerce=whole)
    specialities = SelectMultipleField(
        _l("What you can do"),
        coerce=whole,
        description=_l("Up to five. Leave it empty if you help with anything."),
    )
    licence = LineField(
        _l("Licence number"),
        longest=40,
        description=_l(
            "Of your profession, such as the number in the medical council. Only coordinators see it."
        ),
    )
    facilitator = BooleanField(
        _l("I can be a facilitator"),
        description=_l("A facilitator knows the neighbourhood and brings families and specialists together."),
    )
    hours = NumberField(
        _l("Hours a week"), [required(_l("Write how many hours a week you have")), between(1, 60)]
    )
    slots = SelectMultipleField(
        _l("When"),
        [required(_l("Choose at least one time"))],
        coerce=whole,
        choices=choices(SLOT_LABELS.items()),
    )
    about = TextField(_l("Anything else we should know"), [optional()], longest=500)

    def __init__(self, province: Province, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.province = province
        self.offer()

    def offer(self) -> None:
        """Counties of the province, and the specialities that are active or were chosen before."""
        english = language().code == "en"
        self.known = by_id()
        places = counties([self.province.code])
        self.county.choices = choices(
            [
                (0, _("Another place")),
                *((one.id, one.name_en or one.name_fa if english else one.name_fa) for one in places),
            ]
        )
        before = set(self.specialities.object_data or ())
        self.specialities.choices = choices(
            (one.id, f"{DIVISION_LABELS[Division(one.division)]}: {one.name_en if english else one.name_fa}")
            for one in self.known.values()
            if one.is_active or one.id in before
        )

    def validate_specialities(self, field: SelectMultipleField) -> None:
        if len(field.data or ()) > MOST_SPECIALITIES:
            raise ValidationError(_("Choose five at most: what you do best."))

    def validate_licence(self, field: LineField) -> None:
        asks = [
            one for one in self.specialities.data or () if one in self.known and self.known[one].needs_licence
        ]
        if asks and not field.data:
            raise ValidationError(_("What you chose needs a licence. Write its number."))

    def profile(self) -> Profile:
        """What was filled in, once it is valid."""
        return Profile(
            name=self.name.data,
            province_code=self.province.code,
            county_id=self.county.data or None,
            hours=self.hours.data,
            slots=kept(self.slots.data),
            speciality_ids=tuple(sorted(set(self.specialities.data or ()))),
            licence_number=to_ascii(self.licence.data or ""),
            is_facilitator=bool(self.facilitator.data),
            about=self.about.data or "",
            language=language().code,
        )

    @staticmethod
    def filled(profile: Profile) -> dict[str, Any]:
        """A profile as the values of this form."""
        return {
            "name": profile.name,
            "county": profile.county_id or 0,
            "specialities": list(profile.speciality_ids),
            "licence": profile.licence_number,
            "facilitator": profile.is_facilitator,
            "hours": profile.hours or None,
            "slots": [int(slot) for slot in slots_of(profile.slots)],
            "about": profile.about,
        }


class JoinForm(ProfileForm):
    form_key = HiddenField()
    mobile = PhoneField(
        _l("Mobile"),
        [required(_l("Write your mobile number: a coordinator calls you."))],
        longest=40,
        description=_l("A coordinator calls you on it. It is shown to nobody else."),
    )
    consent = BooleanField(
        _l(
            "I agree that coordinators of the organization keep this and call me. I can have it erased at any time."
        ),
        [required(_l("Without your agreement we may not keep this. Tick the box if you agree."))],
    )

    def validate_mobile(self, field: LineField) -> None:
        valid_mobile(field)

    def validate_consent(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(
                _("Without your agreement we may not keep this. Tick the box if you agree.")
            )


class StatusForm(PublicForm):
    code = LineField(_l("Code"), [required(_l("Write your code"))], longest=40)
    last = LineField(_l("Last four digits of your mobile"), [required(_l("Write four digits"))], longest=20)


class CallForm(PublicForm):
    """The short form of a crisis."""

    website = LineField(_l("Leave this empty"), longest=200)
    form_key = HiddenField()
    name = LineField(_l("First and last name"), [required(_l("Write your name"))], longest=120)
    mobile = PhoneField(
        _l("Mobile"), [required(_l("Write your mobile number: a coordinator calls you."))], longest=40
    )
    province = SelectField(_l("Where you are now"))
    offer = LineField(
        _l("What you can do"), [required(_l("Write in a few words what you can do"))], longest=300
    )

    def validate_mobile(self, field: LineField) -> None:
        valid_mobile(field)


class LeaveForm(PublicForm):
    erase = BooleanField(
        _l("Erase everything about me as well: name, number, papers"),
        description=_l("This cannot be undone. If you sign up again later, you begin anew."),
    )
