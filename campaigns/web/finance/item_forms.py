"""The forms on the page of a review item. Their fields have different names: several stand on one page."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.fields import TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.queries import ALLOCATE, STILL_MINE, outcomes
from campaigns.web.finance.labels import OUTCOME_LABELS
from campaigns.web.finance.reach import takers
from campaigns.web.locale import language

LONGEST_EVIDENCE = 1000


class ConfirmForm(StaffForm):
    statement = TextField(
        _l("Where it stands on the bank's statement"),
        [required(_l("Write the statement, its day and its line, so that others find it"))],
        longest=LONGEST_EVIDENCE,
    )


class CloseForm(StaffForm):
    closing = TextField(
        _l("Why nothing needs to be done"),
        [required(_l("Write why this can be closed"))],
        longest=LONGEST_EVIDENCE,
    )


class ProposeForm(StaffForm):
    """`outcome`, and for an allocation the campaign; the intent is asked only of money nobody meant."""

    outcome = RadioField(_l("What should become of the money"), validate_choice=False)
    campaign = SelectField(_l("Campaign"), validate_choice=False)
    intent = SelectField(_l("Intent"), choices=choices(INTENT_LABELS.items()))
    evidence = TextField(
        _l("Evidence"),
        [required(_l("Write what you have seen and where, so that a second person can judge it"))],
        longest=LONGEST_EVIDENCE,
        description=_l(
            "What the bank says, whom you spoke to, where it is written. The donor does not see it."
        ),
    )

    def offer(self, item: ReviewItem, until: datetime | None) -> "ProposeForm":
        """Fills in what may be chosen for this item; `until`: as long as its gateway takes it back."""
        self.outcome.choices = choices((name, OUTCOME_LABELS[name]) for name in outcomes(item, until))
        gift = item.attempt.contribution if item.attempt else None
        ids = takers(gift.intent if gift else "")
        if gift and gift.campaign.state in STILL_MINE:
            ids = [gift.campaign_id, *(number for number in ids if number != gift.campaign_id)]
        cards = cards_of(ids, language().code)
        pairs = [(str(number), cards[number].title) for number in ids if number in cards]
        self.campaign.choices = choices([("", _l("Choose…")), *pairs])
        if self.campaign.data is None and gift and gift.campaign_id in ids:
            self.campaign.data = str(gift.campaign_id)
        if gift:
            del self.intent
        return self

    def validate_outcome(self, field: RadioField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(str(_l("Choose what should become of the money")))

    def validate_campaign(self, field: SelectField) -> None:
        known = {choice.value for choice in field.choices} - {""}
        if self.outcome.data == ALLOCATE and field.data not in known:
            raise ValidationError(str(_l("Choose the campaign that gets the money")))


class AnswerForm(StaffForm):
    proposal = HiddenField()
    answer = RadioField(
        _l("Your answer"), choices=choices([("agree", _l("I agree: carry it out")), ("refuse", _l("No"))])
    )
    remark = TextField(_l("Why, if you say no"), longest=LONGEST_EVIDENCE)

    def validate_remark(self, field: TextField) -> None:
        if self.answer.data == "refuse" and not field.data:
            raise ValidationError(str(_l("Write why you do not agree")))
