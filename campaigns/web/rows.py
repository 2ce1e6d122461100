"""Rows of fields in a form."""

from collections.abc import Iterator
from typing import Any

from wtforms import FieldList


class RowsField(FieldList):
    """Rows of fields, numbered in ASCII digits, three at most; other names are passed over."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").split("-", 1)[0] if name.startswith(f"{prefix}-") else ""
            if number.isascii() and number.isdigit() and len(number) <= 3:
                yield int(number)
