"""Forms of people who take shifts. None needs an account."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.codes import parse_code
from campaigns.base.fields import LineField, NumberField, PhoneField, between, choices, required
from campaigns.base.forms import PublicForm
from campaigns.base.jalali import tehran_day
from campaigns.base.phone import parse_mobile
from campaigns.domain.accounts.identity import email_of
from campaigns.domain.volunteers.vows import MOST_HOURS
from campaigns.web.days import DayField

LONGEST_VOW_DAYS = 730


class SignUpForm(PublicForm):
    """Shifts first, then who: by the code of the volunteer network, or by name and mobile."""

    form_key = HiddenField()
    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    shifts = SelectMultipleField(_l("Shifts"), [required(_l("Choose at least one shift"))])
    code = LineField(
        _l("Your code in the volunteer network"),
        longest=40,
        description=_l("Eleven letters and digits, from the page you were shown when you registered."),
    )
    name = LineField(_l("First and last name"), longest=120)
    mobile = PhoneField(
        _l("Mobile"), longest=40, description=_l("Only the organizers of this shift and coordinators see it.")
    )
    province = SelectField(_l("Province"))
    email = LineField(
        _l("E-mail"),
        longest=254,
        description=_l(
            "We write when you move up from a waiting list, when the shift is near, and when it changes."
        ),
    )

    def offer(
        self, shifts: Sequence[tuple[str, str]], provinces: Sequence[tuple[str, str]], *, needs_code: bool
    ) -> None:
        """What can be chosen. `needs_code`: the role is for the verified, so who comes must be known."""
        self.needs_code = needs_code
        self.shifts.choices = choices(shifts)
        self.province.choices = choices(provinces)

    def validate_code(self, field: LineField) -> None:
        if field.data and parse_code(field.data) is None:
            raise ValidationError(_("Look at the code again: it has eleven letters and digits."))
        if self.needs_code and not field.data:
            raise ValidationError(
                _("Write your code: this role is for people whom a coordinator has verified.")
            )

    def validate_name(self, field: LineField) -> None:
        if not self.by_code and not field.data:
            raise ValidationError(_("Write your name"))

    def validate_mobile(self, field: LineField) -> None:
        if not self.by_code and parse_mobile(field.data or "") is None:
            raise ValidationError(_("A mobile number has 11 digits and begins with 09"))

    def validate_email(self, field: LineField) -> None:
        if field.data and email_of(field.data) is None:
            raise ValidationError(
                _("Write the whole address, such as %(address)s", address="sara@example.org")
            )

    @property
    def by_code(self) -> bool:
        return bool(self.needs_code or self.code.data)

    @property
    def who(self) -> str:
        """Who says to come, as it is counted: a code, or a number."""
        return (parse_code(self.code.data) or "") if self.by_code else (parse_mobile(self.mobile.data) or "")

    def address(self) -> str | None:
        return email_of(self.email.data) if self.email.data else None


class FindForm(PublicForm):
    code = LineField(
        _l("Code"),
        [required(_l("Write your code"))],
        longest=40,
        description=_l("Eleven letters and digits."),
    )

    def validate_code(self, field: LineField) -> None:
        if parse_code(field.data) is None:
            raise ValidationError(_("Look at the code again: it has eleven letters and digits."))


class VowForm(PublicForm):
    """«نذر خدمت»."""

    hours = NumberField(_l("How many hours"), [required(_l("Write how many hours")), between(1, MOST_HOURS)])
    until = DayField(_l("Until which day"), [required(_l("Write until which day"))])

    def validate_until(self, field: DayField) -> None:
        if field.data and not 0 <= (field.data - tehran_day(now())).days <= LONGEST_VOW_DAYS:
            raise ValidationError(_("Choose a day from today on, within two years."))


class ThanksForm(PublicForm):
    shown = RadioField(
        _l("Who looks up the code of the certificate reads"),
        [required(_l("Choose what others may read"))],
        choices=choices(
            [("whole", _l("My whole name")), ("letters", _l("The first letters of my name only"))]
        ),
    )
