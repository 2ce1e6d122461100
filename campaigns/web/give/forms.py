"""The second page's form: who the donor is, as far as they want to say."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, choices
from campaigns.base.forms import PublicForm
from campaigns.base.phone import parse_mobile
from campaigns.domain.contributions.actions import Wish

ANONYMOUS, NAMED = "anonymous", "named"


class DetailsForm(PublicForm):
    form_key = HiddenField()
    amount = HiddenField()  # rials, as the check page said them
    intent = HiddenField()
    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    mobile = LineField(
        _l("Mobile"), longest=40, description=_l("For a receipt by text message. It is shown to nobody.")
    )
    shown_as = RadioField(
        _l("Show me as"),
        choices=choices([(ANONYMOUS, _l("An anonymous donor")), (NAMED, _l("By my name"))]),
        default=ANONYMOUS,
    )
    name = LineField(_l("Name to show"), longest=80)
    hide_amount = BooleanField(_l("Hide the amount"))
    dedication = LineField(
        _l("In memory or in the name of somebody"), longest=120, description=_l("It stands on your receipt.")
    )
    message = LineField(
        _l("Message to all"), longest=120, description=_l("A moderator reads it before it is shown.")
    )

    def validate_mobile(self, field: LineField) -> None:
        if field.data and parse_mobile(field.data) is None:
            raise ValidationError(_("A mobile number has 11 digits and begins with 09"))

    def validate_name(self, field: LineField) -> None:
        if self.shown_as.data == NAMED and not field.data:
            raise ValidationError(_("Write the name to show, or choose to be anonymous"))

    def wish(self, rials: int, intent: str, language: str) -> Wish:
        """What was filled in, once it is valid."""
        named = self.shown_as.data == NAMED
        values: dict[str, Any] = {name: self[name].data or "" for name in ("dedication", "message")}
        return Wish(
            rials=rials,
            intent=intent,
            language=language,
            donor_name=self.name.data if named else "",
            hide_name=not named,
            hide_amount=bool(self.hide_amount.data),
            mobile=parse_mobile(self.mobile.data) if self.mobile.data else None,
            **values,
        )
