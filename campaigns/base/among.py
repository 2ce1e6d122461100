"""`column IN (many numbers)` as one parameter: a list of five hundred makes no statement of five hundred words."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, scoped_session

AnySession = Session | scoped_session[Any]


def among(session: AnySession, column: Any, numbers: Sequence[int]) -> ColumnElement[bool]:
    """The condition that `column` is one of these numbers, in the words of the session's engine."""
    if session.get_bind().dialect.name == "postgresql":
        return column == func.any(literal(list(numbers), ARRAY(BigInteger)))  # type: ignore[no-any-return]
    listed = func.json_each(json.dumps(list(numbers))).table_valued("value")
    return column.in_(select(listed.c.value))  # type: ignore[no-any-return]
