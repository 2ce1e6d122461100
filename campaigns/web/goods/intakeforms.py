"""The forms of goods on the counter: of a promise, or unexpected."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, NumberField, between, choices
from campaigns.domain.goods.intake import Brought
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.pledge_models import Pledge
from campaigns.domain.goods.stock_models import Warehouse
from campaigns.domain.goods.stock_queries import needs_near
from campaigns.domain.insights.portal import cards_of
from campaigns.web.amounts import TomanField
from campaigns.web.goods.forms import MOST, KeyedForm
from campaigns.web.locale import language


class IntakeForm(KeyedForm):
    """In the order of the hands: how many are good, how many are not and why, what one is worth, who gave."""

    quantity = NumberField(_l("How many came in good order"), [between(0, MOST)])
    damaged = NumberField(
        _l("How many came damaged"), [between(0, MOST)], description=_l("They do not count.")
    )
    damage = LineField(_l("What is wrong with them"), longest=200)
    unit_rials = TomanField(_l("What one is worth"))
    worth = LineField(
        _l("Why it is worth that"), longest=200, description=_l("Only where it is not what the need says.")
    )
    giver = LineField(_l("Name of the giver"), longest=80)

    def validate_quantity(self, field: Field) -> None:
        if not field.errors and not (field.data or self.damaged.data):
            raise ValidationError(_("Write how many came: a number above zero, good or damaged."))

    def validate_damage(self, field: Field) -> None:
        if self.damaged.data and not field.data:
            raise ValidationError(_("Write what is wrong with the damaged ones."))

    def facts(self) -> dict[str, Any]:
        return {
            "quantity": self.quantity.data or 0,
            "damaged": self.damaged.data or 0,
            "damage": self.damage.data if self.damaged.data else "",
            "unit_rials": self.unit_rials.data or 0,
            "worth": self.worth.data,
            "giver": self.giver.data,
        }


class PledgedForm(IntakeForm):
    """Filled in with what was promised: when all of it came, Enter is enough."""

    def __init__(self, pledge: Pledge, **kwargs: Any) -> None:
        usual = {
            "quantity": max(0, pledge.quantity - pledge.received) or None,
            "unit_rials": pledge.need.unit_price_rials or None,
            "giver": pledge.name,
        }
        super().__init__(data=usual, **kwargs)
        self._pledge = pledge

    def brought(self) -> Brought:
        """What was typed, once the form is valid."""
        return Brought(pledge=self._pledge, **self.facts())


class UnexpectedForm(IntakeForm):
    """Goods nobody had promised: for a need, or else written down as what they are."""

    need = SelectField(_l("For which need"))
    item = LineField(_l("Which goods"), longest=120, description=_l("Only where it is for no need."))
    unit = LineField(_l("Counted in"), longest=40, description=_l("Such as: piece, kilogram, carton."))

    def __init__(self, warehouse: Warehouse, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._needs: dict[str, NeedLine] = {one.public_id: one for one in needs_near(warehouse)}
        cards = cards_of(list({one.campaign_id for one in self._needs.values()}), language().code)
        words = ((key, f"{_item(one)} · {cards[one.campaign_id].title}") for key, one in self._needs.items())
        self.need.choices = choices([("", _("for no need: it is written below")), *words])

    def validate_item(self, field: Field) -> None:
        if not self.need.data and not field.data:
            raise ValidationError(_("Write what it is, or choose the need it is for."))

    def validate_unit(self, field: Field) -> None:
        if not self.need.data and not field.data:
            raise ValidationError(_("Write what it is counted in."))

    def brought(self) -> Brought:
        """What was typed, once the form is valid. Without a worth of its own it is worth what its need says."""
        need = self._needs.get(self.need.data)
        facts = self.facts()
        if need is not None and not facts["unit_rials"]:
            facts["unit_rials"] = None
        return Brought(need=need, item=self.item.data, unit=self.unit.data, **facts)


def _item(need: NeedLine) -> str:
    return (language().code == "en" and need.item_en) or need.item_fa
