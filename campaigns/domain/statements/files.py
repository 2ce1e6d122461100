"""A file somebody brought as a table. What it is, is seen from what is in it; its name is not believed."""

from typing import TYPE_CHECKING

from campaigns.base.late import Late
from campaigns.domain.statements import texts
from campaigns.domain.statements.errors import Unreadable
from campaigns.domain.statements.table import Row

if TYPE_CHECKING:
    from campaigns.domain.statements import workbooks
else:
    workbooks = Late("campaigns.domain.statements.workbooks")

LARGEST_BYTES = 2 * 1024 * 1024
_OTHERS = {b"\xd0\xcf\x11\xe0": "old_excel", b"%PDF": "pdf"}


def read(data: bytes) -> list[Row]:
    """The rows that have something in them. Raises `Unreadable`, with why."""
    if not data.strip():
        raise Unreadable("empty")
    if len(data) > LARGEST_BYTES:
        raise Unreadable("large")
    for mark, why in _OTHERS.items():
        if data.startswith(mark):
            raise Unreadable(why)
    return workbooks.read(data) if data.startswith(b"PK\x03\x04") else texts.read(data)
