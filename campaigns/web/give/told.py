"""The form of a transfer that was made: what finds it on the statement of the bank."""

import re
from datetime import datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField
from wtforms.validators import ValidationError

from campaigns.base.cards import parse_last
from campaigns.base.clock import now
from campaigns.base.digits import to_ascii
from campaigns.base.fields import LineField
from campaigns.base.forms import PublicForm
from campaigns.base.jalali import TEHRAN, tehran_day
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.submit import Told
from campaigns.web.days import ClockField, DayField

_TRACKING = re.compile(r"[A-Z0-9]{5,40}")
_SEPARATORS = re.compile(r"[\s\-_/.]")
NOON = time(12)
SOON = timedelta(hours=1)  # clocks of people are not ours


class ToldForm(PublicForm):
    tracking = LineField(
        _l("Tracking number of the bank"),
        longest=60,
        description=_l("It stands on the receipt of your bank, often as «reference» or «tracking number»."),
    )
    last4 = LineField(
        _l("Last four digits of the card you paid with"),
        longest=30,
        description=_l("For a transfer from an account leave this empty."),
    )
    day = DayField(_l("Day of the transfer"))
    clock = ClockField(_l("Time of the transfer"))
    receipt = FileField(
        _l("Picture of the receipt, or a PDF"),
        description=_l("At most five megabytes. Only people who look after the money see it."),
    )

    @classmethod
    def of(cls, claim: TransferClaim) -> "ToldForm":
        """The form as its donor left it; at first the day is today."""
        moment = (claim.donor_paid_at or now()).astimezone(TEHRAN)
        filled = {"tracking": claim.tracking, "last4": claim.payer_last4, "day": moment.date()}
        if claim.donor_paid_at:
            filled["clock"] = moment.time()
        return cls(formdata=None, data=filled)

    def validate_tracking(self, field: LineField) -> None:
        if field.data and _TRACKING.fullmatch(_plain(field.data)) is None:
            raise ValidationError(_("A tracking number has five letters and digits or more."))

    def validate_last4(self, field: LineField) -> None:
        if field.data and parse_last(field.data) is None:
            raise ValidationError(_("Write the last four digits of the card, and no more."))

    def validate_day(self, field: DayField) -> None:
        day = None if field.errors else field.data
        too_late = self.clock.data and day and datetime.combine(day, self.clock.data, TEHRAN) > now() + SOON
        if too_late or (day and day > tehran_day(now())):
            raise ValidationError(_("This is yet to come. Write when you made the transfer."))

    def needs(self, *, bare_amount: bool, has_receipt: bool) -> None:
        """Adds errors where too little was said to find it. `bare_amount`: others were asked for the same."""
        if bare_amount and not self.last4.data:
            self.last4.errors = [_("Others were asked for the same amount: write these four digits too.")]
        if bare_amount and self.day.data is None and not self.day.errors:
            self.day.errors = [_("Others were asked for the same amount: write the day too.")]
        if not (self.tracking.data or self.last4.data or has_receipt):
            self.tracking.errors = [
                _("Write this number, or the four digits of the card, or show the receipt.")
            ]

    def moment(self) -> datetime | None:
        """When the donor says it was; where no time was written noon, or now if that is earlier."""
        if self.day.data is None:
            return None
        if self.clock.data is None:
            return min(datetime.combine(self.day.data, NOON, TEHRAN), now())
        return datetime.combine(self.day.data, self.clock.data, TEHRAN)

    def told(self) -> Told:
        """What was filled in, once it is valid."""
        tracking = _plain(self.tracking.data) if self.tracking.data else None
        return Told(tracking, parse_last(self.last4.data) if self.last4.data else None, self.moment())


def _plain(typed: str) -> str:
    return _SEPARATORS.sub("", to_ascii(typed)).upper()
