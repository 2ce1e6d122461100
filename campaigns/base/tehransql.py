"""The Tehran day of a stored moment, reckoned by the database: for sums by day."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class TehranDay(FunctionElement[str]):
    """`YYYY-MM-DD`. Iran has kept one clock the whole year since 2022; moments are stored in UTC on SQLite."""

    type = String()
    inherit_cache = True


@compiles(TehranDay, "postgresql")
def _postgresql(element: Any, compiler: Any, **how: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **how)} AT TIME ZONE 'Asia/Tehran', 'YYYY-MM-DD')"


@compiles(TehranDay, "sqlite")
def _sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"date({compiler.process(element.clauses, **how)}, '+210 minutes')"
