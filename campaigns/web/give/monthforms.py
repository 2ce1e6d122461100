"""What the forms of monthly giving share: where to write, and on which day of the Jalali month."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.digits import in_script
from campaigns.base.fields import LineField, choices
from campaigns.base.forms import PublicForm
from campaigns.base.jalali import jalali_fields, tehran_day
from campaigns.base.money import toman
from campaigns.base.months import LONGEST
from campaigns.domain.accounts.identity import email_of
from campaigns.web.amounts import TomanField
from campaigns.web.locale import language


def email_field() -> LineField:
    return LineField(_l("E-mail"), longest=254, description=_l("One letter a month goes there."))


def valid_email(typed: str | None) -> str:
    """The address as it is kept. Raises `ValidationError` with what to do."""
    if not typed:
        raise ValidationError(_("Write an e-mail address: the letter goes there."))
    address = email_of(typed)
    if address is None:
        raise ValidationError(_("Write the whole address, such as %(address)s", address="sara@example.org"))
    return address


def whole_day(value: object) -> int:
    """A number of the list. Raises `ValueError` for what is none."""
    return int(str(value))


def day_choices(field: SelectField) -> None:
    """1 to 31; today's number until another is chosen."""
    code = language().code
    field.choices = choices((day, _day_said(day, code)) for day in range(1, LONGEST + 1))
    if field.data is None:
        field.data = jalali_fields(tehran_day(now()))[0]


def _day_said(day: int, code: str) -> str:
    number = in_script(str(day), code)
    return number if day < 30 else _("%(day)s, or the last day of a shorter month", day=number)


class AskForm(PublicForm):
    """Where to write, and when."""

    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    email = email_field()
    day = SelectField(_l("Day of the month"), coerce=whole_day)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        day_choices(self.day)

    def validate_email(self, field: LineField) -> None:
        valid_email(field.data)

    def address(self) -> str:
        """Where to write, once the form is valid."""
        return valid_email(self.email.data)


class ChangeForm(PublicForm):
    """Another amount or another day. `least` and `most`: rials."""

    rials = TomanField(_l("Amount"))
    day = SelectField(_l("Day of the month"), coerce=whole_day)

    def __init__(self, least: int, most: int | None, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most
        day_choices(self.day)

    def validate_rials(self, field: TomanField) -> None:
        if field.errors:
            return
        if not field.data or field.data < self.least:
            least = toman(self.least, language().code)
            raise ValidationError(_("The amount must be %(least)s or more", least=least))
        if self.most is not None and field.data > self.most:
            raise ValidationError(
                _("The amount must be %(most)s or less", most=toman(self.most, language().code))
            )
