"""What the forms of monthly giving share: where to write, and on which day of the Jalali month."""

from typing import NamedTuple

from flask import current_app
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
from campaigns.base.phone import parse_mobile
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


def texts_go_out() -> bool:
    """Whether this site has a provider of text messages."""
    return current_app.extensions["sender"] is not None


class Reach(NamedTuple):
    """Where a reminder goes: to the one or to the other."""

    email: str | None
    mobile: str | None


def valid_reach(email: str | None, mobile: str | None) -> Reach:
    """An address, else the number of who left none. `mobile`: None where no text message can be sent. Raises
    `ValidationError` for a wrong address or for neither; the number has a field that says what is wrong with it.
    """
    if email or mobile is None:
        return Reach(valid_email(email), None)
    if not mobile:
        raise ValidationError(
            _("Write an e-mail address, or a mobile number below: the reminder goes there.")
        )
    return Reach(None, parse_mobile(mobile))


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
    """Where to write, and when. `texts`: whether a text message can be sent, so that a mobile number will do."""

    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    email = email_field()
    mobile = LineField(
        _l("Mobile"),
        longest=40,
        description=_l("Without an e-mail address, one text message a month goes there."),
    )
    day = SelectField(_l("Day of the month"), coerce=whole_day)

    def __init__(self, texts: bool, **kwargs: object) -> None:
        super().__init__(**kwargs)
        if not texts:
            del self.mobile
        day_choices(self.day)

    def validate_email(self, field: LineField) -> None:
        valid_reach(field.data, None if self.mobile is None else self.mobile.data or "")

    def validate_mobile(self, field: LineField) -> None:
        if field.data and parse_mobile(field.data) is None:
            raise ValidationError(_("A mobile number has 11 digits and begins with 09"))

    def reach(self) -> Reach:
        """Where to write, once the form is valid."""
        return valid_reach(self.email.data, self.mobile.data if self.mobile else None)


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
