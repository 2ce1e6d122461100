"""What makes a line that line, whichever file it comes in.

The bank's document number, the time and the running balance tell lines apart; where a bank gives neither number nor
balance, equal lines are counted: the second gift of the same amount on the same day is the second one in every
file. Such files have to hold whole days.
"""

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from campaigns.base.search import fold
from campaigns.domain.statements.columns import Column, Layout
from campaigns.domain.statements.lines import Line

TELLING = (Column.BALANCE, Column.DOCUMENT, Column.TRACKING, Column.CARD, Column.DESCRIPTION)


class Identity(NamedTuple):
    """`occurrence` counts lines that nothing tells apart, from 0."""

    checksum: bytes
    occurrence: int


def identities(lines: Sequence[Line]) -> list[Identity]:
    """One for each line, in order. The same row twice, with the same document and balance, is one line."""
    seen: Counter[bytes] = Counter()
    found = []
    for line in lines:
        sum_ = checksum(line)
        found.append(Identity(sum_, 0 if _is_told_apart(line) else seen[sum_]))
        seen[sum_] += 1
    return found


def checksum(line: Line) -> bytes:
    """Over everything a bank says of a movement, spelled in one way."""
    said = [
        line.booked_at.isoformat() if line.has_time else line.booked_at.date().isoformat(),
        line.rials,
        line.balance_rials,
        line.document,
        line.tracking,
        line.last4,
        fold(line.description, ""),
    ]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).digest()


def shape(layout: Layout, lines: Sequence[Line]) -> str:
    """What files of one kind say of movements. Files of two kinds tell the same movement in different words."""
    told = [column.value for column in TELLING if column in layout.columns]
    return " ".join([*told, *(["time"] if any(line.has_time for line in lines) else [])])


def counted(lines: Sequence[Line]) -> int:
    """How many lines only their number among equals tells apart: for a warning that the file must hold whole days."""
    return sum(identity.occurrence > 0 for identity in identities(lines))


def _is_told_apart(line: Line) -> bool:
    return bool(line.document) and line.balance_rials is not None
