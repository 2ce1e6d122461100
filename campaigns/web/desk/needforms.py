"""The forms of needs and places. Each knows how its thing looks as plain data (`goods.need_data`)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from campaigns.base.clock import now
from campaigns.base.digits import grouped
from campaigns.base.fields import LineField, NumberField, PhoneField, TextField, between, choices, required
from campaigns.base.forms import StaffForm
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_data import Data, key_of, with_key
from campaigns.domain.goods.need_models import NeedLine, NeedState
from campaigns.domain.goods.need_queries import lines_of
from campaigns.domain.goods.need_views import text
from campaigns.domain.regions.models import County
from campaigns.domain.regions.queries import counties, provinces
from campaigns.web.amounts import TomanField
from campaigns.web.days import DayField
from campaigns.web.locale import language

MOST = 1_000_000
MOST_RIALS = 10**13


class NeedForm(StaffForm):
    again = HiddenField()
    item_fa = LineField(
        _l("What, in Persian"),
        [required(_l("Write what is needed"))],
        longest=80,
        description=_l("One thing: “child's winter coat”, not “clothes”."),
    )
    item_en = LineField(_l("What, in English"), longest=80, language="en")
    quantity = NumberField(_l("How many"), [required(_l("Write how many are needed")), between(1, MOST)])
    unit_fa = LineField(
        _l("Counted in, in Persian"),
        [required(_l("Write what it is counted in"))],
        longest=30,
        description=_l("Piece, pack, pair, kilogram."),
    )
    unit_en = LineField(_l("Counted in, in English"), longest=30, language="en")
    county = SelectField(_l("County"))
    accepted_fa = TextField(
        _l("What is accepted, in Persian"), longest=300, description=_l("New or used, size, brand, packing.")
    )
    accepted_en = TextField(_l("What is accepted, in English"), longest=300, language="en")
    refused_fa = TextField(_l("What is not accepted, in Persian"), longest=300)
    refused_en = TextField(_l("What is not accepted, in English"), longest=300, language="en")
    price = TomanField(_l("Price of one"))
    takes_money = BooleanField(
        _l("The campaign's money buys it too"),
        description=_l("Then goods and money lower the same count, in the order of the list."),
    )
    ends_on = DayField(_l("Last day"), description=_l("Goods are taken until the end of this day."))

    def __init__(self, *args: Any, campaign: Campaign, line: NeedLine | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.line = campaign, line
        self.county.choices = choices(
            [
                ("", _("wherever the campaign helps")),
                *((str(one.id), _named(one)) for one in counties_for(campaign)),
            ]
        )

    def validate_item_fa(self, field: LineField) -> None:
        other = with_key(self.campaign.id, key_of(self.as_line())) if field.data else None
        if other is not None and other is not self.line and other.state != NeedState.HIDDEN:
            raise ValidationError(_("This is on the list already for this county: change that line."))

    def validate_quantity(self, field: NumberField) -> None:
        taken = self.line.reserved + self.line.received if self.line is not None else 0
        if field.data is not None and field.data < taken:
            shown = grouped(taken, language().code)
            raise ValidationError(_("%(n)s are promised or there already: not fewer than these.", n=shown))

    def validate_price(self, field: TomanField) -> None:
        if field.data is not None and not 0 < field.data <= MOST_RIALS:
            raise ValidationError(_("Write an amount above zero."))
        if field.data is None and self.takes_money.data and not field.errors:
            raise ValidationError(_("Write what one costs, or let money not buy it."))

    def validate_ends_on(self, field: DayField) -> None:
        if field.data and field.data != field.object_data and field.data < tehran_day(now()):
            raise ValidationError(_("This day has passed already."))

    def as_line(self) -> Data:
        return {
            **{name: _pair(self, name) for name in ("item", "unit", "accepted", "refused")},
            "quantity": self.quantity.data,
            "unit_price_rials": self.price.data or 0,
            "takes_money": bool(self.takes_money.data),
            "county": int(self.county.data) if self.county.data else None,
            "ends_on": self.ends_on.data.isoformat() if self.ends_on.data else None,
        }


class PlaceForm(StaffForm):
    again = HiddenField()
    name_fa = LineField(_l("Name of the place, in Persian"), [required(_l("Name the place"))], longest=120)
    name_en = LineField(_l("Name of the place, in English"), longest=120, language="en")
    area = SelectField(_l("Province or county"))
    address_fa = TextField(_l("Address, in Persian"), [required(_l("Write the address"))], longest=300)
    address_en = TextField(_l("Address, in English"), longest=300, language="en")
    hours_fa = LineField(
        _l("Hours, in Persian"),
        [required(_l("Write when somebody is there"))],
        longest=200,
        description=_l("Days and hours, such as Saturday to Wednesday, 9 to 16."),
    )
    hours_en = LineField(_l("Hours, in English"), longest=200, language="en")
    phone = PhoneField(_l("Phone"), longest=20)
    needs = SelectMultipleField(
        _l("What may be brought there"), description=_l("None chosen: everything on the list.")
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area.choices = choices(_areas(campaign))
        code = language().code
        rows = (line for line in lines_of(campaign.id) if line.state == NeedState.SHOWN)
        self.needs.choices = choices((line.public_id, _with_county(line, code)) for line in rows)

    def as_place(self) -> Data:
        province, _between, county = (self.area.data or "").partition(":")
        return {
            **{name: _pair(self, name) for name in ("name", "address", "hours")},
            "province": province,
            "county": int(county) if county else None,
            "phone": self.phone.data or "",
            "needs": sorted(self.needs.data or []),
        }


def line_values(data: Data) -> dict[str, Any]:
    """A line's data as the values of its form."""
    return _flat(data) | {
        "price": data["unit_price_rials"] or None,
        "county": str(data["county"] or ""),
        "ends_on": date.fromisoformat(data["ends_on"]) if data["ends_on"] else None,
    }


def place_values(data: Data) -> dict[str, Any]:
    area = f"{data['province']}:{data['county']}" if data["county"] else data["province"]
    return _flat(data) | {"area": area}


def counties_for(campaign: Campaign) -> list[County]:
    """The counties a need of this campaign may be for: its own, or all of its provinces."""
    within = counties([province.code for province in campaign.provinces])
    own = {county.id for county in campaign.counties}
    return [county for county in within if county.id in own] or within


def _areas(campaign: Campaign) -> Iterable[tuple[str, str]]:
    codes = {province.code for province in campaign.provinces}
    within = counties(codes)
    for province in provinces(language().code):
        if province.code in codes or not codes:
            name = province.name_en if language().code == "en" else province.name_fa
            yield province.code, name
            inside = (county for county in within if county.province_code == province.code)
            yield from ((f"{province.code}:{county.id}", f"{name}, {_named(county)}") for county in inside)


def _named(county: County) -> str:
    return (language().code == "en" and county.name_en) or county.name_fa


def _with_county(line: NeedLine, code: str) -> str:
    return text(line, "item", code) + (f" ({_named(line.county)})" if line.county else "")


def _pair(form: Any, name: str) -> dict[str, str]:
    return {code: form[f"{name}_{code}"].data or "" for code in ("fa", "en")}


def _flat(data: Data) -> dict[str, Any]:
    return {
        name if code is None else f"{name}_{code}": value
        for name, whole in data.items()
        for code, value in (whole.items() if isinstance(whole, dict) else [(None, whole)])
    }
