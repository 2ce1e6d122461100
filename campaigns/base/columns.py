"""Column types, declared once: keys, rials, moments, public ids."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, LargeBinary, String, text
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from campaigns.base.codes import public_id

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""SQLite autoincrements only INTEGER PRIMARY KEY; PostgreSQL wants BIGINT."""


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines. Naive values are refused with `ValueError`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def where(condition: str) -> dict[str, Any]:
    """Options of an `Index` that holds only the rows for which `condition` is true, on both engines."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


Key = Annotated[int, mapped_column(BigKey, primary_key=True, autoincrement=True)]
Ref = Annotated[int, mapped_column(BigKey)]
Rials = Annotated[int, mapped_column(BigInteger)]
At = Annotated[datetime, mapped_column(Moment())]
Marks = Annotated[dict[str, Any] | None, mapped_column(JSON(none_as_null=True))]
"""Characters nobody can see that were taken out of what was typed: `{field: {Unicode name: how often}}`, or none."""
PublicId = Annotated[str, mapped_column(String(32), unique=True, default=public_id)]
Digest = Annotated[bytes, mapped_column(LargeBinary(32))]
"""A SHA-256."""
