"""Forms about deliveries."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, SelectField

from campaigns.base.codes import spoken
from campaigns.base.fields import LineField, NumberField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.money import toman
from campaigns.domain.counter.models import Office
from campaigns.domain.deliveries import room
from campaigns.domain.deliveries.actions import Plan
from campaigns.domain.deliveries.kinds import kinds
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.funds.models import Spending, State
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.need_views import area_of, text
from campaigns.domain.goods.stock_models import Box
from campaigns.domain.regions.models import County
from campaigns.web.amounts import TomanField
from campaigns.web.counterwords import name_of
from campaigns.web.days import DayField
from campaigns.web.locale import language


class DeliveryForm(StaffForm):
    """What was delivered. `offers` fills the lists with what the person may choose."""

    kind = SelectField(_l("What reached people"), [required(_l("Choose what it was"))])
    quantity = NumberField(_l("How many"), [required(_l("Write how many"))])
    county = SelectField(_l("In which county"), [required(_l("Choose the county"))])
    day = DayField(
        _l("On which day"),
        [required(_l("Write the day"))],
        description=_l("Any day of the week in which it arrived: only the week is shown."),
    )
    office = SelectField(_l("Which office brought it"), [required(_l("Choose the office"))])
    spending = SelectField(
        _l("Which spending paid for it"),
        description=_l("Only what the bank has paid. Given goods were paid for by nobody here."),
    )
    rials = TomanField(_l("What these things cost of it"))
    need = SelectField(_l("Which need it met"))
    box = SelectField(_l("In which box it came"))
    note = LineField(
        _l("Note for readers"),
        longest=300,
        description=_l(
            "Such as: fridge, stove and carpet for each. No name, no telephone number, no address."
        ),
    )
    evidence = FileField(
        _l("Picture as evidence"),
        description=_l(
            "Things or the signed stock sheet, JPEG, PNG or WebP. Place and camera are taken out of it."
        ),
    )
    is_faceless = BooleanField(_l("No name and no face is seen in the picture"))
    has_consent = BooleanField(_l("Those whose home or things are seen have agreed to it, or nobody's are"))

    def offers(
        self, counties: Sequence[County], offices: Sequence[Office], spendings: Sequence[Spending]
    ) -> None:
        english, nothing = language().code == "en", [("", _("Choose…"))]
        self._counties = {str(row.id): row for row in counties}
        self._offices = {row.public_id: row for row in offices}
        self._spendings = {row.public_id: row for row in spendings if row.state == State.PAID}
        self._kinds = {row.code: row for row in kinds(used_only=True)}
        self.kind.choices = choices(
            [*nothing, *((key, row.name_en if english else row.name_fa) for key, row in self._kinds.items())]
        )
        self.county.choices = choices(
            [*nothing, *((key, _county(row)) for key, row in self._counties.items())]
        )
        own = [(key, name_of(row)) for key, row in self._offices.items()]
        self.office.choices = choices(own if len(own) == 1 else [*nothing, *own])
        self.spending.choices = choices(
            [
                ("", _("No money: given goods")),
                *((key, _spending(row)) for key, row in self._spendings.items()),
            ]
        )

    def offers_goods(self, needs: Sequence[NeedLine], boxes: Sequence[Box]) -> None:
        code = language().code
        self._needs = {row.public_id: row for row in needs}
        self._boxes = {row.code: row for row in boxes}
        self.need.choices = choices(
            [
                ("", _("None of the list")),
                *(
                    (key, f"{text(row, 'item', code)} {area_of(row, code)}")
                    for key, row in self._needs.items()
                ),
            ]
        )
        self.box.choices = choices(
            [
                ("", _("In no box")),
                *((key, f"{spoken(key)} · {_county(row.county)}") for key, row in self._boxes.items()),
            ]
        )

    def filled_from(self, delivery: Delivery) -> None:
        """What is to be corrected stands in the controls."""
        self.kind.data, self.quantity.data = delivery.kind_code, delivery.quantity
        self.county.data, self.day.data = str(delivery.county_id), delivery.week
        self.office.data, self.note.data = delivery.office.public_id, delivery.note
        self.spending.data = delivery.spending.public_id if delivery.spending else ""
        self.rials.data = delivery.rials or None
        self.need.data = delivery.need.public_id if delivery.need else ""
        self.box.data = delivery.box.code if delivery.box else ""

    def plan(self, corrects: Delivery | None = None) -> Plan:
        """What was typed, once the form is valid."""
        return Plan(
            kind=self._kinds[self.kind.data],
            quantity=self.quantity.data,
            county=self._counties[self.county.data],
            day=self.day.data,
            office=self._offices[self.office.data],
            spending=self._spendings.get(self.spending.data or ""),
            rials=self.rials.data or 0,
            need=self._needs.get(self.need.data or ""),
            box=self._boxes.get(self.box.data or ""),
            note=self.note.data or "",
            is_faceless=bool(self.is_faceless.data),
            has_consent=bool(self.has_consent.data),
            corrects=corrects,
            correction=self.correction.data if corrects else "",
            marks=self.hidden_marks(),
        )


class MendForm(DeliveryForm):
    correction = LineField(
        _l("Why it is corrected"),
        [required(_l("Write why it is corrected; everybody will read it."))],
        longest=300,
    )


class RefusalForm(StaffForm):
    reason = TextField(_l("Reason"), [required(_l("Write the reason"))], longest=500)


class KindForm(StaffForm):
    code = LineField(
        _l("Code"),
        [required(_l("Write a short code"))],
        longest=20,
        description=_l("Small Latin letters; it never changes."),
    )
    name_fa = LineField(_l("Name in Persian"), [required(_l("Write the name in Persian"))], longest=60)
    name_en = LineField(
        _l("Name in English"), [required(_l("Write the name in English"))], longest=60, language="en"
    )


def _county(row: County) -> str:
    return (language().code == "en" and row.name_en) or row.name_fa


def _spending(row: Spending) -> str:
    left = toman(room.left(row), language().code)
    return _("%(thing)s · %(left)s not delivered yet", thing=row.thing, left=left)
