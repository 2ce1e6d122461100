"""Many small reads in one round trip.

A page that is put together from twenty tables pays more for asking than for what it is told. `Together` makes one
statement of all its parts, once: a UNION ALL whose rows say which part they belong to. Values that differ from call to
call are `bindparam`s. A part is a select of words, numbers, days, moments and flags; rows come as tuples of what it
selects. A part's own order only says which rows its limit keeps: sort what comes.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Integer,
    Numeric,
    Select,
    Text,
    cast,
    literal_column,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import CompoundSelect
from sqlalchemy.types import TypeEngine

from campaigns.base.columns import Moment
from campaigns.base.extensions import db

Parts = Mapping[str, Select[*tuple[Any, ...]]]
Row = tuple[Any, ...]
Slot = tuple[str, int]
_KINDS: dict[str, TypeEngine[Any]] = {
    "flag": Boolean(),
    "day": Date(),
    "moment": Moment(),
    "number": BigInteger(),
    "word": Text(),
}
_KNOWN: dict[str, Any] = {"flag": Boolean, "day": Date, "moment": DateTime, "number": (Integer, Numeric)}
_NULL: ColumnElement[Any] = literal_column("NULL")


class Together:
    """`parts` is asked once, when all tables are known: at the first call."""

    def __init__(self, parts: Callable[[], Parts]) -> None:
        self._parts = parts

    def __call__(self, **values: Any) -> dict[str, list[Row]]:
        """The rows of each part."""
        db.session.flush()  # a statement of the engine's own does not do it by itself
        statement, pickers = self._made
        found: dict[str, list[Row]] = {name: [] for name in pickers}
        for row in db.session.connection().execute(statement, values):
            name = row[0]
            found[name].append(pickers[name](row))
        return found

    @cached_property
    def _made(self) -> tuple[CompoundSelect[Any], dict[str, Callable[[Any], Row]]]:
        parts = {name: part.subquery(name).c for name, part in self._parts().items()}
        places = {name: _places(list(columns)) for name, columns in parts.items()}
        slots = sorted({place for taken in places.values() for place in taken})
        nothing: Sequence[ColumnElement[Any]] = [cast(null(), _KINDS[kind]) for kind, _number in slots]
        selects = []
        for name, columns in parts.items():
            own = dict(zip(places[name], columns, strict=True))
            row = [
                _carried(own[slot], slot[0]) if slot in own else none
                for slot, none in zip(slots, nothing, strict=True)
            ]
            selects.append(select(literal_column(f"'{name}'"), *row))
            nothing = [_NULL] * len(slots)  # the first part has said what each column is
        at = {slot: number for number, slot in enumerate(slots, start=1)}
        return union_all(*selects), {name: _picker([at[slot] for slot in places[name]]) for name in parts}


def _places(columns: list[ColumnElement[Any]]) -> list[Slot]:
    """Where each column of a part travels: the first number at the first place for numbers, and so on."""
    kinds = [_kind(column) for column in columns]
    return [(kind, kinds[:number].count(kind)) for number, kind in enumerate(kinds)]


def _kind(column: ColumnElement[Any]) -> str:
    plain = getattr(column.type, "impl_instance", column.type)  # what a decorated type is made of
    return next((kind for kind, known in _KNOWN.items() if isinstance(plain, known)), "word")


def _carried(column: ColumnElement[Any], kind: str) -> ColumnElement[Any]:
    """A sum of rials is numeric on PostgreSQL, and would make every number beside it so."""
    return cast(column, _KINDS[kind]) if kind == "number" else type_coerce(column, _KINDS[kind])


def _picker(numbers: list[int]) -> Callable[[Any], Row]:
    if len(numbers) == 1:
        return lambda row: (row[numbers[0]],)
    return itemgetter(*numbers)
