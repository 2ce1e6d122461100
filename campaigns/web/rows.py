"""Rows of fields in a form."""

from collections.abc import Iterator
from typing import Any

from wtforms import FieldList


class RowsField(FieldList):
    """Rows of fields, numbered in ASCII digits, three at most; other names are passed over."""

    @property
    def shown(self) -> list[Any]:
        """The rows that hold something or are wrong, those before them, and one empty row to go on with."""
        used = [place for place, row in enumerate(self.entries, start=1) if row.errors or _holds(row.data)]
        return list(self.entries[: max(used, default=0) + 1])

    @property
    def more(self) -> list[Any]:
        """The empty rows after them: a page shows them to who asks."""
        return list(self.entries[len(self.shown) :])

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").split("-", 1)[0] if name.startswith(f"{prefix}-") else ""
            if number.isascii() and number.isdigit() and len(number) <= 3:
                yield int(number)


def _holds(data: Any) -> bool:
    """Whether anything was written into a row."""
    return any(data.values()) if isinstance(data, dict) else bool(data)
