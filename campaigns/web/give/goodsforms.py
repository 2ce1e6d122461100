"""The forms of promised goods: the promise itself, and its change by who made it."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.digits import to_ascii
from campaigns.base.fields import LineField, NumberField, choices
from campaigns.base.forms import PublicForm
from campaigns.base.jalali import said
from campaigns.base.phone import parse_mobile
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.kinds import goods
from campaigns.web.locale import language


class GoodsForm(PublicForm):
    """How many, how and when, and whom to call."""

    form_key = HiddenField()
    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    quantity = NumberField(_l("How many?"), default=1)
    how = RadioField(_l("How does it come to us?"), validate_choice=False)
    address = LineField(
        _l("Where do we fetch it?"),
        longest=300,
        description=_l("Only if we come to you. The office alone sees it, and forgets it afterwards."),
    )
    day = SelectField(_l("On which day?"), validate_choice=False)
    name = LineField(_l("Your name"), longest=80)
    mobile = LineField(
        _l("Mobile"), longest=40, description=_l("To arrange the delivery. Only the office sees it.")
    )

    def offer(self, still: goods.Open) -> None:
        """What can be chosen; the only way there is needs no choosing."""
        self.still = still
        offer_days(self.day, still)
        if len(still.hows) == 1:
            self.how.data = still.hows[0]

    def validate_mobile(self, field: LineField) -> None:
        if field.data and parse_mobile(field.data) is None:
            raise ValidationError(_("A mobile number has 11 digits and begins with 09"))

    def choice(self) -> goods.Choice:
        return goods.Choice(
            self.quantity.data,
            self.how.data or "",
            day_of(self.day.data),
            parse_mobile(self.mobile.data or ""),
            self.address.data or "",
        )

    def check(self) -> bool:
        """Whether it may be taken; what is wrong stands beside its field."""
        good: bool = self.validate()
        for name, sentence in goods.problems(self.choice(), self.still, language().code).items():
            if not self[name].errors:
                self[name].errors = [sentence]
        return good and not self.problems()


class ChangeForm(PublicForm):
    """Another number or another day; `last4` where a mobile number is known: the code alone may be in many hands."""

    quantity = NumberField(_l("How many?"))
    day = SelectField(_l("On which day?"), validate_choice=False)
    last4 = LineField(_l("The last four digits of your mobile number"), longest=20)

    def ask(self, pledge: Pledge, still: goods.Open) -> None:
        self.still, self.pledge = still, pledge
        offer_days(self.day, still)
        if pledge.mobile is None:
            del self.last4

    def check(self) -> bool:
        good: bool = self.validate()
        wrong = {
            "quantity": goods.quantity_problem(self.quantity.data, self.still.left, language().code),
            "day": goods.day_problem(day_of(self.day.data), self.still),
            "last4": proof_problem(self.pledge, self.last4.data if self.last4 else ""),
        }
        for name, sentence in wrong.items():
            if sentence and not self[name].errors:
                self[name].errors = [sentence]
        return good and not self.problems()


class CancelForm(PublicForm):
    last4 = LineField(_l("The last four digits of your mobile number"), longest=20)


def proof_problem(pledge: Pledge, typed: str | None) -> str:
    """Why these are not the last four digits of the mobile number of a pledge; empty: they are, or none are asked."""
    digits = to_ascii(typed or "").strip()
    if pledge.mobile is None or digits == pledge.mobile[-4:]:
        return ""
    return _("These are not the last four digits of the number you left with this promise")


def offer_days(field: SelectField, still: goods.Open) -> None:
    """Each day that can be chosen, in words."""
    code = language().code
    days = [still.first + timedelta(days=number) for number in range((still.last - still.first).days + 1)]
    field.choices = choices(
        [("", _("Choose…")), *((day.isoformat(), said(day, code, "weekday")) for day in days)]
    )


def day_of(value: str | None) -> date | None:
    """A day of the list; None for anything else."""
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None
