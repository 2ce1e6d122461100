"""Forms about what becomes of the money a pool has left."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Field, HiddenField, RadioField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import at_address, where_is
from campaigns.domain.matching.models import MatchPool, Outcome
from campaigns.web.finance.fundforms import PaidForm, ReasonForm

LONGEST_WORD = 1000
OUTCOME_LABELS = {
    Outcome.RETURN: _l("It goes back to the sponsor"),
    Outcome.GIVE: _l("The campaign gets it, as a free gift of the sponsor"),
}


class ClosingForm(StaffForm):
    """`chosen`: the campaign that gets it, once the form is valid; the campaign is asked only of a pool for all."""

    outcome = RadioField(
        _l("What becomes of what is left"), choices=choices(OUTCOME_LABELS.items()), validate_choice=False
    )
    campaign = LineField(
        _l("Address of the campaign that gets it"),
        description=_l(
            "The address of its page, or the last part of it. Only where a campaign gets the money."
        ),
    )
    word = TextField(
        _l("The sponsor's word"),
        [required(_l("Write what the sponsor said, when, and to whom"))],
        longest=LONGEST_WORD,
        description=_l("Such as: letter of their board, number and day. For colleagues only."),
    )
    chosen: Campaign | None = None

    def of(self, pool: MatchPool) -> "ClosingForm":
        if pool.campaign_id is not None:
            del self.campaign
        return self

    def validate_outcome(self, field: RadioField) -> None:
        if field.data not in set(Outcome):
            raise ValidationError(_("Choose what becomes of it"))

    def validate_campaign(self, field: Field) -> None:
        if self.outcome.data != Outcome.GIVE:
            return
        found = at_address(field.data) if field.data else None
        if found is None or not may(current_user.id, Permission.HANDLE_MONEY, where_is(found)):
            raise ValidationError(
                _("There is no campaign with this address. Copy it from the campaign's page.")
            )
        self.chosen = found


class AgreeForm(StaffForm):
    closing = HiddenField()


class RefuseClosingForm(ReasonForm):
    closing = HiddenField()


class PaidBackForm(PaidForm):
    closing = HiddenField()
