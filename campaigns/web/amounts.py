"""A field for amounts of money, as people of the house type them."""

from typing import Any

from flask_babel import gettext as _
from wtforms import StringField

from campaigns.base.money import RIALS_PER_TOMAN, AmountError, AmountProblem, parse_toman, toman_number
from campaigns.web.locale import language


class TomanField(StringField):  # type: ignore[misc]
    """An amount typed in tomans, in any digits. `data` is rials or None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        try:
            self.data = parse_toman(str(valuelist[0]) if valuelist else "")
        except AmountError as wrong:
            if wrong.problem is not AmountProblem.EMPTY:
                raise ValueError(_("Write the amount in tomans, with digits only.")) from None
        if self.data is not None and self.data % RIALS_PER_TOMAN:
            raise ValueError(_("Write whole tomans"))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else toman_number(self.data, language().code)
