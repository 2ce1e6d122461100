"""Forms of the counter."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.codes import public_id
from campaigns.base.digits import in_script, to_ascii
from campaigns.base.fields import LineField, PhoneField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.phone import parse_mobile
from campaigns.base.sheba import parse_sheba
from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.counter.gifts import Handed
from campaigns.domain.counter.models import CardReader, Office
from campaigns.domain.counter.queries import intents_of, offered, readers_of
from campaigns.domain.insights.portal import Card, cards_of
from campaigns.web.amounts import TomanField
from campaigns.web.locale import language

CASH = "cash"
_KEY = re.compile(r"[\w-]{16,32}", re.ASCII)
_TRACE = re.compile(r"[0-9]{1,12}")


class GiftForm(StaffForm):
    """A gift on the counter, in the order of the hands: how much, what for, how, who."""

    key = HiddenField()
    rials = TomanField(_l("Amount"))
    campaign = SelectField(_l("Campaign"), [required(_l("Choose the campaign"))])
    intent = SelectField(_l("Intent"))
    way = RadioField(_l("Paid"))
    trace = PhoneField(
        _l("Trace number"), longest=40, description=_l("Only by card: it stands on the slip of the reader.")
    )
    card_last4 = PhoneField(_l("Last four digits of the card"), longest=20)
    payer = LineField(_l("Name of the donor"), longest=80)
    mobile = PhoneField(_l("Mobile of the donor"), longest=40)
    shows_name = BooleanField(_l("Show the name on the campaign's page"))

    def __init__(self, office: Office, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        nearest = offered(office)
        ids = [*nearest.usual, *nearest.near, *nearest.others]
        self.cards: dict[int, Card] = cards_of(ids, language().code)
        self._ids = {self.cards[number].slug: number for number in ids}
        self._takes = intents_of(ids)
        self._readers: Sequence[CardReader] = [one for one in readers_of(office) if one.is_used]
        self.campaign.choices = choices(
            (slug, self.cards[number].title) for slug, number in self._ids.items()
        )
        self.intent.choices = choices((key.value, words) for key, words in INTENT_LABELS.items())
        self.way.choices = choices(
            [(CASH, _("In cash")), *((one.number, _reader(one)) for one in self._readers)]
        )
        self.campaign.data = self.campaign.data or next(iter(self._ids), None)
        self.intent.data = self.intent.data or Intent.SADAQAH.value
        self.way.data = self.way.data or CASH
        if not _KEY.fullmatch(self.key.data or ""):
            self.key.data = public_id()

    def validate_rials(self, field: TomanField) -> None:
        if not field.errors and (not field.data or field.data <= 0):
            raise ValidationError(_("Write an amount above zero."))

    def validate_intent(self, field: Field) -> None:
        takes = self._takes.get(self._ids.get(self.campaign.data, 0), [])
        if takes and field.data not in takes:
            words = _(", ").join(str(INTENT_LABELS[Intent(one)]) for one in takes)
            raise ValidationError(_("This campaign takes only: %(intents)s", intents=words))

    def validate_trace(self, field: Field) -> None:
        if self.way.data != CASH and not _TRACE.fullmatch(field.data):
            raise ValidationError(_("Write the trace number, up to 12 digits."))

    def validate_card_last4(self, field: Field) -> None:
        if self.way.data != CASH and field.data and not re.fullmatch("[0-9]{4}", field.data):
            raise ValidationError(_("Write four digits, or leave it empty."))

    def validate_mobile(self, field: Field) -> None:
        if field.data and parse_mobile(field.data) is None:
            raise ValidationError(_("A mobile number has 11 digits and begins with 09"))

    def handed(self) -> Handed:
        """What was typed, once the form is valid."""
        by_card = self.way.data != CASH
        return Handed(
            campaign_id=self._ids[self.campaign.data],
            rials=self.rials.data,
            intent=self.intent.data,
            reader=self.way.data if by_card else "",
            trace=self.trace.data if by_card else "",
            card_last4=self.card_last4.data if by_card else "",
            payer=self.payer.data,
            shows_name=bool(self.shows_name.data),
            mobile=parse_mobile(self.mobile.data) if self.mobile.data else None,
        )


class CountForm(StaffForm):
    counted = TomanField(_l("Cash that was counted"))
    reason = LineField(
        _l("Why it differs"), longest=300, description=_l("Only where it is not what the book says.")
    )

    def validate_counted(self, field: TomanField) -> None:
        if not field.errors and field.data is None:
            raise ValidationError(_("Write how much lies in the drawer; zero when nothing does."))


class DepositForm(StaffForm):
    rials = TomanField(_l("How much cash"))
    bank_account = LineField(
        _l("On which account of ours"),
        [required(_l("Write the Sheba of the account"))],
        longest=40,
        description=_l("Its Sheba: IR and 24 digits."),
    )
    slip = LineField(
        _l("Number of the bank slip"), [required(_l("Write the number of the slip"))], longest=40
    )

    def validate_rials(self, field: TomanField) -> None:
        if not field.errors and (not field.data or field.data <= 0):
            raise ValidationError(_("Write an amount above zero."))

    def validate_bank_account(self, field: Field) -> None:
        if field.data and parse_sheba(to_ascii(field.data)) is None:
            raise ValidationError(_("These are not the digits of a Sheba. Look at them once more."))


def _reader(reader: CardReader) -> str:
    return _("By card, reader %(number)s", number=in_script(reader.number, language().code))
