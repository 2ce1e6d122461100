"""The form of a box that arrived: how many of each were not in it any more."""

from collections.abc import Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.fields import LineField, NumberField, between
from campaigns.base.forms import StaffForm
from campaigns.domain.goods.stock_models import Stock


class ArriveForm(StaffForm):
    """Nothing is missing as long as nothing is written. Made by `arrive_form`, with a field for each item."""

    reason = LineField(_l("Why they are missing"), longest=200)

    @property
    def missing(self) -> dict[int, int]:
        """Units by row id of `Stock`."""
        ids: dict[int, str] = getattr(self, "ids", {})
        return {number: self[name].data for number, name in ids.items() if self[name].data}

    @property
    def counts(self) -> list[Any]:
        """The fields of the items, in the order of the box."""
        return [self[name] for name in getattr(self, "ids", {}).values()]


def arrive_form(inside: Sequence[tuple[Stock, int]], **kwargs: Any) -> ArriveForm:
    """The form for what is in the box."""
    names = {stock.id: f"missing_{stock.public_id}" for stock, _number in inside}
    fields: dict[str, Any] = {
        names[stock.id]: NumberField(_("Missing: %(item)s", item=stock.item), [between(0, number)], default=0)
        for stock, number in inside
    }
    made = type("ArriveForm", (ArriveForm,), fields | {"ids": names})
    return cast(ArriveForm, made(**kwargs))
