"""INSERT … ON CONFLICT: both engines have it, SQLAlchemy spells it by dialect."""

from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from campaigns.base.extensions import Model, db
from campaigns.base.quick import Quick


def insert(model: type[Model]) -> postgresql.Insert | sqlite.Insert:
    """An insert into the table of `model` that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return _insert(_dialect(), model)


def insert_first(model: type[Model], unique: str, *returned: str) -> Any:
    """INSERT … ON CONFLICT (unique) DO NOTHING RETURNING …: no row comes back when another was there first.

    The same statement object each time: making one costs several times what running it does.
    """
    return _insert_first(_dialect(), model, unique, returned)


def quick_first(model: type[Model], unique: str, *returned: str) -> Quick:
    """The same for what runs with every gift."""
    return _quick_first(_dialect(), model, unique, returned)


def _dialect() -> str:
    return db.session().get_bind().dialect.name


def _insert(dialect: str, model: type[Model]) -> postgresql.Insert | sqlite.Insert:
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(model.__table__)  # type: ignore[arg-type]


@cache
def _insert_first(dialect: str, model: type[Model], unique: str, returned: tuple[str, ...]) -> Any:
    statement = _insert(dialect, model).on_conflict_do_nothing(index_elements=[unique])
    return statement.returning(*(model.__table__.c[name] for name in returned)) if returned else statement


@cache
def _quick_first(dialect: str, model: type[Model], unique: str, returned: tuple[str, ...]) -> Quick:
    return Quick(_insert_first(dialect, model, unique, returned))
