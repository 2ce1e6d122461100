"""INSERT … ON CONFLICT: both engines have it, SQLAlchemy spells it by dialect."""

from sqlalchemy.dialects import postgresql, sqlite

from campaigns.base.extensions import Model, db


def insert(model: type[Model]) -> postgresql.Insert | sqlite.Insert:
    """An insert into the table of `model` that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    on_postgresql = db.session().get_bind().dialect.name == "postgresql"
    return (postgresql.insert if on_postgresql else sqlite.insert)(model.__table__)  # type: ignore[arg-type]
