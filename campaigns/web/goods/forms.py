"""Forms of the warehouses."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import Field, HiddenField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.codes import public_id
from campaigns.base.fields import LineField, NumberField, between, choices, required
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import Where, may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.goods.boxes import MOST_AT_ONCE
from campaigns.domain.goods.stock_models import Stock, Warehouse
from campaigns.domain.regions.models import County
from campaigns.domain.regions.queries import counties, provinces
from campaigns.web.goods.words import name_of
from campaigns.web.locale import language

MOST = 1_000_000
_KEY = re.compile(r"[\w-]{16,32}", re.ASCII)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")


class KeyedForm(StaffForm):
    """A form that counts once, however often it is sent."""

    key = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not _KEY.fullmatch(self.key.data or ""):
            self.key.data = public_id()


class WarehouseForm(StaffForm):
    code = LineField(
        _l("Code"),
        [required(_l("Write a code"))],
        longest=20,
        description=_l(
            "Up to twelve Latin letters and digits, such as KRM1. It stands on every receipt and stays."
        ),
    )
    name_fa = LineField(_l("Name in Persian"), [required(_l("Write the name"))], longest=120)
    name_en = LineField(_l("Name in English"), [required(_l("Write the name"))], longest=120, language="en")
    province = SelectField(_l("Province"), [required(_l("Choose the province"))])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        mine = [
            (place.code, name_of(place))
            for place in provinces(language().code)
            if may(current_user.id, Permission.KEEP_GOODS, Where(province_codes=frozenset({place.code})))
        ]
        self.province.choices = choices(mine if len(mine) == 1 else [("", _("Choose…")), *mine])

    def validate_code(self, field: Field) -> None:
        field.data = (field.data or "").upper()
        if field.data and not _CODE.fullmatch(field.data):
            raise ValidationError(_("Write Latin letters and digits only, a letter first."))


class ReasonForm(StaffForm):
    reason = LineField(_l("Reason"), [required(_l("Write the reason"))], longest=200)


class WriteOffForm(ReasonForm):
    quantity = NumberField(_l("How many"), [required(_l("Write how many")), between(1, MOST)])


class OpenBoxesForm(StaffForm):
    county = SelectField(_l("For which county"), [required(_l("Choose the county"))])
    number = NumberField(
        _l("How many boxes"), [required(_l("Write how many")), between(1, MOST_AT_ONCE)], default=1
    )

    def __init__(self, warehouse: Warehouse, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        names = {place.code: name_of(place) for place in provinces(language().code)}
        every = sorted(counties(), key=lambda one: one.province_code != warehouse.province_code)
        self.counties: dict[str, County] = {str(one.id): one for one in every}
        self.county.choices = choices(
            [
                ("", _("Choose…")),
                *((str(one.id), f"{names[one.province_code]} · {name_of(one)}") for one in every),
            ]
        )


class PackForm(StaffForm):
    stock = SelectField(_l("Goods"), [required(_l("Choose the goods"))])
    quantity = NumberField(_l("How many"), [required(_l("Write how many")), between(1, MOST)])

    def __init__(self, shelves: Sequence[Stock], words: Any, **kwargs: Any) -> None:
        """`words`: what a row of the shelf is called."""
        super().__init__(**kwargs)
        self.shelves: dict[str, Stock] = {one.public_id: one for one in shelves}
        self.stock.choices = choices((one.public_id, words(one)) for one in shelves)
