"""Which thing a row belongs to, and where that is: read off the foreign keys, so a new table needs no line here."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Table, select

from campaigns.base.extensions import Model

NAMED = {
    "organization": "slug",
    "speciality": "code",
    "grant_kind": "code",
    "goods_box": "code",
    "province": "code",
}
"""Things without a public id, and the column that names them."""
DEEPEST = 4
Path = tuple[Column[Any], ...]


class Place(NamedTuple):
    """The thing, and where it is."""

    kind: str
    name: str
    campaign_id: int | None
    province_code: str | None


def place_of(connection: Connection, table: Table, values: Mapping[str, Any]) -> Place:
    """The place of one row, given all its values that are known."""
    kind, name = _thing(connection, table, values)
    campaign_id = _end(connection, _to_campaign(table), values)
    return Place(kind, name, campaign_id, _end(connection, _to_province(table), values))


def _thing(connection: Connection, table: Table, values: Mapping[str, Any]) -> tuple[str, str]:
    path = _to_thing(table)
    name = _end(connection, path, values)
    if name is None:
        return table.name, " ".join(str(values.get(column.name, "")) for column in table.primary_key)[:64]
    return path[-1].table.name, str(name)[:64]


def _end(connection: Connection, path: Path, values: Mapping[str, Any]) -> Any:
    """The value of the last column of the path, walked from a row with these values."""
    if not path:
        return None
    value = values.get(path[0].name)
    for here, there in pairwise(path):
        if value is None:
            return None
        target = next(iter(here.foreign_keys)).column
        value = connection.scalar(select(there).where(target == value))
    return value


def _named_by(table: Table) -> str | None:
    return NAMED.get(table.name) or ("public_id" if "public_id" in table.c else None)


@cache
def _to_thing(table: Table) -> Path:
    return _path(table, _named_by)


@cache
def _to_campaign(table: Table) -> Path:
    return _path(table, lambda one: "id" if one.name == "campaign" else None)


@cache
def _to_province(table: Table) -> Path:
    return _path(table, lambda one: "province_code" if "province_code" in one.c else None)


def _path(table: Table, wanted: Callable[[Table], str | None]) -> Path:
    """The shortest way over foreign keys to a table that has what is wanted; empty if there is none.

    People are reached by `user_id` only (whose role it is), never by who wrote or decided something.
    """
    ways: list[tuple[Path, Table]] = [((), table)]
    for _step in range(DEEPEST):
        for path, here in ways:
            name = wanted(here)
            if name is not None:
                return (*path, here.c[name])
        ways = [((*path, column), there) for path, here in ways for column, there in _parents(here)]
    return ()


def _parents(table: Table) -> list[tuple[Column[Any], Table]]:
    found = []
    for column in table.c:
        keys = [key for key in column.foreign_keys if len(key.constraint.elements) == 1]  # type: ignore[union-attr]
        for key in keys:
            there = Model.metadata.tables[key.column.table.name]
            if there is not table and (there.name != "user" or column.name == "user_id"):
                found.append((column, there))
    return found
