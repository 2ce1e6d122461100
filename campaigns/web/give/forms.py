"""The second page's form: who the donor is, as far as they want to say."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.digits import to_ascii
from campaigns.base.fields import LineField, choices
from campaigns.base.forms import KeptFields, PublicForm
from campaigns.base.phone import parse_mobile
from campaigns.domain.contributions.actions import Wish
from campaigns.domain.mandates.actions import Terms
from campaigns.domain.reminders.actions import Asked
from campaigns.web.give.monthforms import (
    Reach,
    day_choices,
    email_field,
    valid_email,
    valid_reach,
    whole_day,
)
from campaigns.web.ways import Way, gateway_label

ANONYMOUS, NAMED = "anonymous", "named"
TRANSFER = "transfer"
"""Beside the names of gateways: without one."""
MONTHLY = "monthly"
_ADVERTISES = re.compile(r"@|://|\bwww\.|[a-z0-9]\.[a-z]{2,}\b|(?:[0-9][\s().+-]*){7}", re.IGNORECASE)
"""A name is shown before anybody has read it: nothing to call and nothing to visit."""


class DetailsForm(PublicForm):
    class Meta(KeptFields):
        pass

    form_key = HiddenField("")
    amount = HiddenField("")  # rials, as the check page said them
    intent = HiddenField("")
    repeat = HiddenField("")  # «monthly», or nothing
    again = HiddenField("")  # the letter somebody came from
    via = HiddenField("")  # the link somebody came from
    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    email = email_field()
    day = SelectField(_l("Day of the month"), coerce=whole_day)
    mobile = LineField(
        _l("Mobile"),
        longest=40,
        description=_l("For questions about this gift. The bank gets it too; nobody else sees it."),
    )
    text_me = BooleanField(
        _l("Send my receipt to this number as a text message, and tell me there if money goes back")
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

    gateway = RadioField(_l("Pay through"), validate_choice=False)

    @property
    def monthly(self) -> bool:
        return self.email is not None

    can_text = False
    by_contract = False
    """A monthly gift is taken by a contract with the bank, which needs a mobile number."""

    def offer_texts(self, can_send: bool) -> None:
        """Only what can be sent is promised."""
        self.can_text = can_send
        if not can_send:
            del self.text_me

    @property
    def wants_text(self) -> bool:
        return self.text_me is not None and bool(self.text_me.data)

    def ask_monthly(self, wanted: bool, *, by_contract: bool = False) -> None:
        """Whether the fields of a gift that comes back every month are part of the form, and how it comes back."""
        self.by_contract = wanted and by_contract
        if self.by_contract:  # what is said to all is said with one gift
            del self.dedication, self.message
        self.repeat.data = MONTHLY if wanted else ""
        if wanted:
            day_choices(self.day)
        else:
            del self.email, self.day

    def asked(self, wish: Wish) -> Asked:
        """The reminder that was filled in, once it is valid."""
        reach = self._reach()
        return Asked(wish.rials, wish.intent, wish.language, reach.email, self.day.data, reach.mobile)

    def _reach(self) -> Reach:
        return valid_reach(self.email.data, self.mobile.data or "" if self.can_text else None)

    def terms(self) -> Terms:
        """Where and when a contract takes its gifts, once the form is valid."""
        return Terms(parse_mobile(self.mobile.data) or "", valid_email(self.email.data), self.day.data)

    def validate_email(self, field: LineField) -> None:
        self._reach()

    def offer(self, ways: Sequence[Way], *, transfer: bool = False) -> None:
        """These gateways, a transfer where it can be made, and nothing else; who has no choice is not asked. The
        first is meant unless one is said.
        """
        self.ways = {way.name: way for way in ways}
        self.names = [*self.ways, *([TRANSFER] if transfer else [])]
        if len(self.names) == 1:
            del self.gateway
            return
        words = {TRANSFER: _("Card to card, or a transfer to a Sheba")}
        self.gateway.choices = choices((name, words.get(name) or gateway_label(name)) for name in self.names)
        if not self.gateway.data:
            self.gateway.data = self.names[0]

    def way(self) -> Way | None:
        """What was chosen, once it is valid; None: a transfer."""
        return self.ways.get(self.names[0] if self.gateway is None else self.gateway.data)

    def validate_gateway(self, field: RadioField) -> None:
        if field.data not in self.names:
            field.data = self.names[0]
            raise ValidationError(_("That gateway does not answer just now. Another one is chosen for you."))

    def validate_mobile(self, field: LineField) -> None:
        if self.by_contract and not field.data:
            raise ValidationError(
                _("Write your mobile number: the contract with the bank is made in its name.")
            )
        if self.wants_text and not field.data:
            raise ValidationError(_("Write the number to which the text message goes"))
        if field.data and parse_mobile(field.data) is None:
            raise ValidationError(_("A mobile number has 11 digits and begins with 09"))

    def validate_name(self, field: LineField) -> None:
        if self.shown_as.data == NAMED and not field.data:
            raise ValidationError(_("Write the name to show, or choose to be anonymous"))
        if self.shown_as.data == NAMED and _ADVERTISES.search(to_ascii(field.data)):
            raise ValidationError(_("Write only a name here, without numbers to call or addresses"))

    def wish(self, rials: int, intent: str, language: str) -> Wish:
        """What was filled in, once it is valid."""
        named = self.shown_as.data == NAMED
        read = {"message", "name"} if named else {"message"}
        marks = {field: found for field, found in self.hidden_marks().items() if field in read}
        said = [name for name in ("dedication", "message") if name in self]
        values: dict[str, Any] = {name: self[name].data or "" for name in said}
        return Wish(
            rials=rials,
            intent=intent,
            language=language,
            donor_name=self.name.data if named else "",
            hide_name=not named,
            hide_amount=bool(self.hide_amount.data),
            mobile=parse_mobile(self.mobile.data) if self.mobile.data else None,
            hidden_marks=marks or None,
            **values,
        )
