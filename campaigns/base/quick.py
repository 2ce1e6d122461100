"""Statements that run with every gift, put into the words of the driver once and given to it straight: what SQLAlchemy
does around each execution costs several times what the database does.

They run in the transaction of the session, begin one where none is open, and raise what SQLAlchemy raises. While
somebody listens who reads statements as SQLAlchemy has them (`unless`: the audit log), they go the ordinary way.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

from campaigns.base.extensions import db

Process = Callable[[Any], Any]
_reasons: list[Callable[[], bool]] = []


class Answer(NamedTuple):
    """Rows by the names of their columns; how many rows were changed or found."""

    rows: Sequence[Any]
    number: int

    def one(self) -> Any:
        """The only row. Raises `ValueError` when there is none or another one."""
        (row,) = self.rows
        return row

    def one_or_none(self) -> Any:
        return self.one() if self.rows else None


def unless(reason: Callable[[], bool]) -> None:
    """While `reason()` is true, statements go the ordinary way."""
    _reasons.append(reason)


def straight() -> bool:
    """Whether statements go straight to the driver now."""
    return not any(reason() for reason in _reasons)


def whole(row: Mapping[str, Any], columns: Iterable[Any]) -> dict[str, Any]:
    """A value for each of these columns of a new row: that of `row`, else the column's default, else nothing."""
    return {column.key: row[column.key] if column.key in row else _default(column) for column in columns}


class Quick:
    """One statement, made for good: only the values of its parameters change. An insert or an update sets the columns
    it is run with, and an insert the defaults of its table beside them; unless it says itself what it sets
    (`says_columns`), where parameters may be named as columns are.
    """

    def __init__(self, statement: Any, *, says_columns: bool = False) -> None:
        self.statement = statement
        self.says_columns = says_columns
        self._spoken: dict[tuple[str, ...], _Spoken] = {}

    def run(self, values: Mapping[str, Any]) -> Answer:
        """Does not commit."""
        if not straight():
            return self._ordinarily(values)
        connection = db.session.connection()
        known_by = (connection.dialect.name, *values)
        spoken = self._spoken.get(known_by)
        if spoken is None:
            spoken = self._spoken[known_by] = _Spoken(self, connection.dialect, values)
        return spoken.run(connection, values)

    def _ordinarily(self, values: Mapping[str, Any]) -> Answer:
        counted = {"preserve_rowcount": True}
        result: Any = db.session.execute(self.statement, dict(values), execution_options=counted)
        rows = result.all() if result.returns_rows else ()
        return Answer(rows, len(rows) if result.returns_rows else result.rowcount)


class _Spoken:
    """A statement in the words of one driver, for one set of parameters."""

    def __init__(self, quick: Quick, dialect: Dialect, values: Mapping[str, Any]) -> None:
        statement, named = quick.statement, None if quick.says_columns else list(values)
        compiled = statement.compile(dialect=dialect, column_keys=named)
        self.words = str(compiled)
        self.defaults = [
            (column.key, column.default.arg if column.default.is_callable else None, column.default.arg)
            for column in compiled.insert_prefetch
        ]
        given = {*values, *(key for key, _make, _value in self.defaults)}
        names = [str(name) for name in compiled.positiontup] if compiled.positiontup is not None else None
        self.named = names is None
        self.parameters = [
            (name, name in given, compiled.params.get(name), _binding(compiled.binds[name].type, dialect))
            for name in ([n for n in compiled.binds if f"%({n})s" in self.words] if names is None else names)
        ]
        columns = _returned(statement)
        self.row = namedtuple("Row", [column.key for column in columns]) if columns else None
        self.reading = [_reading(column.type, dialect) for column in columns]

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Answer:
        known = {**values, **{key: make(None) if make else value for key, make, value in self.defaults}}
        told = [
            (name, process(value) if process else value)
            for name, is_given, fixed, process in self.parameters
            for value in (known[name] if is_given else fixed,)
        ]
        parameters: Any = dict(told) if self.named else [value for _name, value in told]
        driver: Any = connection.connection.dbapi_connection
        cursor = driver.cursor()
        for listen in connection.dispatch.before_cursor_execute:
            listen(connection, cursor, self.words, parameters, None, False)
        try:
            cursor.execute(self.words, parameters)
            rows = self._rows(cursor) if self.row else ()
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._wrapped(connection, parameters, error) from error
        return Answer(rows, len(rows) if self.row else cursor.rowcount)

    def _rows(self, cursor: Any) -> Sequence[Any]:
        row: Any = self.row
        return [
            row(
                *(
                    process(value) if process else value
                    for process, value in zip(self.reading, found, strict=True)
                )
            )
            for found in cursor.fetchall()
        ]

    def _wrapped(self, connection: Connection, parameters: Any, error: Any) -> BaseException:
        """As SQLAlchemy tells it; a connection that has died is not lent again."""
        driver: Any = connection.connection.dbapi_connection
        gone = connection.dialect.is_disconnect(error, driver, None)
        if gone:
            connection.invalidate(error)
        wrapped: BaseException = DBAPIError.instance(
            self.words,
            parameters,
            error,
            connection.dialect.loaded_dbapi.Error,
            connection_invalidated=gone,
            dialect=connection.dialect,
        )
        return wrapped


def _default(column: Any) -> Any:
    made = column.default
    return None if made is None else made.arg(None) if made.is_callable else made.arg


def _returned(statement: Any) -> Sequence[Any]:
    return () if statement.is_dml and not statement._returning else list(statement.exported_columns)


def _binding(kind: Any, dialect: Dialect) -> Process | None:
    found: Process | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


def _reading(kind: Any, dialect: Dialect) -> Process | None:
    found: Process | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return found
