"""The one hook: what the session writes while somebody acts is written down in the same transaction.

Rows of objects come by after each flush, statements (`update(Model)…`) when they are executed. A statement reads the
rows it is about to change first, and again afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, and_, event, inspect, select
from sqlalchemy.orm import InstanceState, ORMExecuteState, PassiveFlag, RelationshipProperty, Session
from sqlalchemy.orm.attributes import History

from campaigns.base import quick
from campaigns.base.extensions import Model
from campaigns.domain.audit.acting import Actor, acting
from campaigns.domain.audit.recording import Row, changed, write
from campaigns.domain.audit.values import shown
from campaigns.domain.audit.watched import is_watched

NO_LOAD = PassiveFlag.PASSIVE_NO_INITIALIZE
quick.unless(lambda: acting.get() is not None)
MOST = 20
"""More rows of one table in one act are written down as one line that says how many."""


class Change(NamedTuple):
    act: str
    table: Table
    before: Row | None
    after: Row | None
    known: Row


@event.listens_for(Session, "before_flush")
def _about_to_flush(session: Session, _context: object, _objects: object) -> None:
    """An attribute that was set before it was read does not know what it was: the row still does."""
    if acting.get() is not None:
        session.info["rows_before"] = {
            state: _row(session, state, table)
            for state, table in _watched(session.dirty)
            if any(history.added and not history.deleted for _name, history in _histories(state))
        }


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    who, rows = acting.get(), session.info.pop("rows_before", {})
    if who is not None:
        changes = [*_made(session.new), *_altered(session.dirty, rows), *_gone(session.deleted)]
        if changes:
            connection = session.connection()
            write(connection, _lines(connection, who, changes))


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> Any:
    who, statement = acting.get(), state.statement
    if who is None or not (state.is_update or state.is_delete or state.is_insert):
        return None
    table = Model.metadata.tables.get(statement.table.name)  # type: ignore[attr-defined]
    if table is None or not is_watched(table.name):
        return None
    state.session.flush()
    connection = state.session.connection()
    if state.is_insert:
        result = state.invoke_statement()
        write(connection, _lines(connection, who, list(_inserted(state, connection, table))))
        return result
    before = _reached(connection, statement, table, state.parameters)
    result = state.invoke_statement()
    write(connection, _lines(connection, who, list(_moved(connection, table, before, state.is_delete))))
    return result


def _made(objects: Iterable[object]) -> Iterator[Change]:
    for state, table in _watched(objects):
        values = _loaded(state)
        yield Change("create", table, None, _present(values), values)


def _altered(objects: Iterable[object], rows: dict[InstanceState[Any], Row]) -> Iterator[Change]:
    for state, table in _watched(objects):
        before, after = dict[str, Any](), dict[str, Any]()
        for name, history in _histories(state):
            old = history.deleted[0] if history.deleted else rows.get(state, {}).get(name)
            new = history.added[0] if history.added else None
            if old != new:
                before[name], after[name] = old, new
        if shown(table, after):
            yield Change("change", table, before, after, _loaded(state))
        yield from _links(state)


def _gone(objects: Iterable[object]) -> Iterator[Change]:
    for state, table in _watched(objects):
        values = _loaded(state)
        yield Change("remove", table, _present(values), None, values)


def _links(state: InstanceState[Any]) -> Iterator[Change]:
    """What was tied to the thing or untied from it, such as the provinces of a campaign."""
    for link in state.mapper.relationships:
        if link.secondary is None:
            continue
        table = Model.metadata.tables[str(link.secondary)]
        if not is_watched(table.name):
            continue
        history = state.get_history(link.key, NO_LOAD)
        (own, mine), (other, theirs) = _ends(link)
        for act, things in (("create", history.added), ("remove", history.deleted)):
            for thing in things or ():
                row = {mine: state.dict[own], theirs: inspect(thing).dict[other]}
                yield Change(
                    act, table, row if act == "remove" else None, row if act == "create" else None, row
                )


def _ends(link: RelationshipProperty[Any]) -> Iterator[tuple[str, str]]:
    """Of both sides of such a tie: the key of the thing, and the column that repeats it."""
    for pairs in (link.synchronize_pairs, link.secondary_synchronize_pairs or ()):
        for key, column in pairs:
            yield str(key.key), str(column.key)


def _watched(objects: Iterable[object]) -> Iterator[tuple[InstanceState[Any], Table]]:
    for one in objects:
        state: InstanceState[Any] = inspect(one)
        table = state.mapper.local_table
        if isinstance(table, Table) and is_watched(table.name):
            yield state, table


def _histories(state: InstanceState[Any]) -> Iterator[tuple[str, History]]:
    for attribute in state.mapper.column_attrs:
        history = state.get_history(attribute.key, NO_LOAD)
        if history.has_changes():
            yield attribute.columns[0].name, history


def _row(session: Session, state: InstanceState[Any], table: Table) -> Row:
    mine = and_(*(key == value for key, value in zip(table.primary_key, state.identity or (), strict=True)))
    return dict(session.connection().execute(select(table).where(mine)).mappings().one_or_none() or {})


def _loaded(state: InstanceState[Any]) -> Row:
    """The values of an object that are known without asking the database."""
    return {
        attribute.columns[0].name: state.dict[attribute.key]
        for attribute in state.mapper.column_attrs
        if attribute.key in state.dict
    }


def _present(values: Row) -> Row:
    return {name: value for name, value in values.items() if value is not None and value != ""}


def _reached(connection: Connection, statement: Any, table: Table, parameters: Any) -> list[Row]:
    """The rows a statement is about to change; one more than are written down one by one."""
    query = select(table).limit(MOST + 1)
    if statement.whereclause is not None:
        query = query.where(statement.whereclause)
    given = parameters if isinstance(parameters, dict) else {}
    return [dict(row) for row in connection.execute(query, given).mappings()]


def _moved(connection: Connection, table: Table, before: list[Row], removed: bool) -> Iterator[Change]:
    keys = list(table.primary_key)
    for old in before:
        if removed:
            yield Change("remove", table, _present(old), None, old)
            continue
        mine = and_(*(key == old[key.name] for key in keys))
        new = connection.execute(select(table).where(mine)).mappings().one_or_none()
        names = [name for name in old if new is not None and new[name] != old[name]]
        after = {name: new[name] for name in names} if new is not None else {}
        if shown(table, after):
            yield Change("change", table, {name: old[name] for name in names}, after, old)


def _inserted(state: ORMExecuteState, connection: Connection, table: Table) -> Iterator[Change]:
    """The values a statement was given; what the database added to them is not known here."""
    statement: Any = state.statement
    given: Any = state.parameters or statement.compile(dialect=connection.dialect).params
    for values in given if isinstance(given, list) else [given]:
        row = {name: value for name, value in values.items() if name in table.c}
        yield Change("create", table, None, _present(row), row)


def _lines(connection: Connection, who: Actor, changes: list[Change]) -> Iterator[Row]:
    """A line for each change; one for many of the same kind."""
    alike: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for one in changes:
        alike[one.act, one.table.name].append(one)
    for found in alike.values():
        first = found[0]
        if len(found) > MOST:
            line = changed(connection, who, first.act, first.table, None, None, first.known)
            yield line | {"after": f'{{"rows":{len(found)}}}'}
            continue
        for one in found:
            yield changed(connection, who, one.act, one.table, one.before, one.after, one.known)
