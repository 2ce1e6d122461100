"""Forms about pools that double gifts."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Field
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.fields import LineField, NumberField, between, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.access import COUNTRY, may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.queries import at_address, where_is
from campaigns.domain.matching.pools import Offer
from campaigns.web.amounts import TomanField
from campaigns.web.days import DayField


class PoolForm(StaffForm):
    sponsor = LineField(
        _l("Name of the sponsor"),
        [required(_l("Write the name to be shown"))],
        longest=80,
        description=_l("As it stands on the pages of campaigns and on receipts."),
    )
    campaign = LineField(
        _l("Address of the campaign"),
        description=_l("The address of its page, or the last part of it. Empty: gifts to all campaigns."),
    )
    cap_rials = TomanField(_l("Up to how much in all"))
    position = NumberField(
        _l("Order"),
        [between(1, 1000)],
        description=_l("Pools of lower numbers are used up first."),
    )
    first_day = DayField(_l("First day"))
    last_day = DayField(_l("Last day"))

    def validate_campaign(self, field: Field) -> None:
        self._campaign_id = None
        if not field.data:
            if not may(current_user.id, Permission.HANDLE_MONEY, COUNTRY):
                raise ValidationError(_("Write the address of the campaign."))
            return
        campaign = at_address(field.data)
        if campaign is None or not may(current_user.id, Permission.HANDLE_MONEY, where_is(campaign)):
            raise ValidationError(
                _("There is no campaign with this address. Copy it from the campaign's page.")
            )
        self._campaign_id = campaign.id

    def validate_cap_rials(self, field: TomanField) -> None:
        if not field.errors and (not field.data or field.data <= 0):
            raise ValidationError(_("Write an amount above zero."))

    def validate_position(self, field: NumberField) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(_("Write a number from 1 up."))

    def validate_first_day(self, field: DayField) -> None:
        _required_day(field)

    def validate_last_day(self, field: DayField) -> None:
        _required_day(field)
        if field.data is None or self.first_day.data is None:
            return
        if field.data < self.first_day.data:
            raise ValidationError(_("The last day comes before the first."))
        if field.data < tehran_day(now()):
            raise ValidationError(_("This day is over."))

    def offer(self) -> Offer:
        """What was typed, once the form is valid."""
        return Offer(
            sponsor=self.sponsor.data,
            campaign_id=self._campaign_id,
            cap_rials=self.cap_rials.data,
            position=self.position.data,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
        )


def _required_day(field: DayField) -> None:
    if field.data is None and not field.errors:
        raise ValidationError(_("Write the day."))
