"""The forms of the editor's pages. Each knows how its part looks as plain data (`domain.campaigns.parts`)."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, FormField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.fields import LineField, NumberField, PhoneField, TextField, between, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import tehran_day
from campaigns.base.slugs import is_slug
from campaigns.domain.campaigns.queries import slug_taken
from campaigns.domain.campaigns.topics import GOAL_POLICY_LABELS, TOPIC_LABELS, GoalPolicy
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.themes import MOTIFS, THEMES, Contrast, neighbour, too_close
from campaigns.web.amounts import TomanField
from campaigns.web.colourfield import ColourField
from campaigns.web.days import DayField
from campaigns.web.rows import RowsField

LARGEST_GOAL_RIALS = 10**15
COST_ROWS, PRESET_ROWS, FAQ_ROWS = 8, 4, 6


class BasicsForm(StaffForm):
    title_fa = LineField(_l("Title in Persian"), [required(_l("Write a title"))], longest=120)
    title_en = LineField(_l("Title in English"), longest=120, language="en")
    lead_fa = TextField(
        _l("Lead in Persian"),
        longest=400,
        description=_l("Two or three sentences: for whom, what, how many, what one costs."),
    )
    lead_en = TextField(_l("Lead in English"), longest=400, language="en")
    slug = LineField(
        _l("Address"), longest=60, language="en", description=_l("Latin letters, digits and hyphens.")
    )
    topic = SelectField(_l("Topic"), choices=choices(TOPIC_LABELS.items()))
    provinces = SelectMultipleField(_l("Provinces"))
    counties = SelectMultipleField(
        _l("Counties"), coerce=int, description=_l("Those of the provinces chosen above; save to see more.")
    )
    starts_on = DayField(_l("First day"), description=_l("Empty: as soon as it is approved."))
    ends_on = DayField(_l("Last day"), description=_l("Gifts are taken until the end of this day."))
    contact_name = LineField(_l("Contact person"), longest=120)
    contact_phone = PhoneField(_l("Contact phone"), longest=20)

    def __init__(self, *args: Any, campaign_id: int, reach: frozenset[str] | None, **kwargs: Any) -> None:
        """`reach`: the provinces its author may write for; None is the whole country."""
        super().__init__(*args, **kwargs)
        self.campaign_id, self.reach = campaign_id, reach

    def validate_provinces(self, field: SelectMultipleField) -> None:
        chosen = set(field.data or [])
        left_alone = chosen == set(
            field.object_data or []
        )  # whoever was let in to this campaign alone has none
        if self.reach is not None and not left_alone and not self.reach & chosen:
            raise ValidationError(_("Keep at least one province you work for."))

    def validate_slug(self, field: LineField) -> None:
        field.data = (field.data or "").lower()
        if not is_slug(field.data):
            raise ValidationError(_("Use at least three Latin letters, digits or hyphens."))
        if slug_taken(field.data, by_other_than=self.campaign_id):
            raise ValidationError(_("Another campaign has this address."))

    def validate_ends_on(self, field: DayField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day must not be before the first."))
        if field.data and field.data != field.object_data and field.data < tehran_day(now()):
            raise ValidationError(_("This day has passed already."))

    def as_part(self) -> dict[str, Any]:
        return {
            "slug": self.slug.data,
            "title": _pair(self, "title"),
            "lead": _pair(self, "lead"),
            "provinces": sorted(self.provinces.data or []),
            "counties": sorted(self.counties.data or []),
            "topic": self.topic.data,
            "starts_on": self.starts_on.data.isoformat() if self.starts_on.data else None,
            "ends_on": self.ends_on.data.isoformat() if self.ends_on.data else None,
            "contact_name": self.contact_name.data or "",
            "contact_phone": self.contact_phone.data or "",
        }


class AmountRow(Form):
    """One line: a thing in both languages and what it costs. Wholly empty lines are left out."""

    fa = LineField(_l("In Persian"), longest=120)
    en = LineField(_l("In English"), longest=120, language="en")
    rials = TomanField(_l("Tomans"))

    def validate_rials(self, field: TomanField) -> None:
        if field.data is None and (self.fa.data or self.en.data) and not field.errors:
            raise ValidationError(_("Write what this costs."))
        if field.data is not None and field.data <= 0:
            raise ValidationError(_("Write an amount above zero."))

    def validate_fa(self, field: LineField) -> None:
        if self.rials.data is not None and not field.data:
            raise ValidationError(_("Write what this amount is for."))


class GoalForm(StaffForm):
    unit_name_fa = LineField(
        _l("Unit in Persian"),
        longest=60,
        description=_l("One of what you gather for: dowry, wheelchair, voucher."),
    )
    unit_name_en = LineField(_l("Unit in English"), longest=60, language="en")
    unit_count = NumberField(_l("How many"), [between(1, 1_000_000)])
    costs = RowsField(FormField(AmountRow), min_entries=COST_ROWS, max_entries=COST_ROWS)
    presets = RowsField(FormField(AmountRow), min_entries=PRESET_ROWS, max_entries=PRESET_ROWS)
    intents = SelectMultipleField(_l("Intents gifts may carry"), choices=choices(INTENT_LABELS.items()))
    minimum_rials = TomanField(_l("Smallest gift"))
    covers_overhead = BooleanField(_l("The organization pays the running costs"))
    goal_policy = RadioField(_l("When the goal is reached"), choices=choices(GOAL_POLICY_LABELS.items()))
    sibling = SelectField(_l("Sister campaign"))
    surplus_rule_fa = TextField(_l("What happens to a surplus, in Persian"), longest=500)
    surplus_rule_en = TextField(_l("What happens to a surplus, in English"), longest=500, language="en")

    def validate_unit_count(self, field: NumberField) -> None:
        price = sum(row.form.rials.data or 0 for row in self.costs)
        if price * (field.data or 0) > LARGEST_GOAL_RIALS:
            raise ValidationError(_("So many of these are more than any campaign can gather."))

    def validate_minimum_rials(self, field: TomanField) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(_("Write the smallest gift."))
        if field.data is not None and not 10_000 <= field.data <= 100_000_000:
            raise ValidationError(_("The smallest gift lies between a thousand and ten million tomans."))

    def validate_presets(self, field: RowsField) -> None:
        """Whoever chooses one must be able to give it."""
        least = self.minimum_rials.data or 0
        for row in field:
            if row.form.rials.data is not None and row.form.rials.data < least:
                row.form.rials.errors = [_("This is less than the smallest gift.")]
                raise ValidationError

    def validate_sibling(self, field: SelectField) -> None:
        if self.goal_policy.data == GoalPolicy.SIBLING and not field.data:
            raise ValidationError(_("Choose the campaign givers are sent on to."))

    def as_part(self) -> dict[str, Any]:
        return {
            "unit_name": _pair(self, "unit_name"),
            "unit_count": self.unit_count.data or 0,
            "costs": _amounts(self.costs),
            "presets": _amounts(self.presets),
            "intents": [code for code in INTENT_LABELS if code in (self.intents.data or [])],
            "minimum_rials": self.minimum_rials.data,
            "covers_overhead": bool(self.covers_overhead.data),
            "goal_policy": self.goal_policy.data,
            "sibling": self.sibling.data or None,
            "surplus_rule": _pair(self, "surplus_rule"),
        }


class StoryForm(StaffForm):
    story_fa = TextField(_l("Story in Persian"), longest=8000)
    story_en = TextField(_l("Story in English"), longest=8000, language="en")

    def as_part(self) -> dict[str, Any]:
        return {"story": _pair(self, "story")}


class LookForm(StaffForm):
    theme = RadioField(_l("Theme"), choices=choices((name, theme.label) for name, theme in THEMES.items()))
    motif = RadioField(_l("Motif"), choices=choices((name, motif.label) for name, motif in MOTIFS.items()))

    accent = ColourField(
        _l("Own colour"),
        description=_l(
            "Six digits and letters from a to f, such as #0b6e4f. Empty: the colours of the theme."
        ),
    )
    corrected = ""
    """The nearest colour that can be told apart, once one was typed that cannot."""
    failing: Sequence[Contrast] = ()

    def validate_accent(self, field: ColourField) -> None:
        theme = self.theme.data
        if not field.data or field.errors or theme not in THEMES:
            return
        self.failing = too_close(theme, field.data)
        if self.failing:
            self.corrected = neighbour(theme, field.data)
            raise ValidationError(_("With this colour words and bars cannot be told from their ground."))

    def as_part(self) -> dict[str, Any]:
        return {"theme": self.theme.data, "motif": self.motif.data, "accent": self.accent.data or ""}


class QuestionRow(Form):
    question = LineField(_l("Question"), longest=200)
    answer = TextField(_l("Answer"), longest=1500)

    def validate_answer(self, field: TextField) -> None:
        if self.question.data and not field.data:
            raise ValidationError(_("Write the answer."))

    def validate_question(self, field: LineField) -> None:
        if self.answer.data and not field.data:
            raise ValidationError(_("Write the question."))


class FaqForm(StaffForm):
    fa = RowsField(FormField(QuestionRow), min_entries=FAQ_ROWS, max_entries=FAQ_ROWS)
    en = RowsField(FormField(QuestionRow), min_entries=FAQ_ROWS, max_entries=FAQ_ROWS)

    def as_part(self) -> dict[str, Any]:
        return {"fa": _questions(self.fa), "en": _questions(self.en)}


def _pair(form: StaffForm, name: str) -> dict[str, str]:
    return {code: form[f"{name}_{code}"].data or "" for code in ("fa", "en")}


def _amounts(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"fa": row.form.fa.data, "en": row.form.en.data or "", "rials": row.form.rials.data}
        for row in rows
        if row.form.rials.data is not None
    ]


def _questions(rows: Sequence[Any]) -> list[dict[str, str]]:
    return [
        {"question": row.form.question.data, "answer": row.form.answer.data}
        for row in rows
        if row.form.question.data
    ]
