"""The forms of refunds. None of them has a field for where the money goes: it goes back where it came from."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.money import RIALS_PER_TOMAN, AmountError, parse_toman
from campaigns.domain.refunds.reasons import ASKED_FOR

LONGEST_NOTE = 1000


REFUND, REVERSE = "refund", "reverse"


class RequestForm(StaffForm):
    """`rials()` once it is valid. Begins with everything that is left; `way` is asked only while there are two."""

    way = RadioField(
        _l("How it goes back"),
        choices=choices(
            [
                (REVERSE, _l("The bank takes the whole payment back at once")),
                (REFUND, _l("A refund, ordered in the gateway's panel")),
            ]
        ),
        validate_choice=False,
    )
    amount = StringField(
        _l("How much"),
        [required(_l("Write how much goes back"))],
        description=_l("All that is left stands here already; write less to give back a part."),
    )
    reason = SelectField(
        _l("Reason"),
        choices=choices([("", _l("Choose…")), *ASKED_FOR.items()]),
        description=_l("Everyone can read this on the page of corrections."),
    )
    text = TextField(
        _l("What happened"),
        [required(_l("Write what happened, so that a second person can judge it"))],
        longest=LONGEST_NOTE,
        description=_l("For colleagues only."),
    )

    @classmethod
    def of(cls, left: int, reversible: bool) -> "RequestForm":
        """An empty form for a payment of which `left` rials are left; `reversible`: by the bank at once, too."""
        amount = {"amount": str(left // RIALS_PER_TOMAN)} if left >= RIALS_PER_TOMAN else {}
        return cls(data={"way": REVERSE, **amount}).offer(reversible)

    def offer(self, reversible: bool) -> "RequestForm":
        if not reversible:
            del self.way
        return self

    @property
    def is_reversal(self) -> bool:
        return "way" in self and self.way.data == REVERSE

    def validate_way(self, field: RadioField) -> None:
        if field.data not in {REFUND, REVERSE}:
            raise ValidationError(_("Choose how it goes back"))

    def validate_amount(self, field: StringField) -> None:
        try:
            parse_toman(field.data or "")
        except AmountError:
            raise ValidationError(_("Write an amount in tomans, with digits")) from None

    def validate_reason(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Choose a reason"))

    def rials(self) -> int:
        return parse_toman(self.amount.data)


class SendForm(StaffForm):
    reference = LineField(
        _l("Reference the gateway gave"),
        [required(_l("Write the reference from the gateway's panel"))],
        longest=80,
        description=_l(
            "Order it in the gateway's panel first, to the card that paid; then write its reference here."
        ),
    )


class DisputeForm(StaffForm):
    """`rials()` once it is valid."""

    case = LineField(
        _l("Number of the case"),
        [required(_l("Write the number that the gateway's portal gives it"))],
        longest=80,
        description=_l("As the gateway's portal gives it; the same case is recorded once."),
    )
    amount = StringField(
        _l("How much is disputed"), [required(_l("Write how much the payer's bank disputes"))]
    )
    text = TextField(
        _l("What the portal says"),
        [required(_l("Write what the portal says, so that a second person can judge it"))],
        longest=LONGEST_NOTE,
        description=_l("For colleagues only."),
    )

    def validate_amount(self, field: StringField) -> None:
        try:
            parse_toman(field.data or "")
        except AmountError:
            raise ValidationError(_("Write an amount in tomans, with digits")) from None

    def rials(self) -> int:
        return parse_toman(self.amount.data)


class ApproveForm(StaffForm):
    approving = TextField(_l("A word about it"), longest=LONGEST_NOTE)


class RefuseForm(StaffForm):
    refusing = TextField(_l("Why not"), [required(_l("Write why it does not go back"))], longest=LONGEST_NOTE)


class FinishForm(StaffForm):
    seen = TextField(
        _l("Where you saw that it has arrived"),
        [required(_l("Write where the gateway or the bank confirms it"))],
        longest=LONGEST_NOTE,
    )


class FailForm(StaffForm):
    failing = TextField(
        _l("What the gateway or the bank said"),
        [required(_l("Write what the gateway or the bank said"))],
        longest=LONGEST_NOTE,
        description=_l("Only when it is definite. While nobody knows, leave it as it is."),
    )


class LostForm(FinishForm):
    """The bank decided for the payer."""

    seen = TextField(
        _l("Where the gateway says so"),
        [required(_l("Write where the gateway says that the payer has the money"))],
        longest=LONGEST_NOTE,
    )


class WonForm(FailForm):
    """The bank decided for us."""

    failing = TextField(
        _l("Where the gateway says so"),
        [required(_l("Write where the gateway says that the money stays with us"))],
        longest=LONGEST_NOTE,
        description=_l("Only when it is definite. While nobody knows, leave it as it is."),
    )
