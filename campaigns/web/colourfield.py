"""A field for one colour, as people write it: with or without the number sign, three or six places, any digits."""

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField

from campaigns.base.digits import to_ascii
from campaigns.base.text import clean

_WRITTEN = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")


class ColourField(StringField):  # type: ignore[misc]
    """`data` is `#rrggbb`, empty when nothing was typed; what cannot be read stays in the control.

    A button of the same name that stands after the control wins over what was typed.
    """

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = to_ascii(clean(str(valuelist[-1]), "en")).casefold() if valuelist else ""
        self.data = ""
        if not typed:
            return
        found = _WRITTEN.fullmatch(typed)
        if found is None:
            raise ValueError(_("Write six digits and letters from a to f, such as #0b6e4f."))
        digits = found[1] if len(found[1]) == 6 else "".join(2 * one for one in found[1])
        self.data = f"#{digits}"

    def _value(self) -> str:
        return str(self.raw_data[-1]) if self.raw_data else self.data or ""
