"""The form that asks for provinces: one row each, with how many units, the address and who goes on with it there."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, NumberField, between, choices
from campaigns.base.forms import StaffForm
from campaigns.base.slugs import LONGEST, is_slug
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import slug_taken
from campaigns.domain.families.cloning import Desk, Wish
from campaigns.domain.regions.models import Province
from campaigns.web.desk.forms import LARGEST_GOAL_RIALS
from campaigns.web.locale import language

NOBODY = 0
MOST = 31


class ProvinceRow(Form):
    """Rows that are not chosen keep what stands in them and are not asked."""

    province = HiddenField()
    chosen = BooleanField(_l("Clone for this province"))
    unit_count = NumberField(_l("How many units"), [between(1, 1_000_000)])
    slug = LineField(_l("Address"), longest=LONGEST, language="en")
    organizer = SelectField(_l("Who goes on with it"), coerce=int)


class CloneForm(StaffForm):
    rows = FieldList(FormField(ProvinceRow), max_entries=MOST)

    def offer(
        self,
        parent: Campaign,
        places: Mapping[str, Province],
        taken: frozenset[str],
        desks: Mapping[str, Sequence[Desk]],
    ) -> None:
        """What the rows may say. A row of no province that there is falls out."""
        self.parent, self.taken = parent, taken
        self.rows.entries = [row for row in self.rows if row.form.province.data in places]
        for row in self.rows:
            place = places[row.form.province.data]
            row.form.chosen.label.text = place.name_en if language().code == "en" else place.name_fa
            people = [
                (desk.person.id, desk.person.name) for desk in desks.get(row.form.province.data or "", ())
            ]
            row.form.organizer.choices = choices([(NOBODY, _("I do; the desk of the province too")), *people])

    @property
    def chosen(self) -> list[Any]:
        return [row.form for row in self.rows if row.form.chosen.data]

    def wishes(self) -> list[Wish]:
        return [
            Wish(row.province.data, row.unit_count.data or 0, row.slug.data or "", row.organizer.data or None)
            for row in self.chosen
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Only rows that are chosen must be right."""
        kept = list(self.rows.entries)
        self.rows.entries = [row for row in kept if row.form.chosen.data]
        good = bool(super().validate(extra_validators))
        self.rows.entries = kept
        return good

    def validate_rows(self, field: FieldList) -> None:
        if not field.entries:
            raise ValidationError(_("Choose at least one province."))
        slugs = [row.form.slug.data for row in field.entries]
        wrong = [self._refused(row.form, slugs) for row in field.entries]
        if any(wrong):
            raise ValidationError

    def _refused(self, row: Any, slugs: Sequence[str]) -> bool:
        """Says beside its fields what is wrong with a row."""
        if row.province.data in self.taken:
            row.chosen.errors = [_("This province has its campaign by now.")]
        if row.unit_count.data is None and not row.unit_count.errors:
            row.unit_count.errors = [_("Write how many units this province gathers for.")]
        if (row.unit_count.data or 0) * self.parent.unit_price_rials > LARGEST_GOAL_RIALS:
            row.unit_count.errors = [_("So many of these are more than any campaign can gather.")]
        row.slug.data = (row.slug.data or "").lower()
        if not is_slug(row.slug.data):
            row.slug.errors = [_("Use at least three Latin letters, digits or hyphens.")]
        elif slug_taken(row.slug.data) or slugs.count(row.slug.data) > 1:
            row.slug.errors = [_("Another campaign has this address.")]
        return any(part.errors for part in row)
