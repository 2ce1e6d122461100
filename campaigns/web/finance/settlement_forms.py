"""The forms of settlements: what the bank says, and why it is refused."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.money import AmountError, AmountProblem, parse_toman
from campaigns.base.sheba import parse_sheba
from campaigns.domain.settlements.actions import Advice
from campaigns.web.amounts import TomanField
from campaigns.web.days import DayField
from campaigns.web.finance.holders import Holder


class ExactField(TomanField):
    """An amount as a bank says it: of tomans, or of rials where the word stands beside it («۲۵۲۵ ریال»)."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        try:
            self.data = parse_toman(str(valuelist[0]) if valuelist else "")
        except AmountError as wrong:
            if wrong.problem is not AmountProblem.EMPTY:
                raise ValueError(
                    _("Write the amount in tomans, or in rials with the word beside it.")
                ) from None


class SettlementForm(StaffForm):
    terminal = SelectField(_l("Which gateway paid"), [required(_l("Choose the gateway that paid."))])
    rials = ExactField(
        _l("How much reached the bank"),
        description=_l("In tomans. Write the word rial beside an amount in rials."),
    )
    fee_rials = ExactField(
        _l("What the gateway kept of this payment"),
        description=_l("Only what it kept besides the fees of single gifts, which are in the book already."),
    )
    day = DayField(_l("Day it reached the bank"), [required(_l("Write the day it reached the bank"))])
    bank_account = LineField(
        _l("On which account of ours"),
        [required(_l("Write the Sheba of the account"))],
        longest=40,
        description=_l("Its Sheba: IR and 24 digits."),
    )
    bank_reference = LineField(
        _l("Reference of the bank"), [required(_l("Write the bank's reference"))], longest=40
    )
    first_day = DayField(_l("Pays for gifts from"), [required(_l("Write the first day it pays for"))])
    last_day = DayField(_l("to"), [required(_l("Write the last day it pays for"))])
    note = TextField(_l("A word about it"), longest=500)

    def __init__(self, holders: Iterable[Holder], **kwargs: object) -> None:
        super().__init__(**kwargs)
        named = [(one.terminal, one.name) for one in holders]
        self.terminal.choices = choices([("", _("Choose…")), *named])

    def validate_rials(self, field: ExactField) -> None:
        if not field.errors and not field.data:
            raise ValidationError(_("Write an amount above zero."))

    def validate_bank_account(self, field: Field) -> None:
        if field.data and parse_sheba(field.data) is None:
            raise ValidationError(_("These are not the digits of a Sheba. Look at them once more."))

    def advice(self) -> Advice:
        """What was typed, once the form is valid."""
        return Advice(
            terminal=self.terminal.data,
            bank_account=parse_sheba(self.bank_account.data) or "",
            bank_reference=self.bank_reference.data,
            day=self.day.data,
            rials=self.rials.data,
            fee_rials=self.fee_rials.data or 0,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            note=self.note.data or "",
        )


class RefuseForm(StaffForm):
    reason = TextField(_l("Reason"), [required(_l("Write the reason"))], longest=500)


class ConfirmForm(StaffForm):
    """Nothing to fill in: a second person says that it is so."""
