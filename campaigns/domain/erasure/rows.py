"""Rows that go with a person, found by the columns of their tables, so that a new table joins by its rule alone."""

from collections.abc import Collection

from sqlalchemy import delete, update

from campaigns.base.extensions import Model, db
from campaigns.domain.erasure.rules import DELETED, ERASED


def delete_rows(column: str, values: Collection[object]) -> None:
    """Takes out of every table of `DELETED` that has this column the rows with one of these values."""
    for name in DELETED:
        table = Model.metadata.tables.get(name)
        if table is not None and column in table.c:
            db.session.execute(delete(table).where(table.c[column].in_(values)))


def delete_addressed(addresses: Collection[str]) -> None:
    """Letters to these addresses, and what else only waits for somebody there."""
    delete_rows("to", addresses)
    delete_rows("email", addresses)


def empty_of_gift(gift_id: int) -> None:
    """Empties what other tables of `ERASED` hold about a gift under its number."""
    for name, columns in ERASED.items():
        table = Model.metadata.tables.get(name)
        if table is not None and "gift_id" in table.c:
            empty = {column: None if table.c[column].nullable else "" for column in columns.split()}
            db.session.execute(update(table).where(table.c.gift_id == gift_id).values(empty))
