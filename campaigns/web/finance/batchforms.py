"""Forms about batches of USSD and SMS."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Field, Form, FormField, RadioField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.fields import LineField, NumberField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import tehran_day
from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.counter import papers
from campaigns.domain.counter.batches import CHANNEL_LABELS, Channel, Line, Statement
from campaigns.domain.counter.papers import NotAPaper, Paper
from campaigns.domain.counter.reasons import BATCH_LABELS
from campaigns.domain.insights.portal import cards_of
from campaigns.web.amounts import TomanField
from campaigns.web.days import DayField
from campaigns.web.locale import language
from campaigns.web.rows import RowsField

ROWS = 8
_OPERATOR = re.compile(r"[a-z][a-z0-9-]{1,19}")
PAPER_WORDS = {
    "empty": _l("Attach the operator's statement."),
    "large": _l("This file is too large: at most 5 MB, and pictures of at most 40 million dots."),
    "kind": _l("Attach a PDF, an Excel file (XLSX), a CSV, or a picture (PNG, JPEG, WebP)."),
}


class LineForm(Form):  # type: ignore[misc]
    """One campaign of the statement. A row without a campaign is empty."""

    campaign = SelectField(_l("Campaign"), validate_choice=False)
    intent = SelectField(_l("Intent"))
    gifts = NumberField(_l("How many gifts"))
    rials = TomanField(_l("Sum of the gifts"))
    fee = TomanField(_l("What the operator keeps"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.intent.choices = choices((key.value, words) for key, words in INTENT_LABELS.items())
        self.intent.data = self.intent.data or Intent.SADAQAH.value

    def validate_gifts(self, field: NumberField) -> None:
        if self.campaign.data and not field.errors and not field.data:
            raise ValidationError(_("Write how many gifts it were."))

    def validate_rials(self, field: TomanField) -> None:
        if self.campaign.data and not field.errors and not field.data:
            raise ValidationError(_("Write an amount above zero."))

    def validate_fee(self, field: TomanField) -> None:
        if self.campaign.data and (field.data or 0) >= (self.rials.data or 0) > 0:
            raise ValidationError(_("The operator cannot keep all of it."))


class BatchForm(StaffForm):
    """A statement with its campaigns. `paper` is the file once it was looked at."""

    channel = RadioField(_l("How the gifts came"), choices=choices(CHANNEL_LABELS.items()), default="ussd")
    operator = LineField(
        _l("Operator"),
        [required(_l("Write the name of the operator"))],
        longest=20,
        description=_l("A short name in Latin letters, always the same one: it stands in the open book."),
    )
    first_day = DayField(_l("First day of the statement"))
    last_day = DayField(_l("Last day of the statement"))
    lines = RowsField(FormField(LineForm), min_entries=ROWS, max_entries=ROWS)

    def __init__(self, campaign_ids: Sequence[int], upload: FileStorage | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        cards = cards_of(campaign_ids, language().code)
        self._ids = {card.slug: number for number, card in cards.items()}
        titles = [(cards[number].slug, cards[number].title) for number in campaign_ids]
        for row in self.lines:
            row.form.campaign.choices = choices([("", _("Choose…")), *titles])
        self._upload, self.paper, self.paper_error = upload, Paper("", b"", b""), ""

    def validate_operator(self, field: Field) -> None:
        field.data = (field.data or "").lower()
        if field.data and not _OPERATOR.fullmatch(field.data):
            raise ValidationError(_("Write Latin letters, digits and hyphens only, a letter first."))

    def validate_first_day(self, field: DayField) -> None:
        _required_day(field)

    def validate_last_day(self, field: DayField) -> None:
        _required_day(field)
        if field.data is None or self.first_day.data is None:
            return
        if field.data < self.first_day.data:
            raise ValidationError(_("The last day comes before the first."))
        if field.data > tehran_day(now()):
            raise ValidationError(_("This day has not come yet."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Looks at the file as well, and wants one campaign at least, each within reach."""
        fine = bool(super().validate(extra_validators))
        for row in self.lines:
            if row.form.campaign.data and row.form.campaign.data not in self._ids:
                row.form.campaign.errors = [_("Not a valid choice.")]
                fine = False
        if fine and not self.filled():
            self.lines[0].form.campaign.errors = [_("Choose the campaign")]
            fine = False
        return self._look_at_file() and fine

    def problems(self) -> list[Any]:
        more = [("statement", self.paper_error)] if self.paper_error else []
        return [*super().problems(), *more]

    def filled(self) -> list[Any]:
        return [row.form for row in self.lines if row.form.campaign.data]

    def statement(self) -> Statement:
        """What was typed, once the form is valid."""
        assert self._upload is not None
        return Statement(
            channel=Channel(self.channel.data),
            operator=self.operator.data,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            lines=[
                Line(
                    self._ids[row.campaign.data],
                    row.intent.data,
                    row.gifts.data,
                    row.rials.data,
                    row.fee.data or 0,
                )
                for row in self.filled()
            ],
            name=(self._upload.filename or "").replace("\\", "/").rpartition("/")[2][-120:],
            paper=self.paper,
        )

    def _look_at_file(self) -> bool:
        raw = b""
        if self._upload is not None:
            raw = self._upload.stream.read(papers.MOST_BYTES + 1)
            self._upload.close()
        try:
            self.paper = papers.read(raw)
        except NotAPaper as why:
            self.paper_error = str(PAPER_WORDS[why.code])
        return not self.paper_error


class BackForm(StaffForm):
    """Why a batch should leave the book again. `reason` is public, `note` is not."""

    reason = RadioField(
        _l("Reason, as everybody reads it on the page of corrections"),
        [required(_l("Choose a reason"))],
        choices=choices(BATCH_LABELS.items()),
    )
    note = LineField(_l("What happened, for colleagues"), [required(_l("Write what happened"))], longest=300)


def _required_day(field: DayField) -> None:
    if field.data is None and not field.errors:
        raise ValidationError(_("Write the day."))
