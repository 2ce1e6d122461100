"""Forms about spending."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.money import toman
from campaigns.base.sheba import parse_sheba
from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.contributions.rules import PURPOSE_LABELS, Purpose
from campaigns.domain.funds.actions import Plan
from campaigns.domain.funds.queries import Bucket
from campaigns.web.amounts import TomanField
from campaigns.web.locale import language


class SpendingForm(StaffForm):
    intent = SelectField(_l("From which bucket"), [required(_l("Choose the bucket"))])
    purpose = SelectField(
        _l("For what kind of thing"),
        [required(_l("Choose what it is spent on"))],
        description=_l("The rule of the intent says what it may pay for."),
    )
    rials = TomanField(_l("Amount"))
    thing = LineField(
        _l("What it buys"),
        [required(_l("Write what the money buys"))],
        longest=300,
        description=_l("Such as: sixty blankets for Kuhbanan. Name nobody who is helped."),
    )
    payee = LineField(_l("Who is paid"), [required(_l("Write who is paid"))], longest=120)
    document = LineField(
        _l("Number of the document"),
        [required(_l("Write the number of the invoice, contract or decision"))],
        longest=80,
        description=_l("Invoice, contract or decision. The same one is not spent twice from one bucket."),
    )

    def __init__(self, buckets: Sequence[Bucket], **kwargs: object) -> None:
        super().__init__(**kwargs)
        nothing = [("", _("Choose…"))]
        self.intent.choices = choices(
            [*nothing, *((bucket.intent.value, _said(bucket)) for bucket in buckets)]
        )
        self.purpose.choices = choices(
            [*nothing, *((key.value, words) for key, words in PURPOSE_LABELS.items())]
        )

    def validate_rials(self, field: TomanField) -> None:
        if field.errors:
            return
        if not field.data or field.data <= 0:
            raise ValidationError(_("Write an amount above zero."))

    def plan(self) -> Plan:
        """What was typed, once the form is valid."""
        return Plan(
            intent=Intent(self.intent.data),
            purpose=Purpose(self.purpose.data),
            rials=self.rials.data,
            payee=self.payee.data,
            thing=self.thing.data,
            document=self.document.data,
        )


class ReasonForm(StaffForm):
    reason = TextField(_l("Reason"), [required(_l("Write the reason"))], longest=500)


class PaidForm(StaffForm):
    bank_account = LineField(
        _l("From which account of ours"),
        [required(_l("Write the Sheba of the account"))],
        longest=40,
        description=_l("Its Sheba: IR and 24 digits."),
    )
    bank_reference = LineField(
        _l("Reference of the bank"), [required(_l("Write the bank's reference"))], longest=40
    )

    def validate_bank_account(self, field: Field) -> None:
        if field.data and parse_sheba(field.data) is None:
            raise ValidationError(_("These are not the digits of a Sheba. Look at them once more."))


def _said(bucket: Bucket) -> str:
    left = toman(bucket.left_rials, language().code)
    return _("%(intent)s · %(left)s left", intent=INTENT_LABELS[bucket.intent], left=left)
