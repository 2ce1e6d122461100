"""What is kept of everything heard, and what is opened for a person to look at. Does not commit."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select, union_all

from campaigns.base.clock import now
from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.base.quick import Quick
from campaigns.domain.payments.models import PaymentEvent, ReviewItem
from campaigns.domain.payments.states import State

Event = dict[str, Any]
_NAMES = ("attempt_id", "source", "before", "after", "outcome", "payload", "heard_at")
_INSERT = Quick(insert(PaymentEvent.__table__))  # type: ignore[arg-type]


def event(
    attempt_id: int,
    source: str,
    outcome: str,
    after: State | None = None,
    payload: Mapping[str, Any] | None = None,
    *,
    before: str = "",
) -> Event:
    """One thing heard or done just now. `after`: the state it led to, if it moved the attempt."""
    return {
        "attempt_id": attempt_id,
        "source": source,
        "before": before,
        "after": after.value if after else "",
        "outcome": outcome,
        "payload": dict(payload or {}),
        "heard_at": now(),
    }


def note(*events: Event) -> None:
    """Writes them down, in one statement."""
    if len(events) == 1:
        _INSERT.run(events[0])
    else:
        both = {f"{name}_{place}": value for place, row in enumerate(events) for name, value in row.items()}
        _rows(len(events)).run(both)


@cache
def _rows(number: int) -> Quick:
    """An insert of so many rows, made once: drivers run it faster than one row several times.

    As a union of selects: SQLAlchemy compiles an insert of several VALUES anew each time it runs.
    """
    columns = PaymentEvent.__table__.c
    rows = [
        select(*(bindparam(f"{name}_{place}", type_=columns[name].type) for name in _NAMES))
        for place in range(number)
    ]
    return Quick(insert(PaymentEvent.__table__).from_select(_NAMES, union_all(*rows)))  # type: ignore[arg-type]


def open_item(kind: str, name: str, detail: Mapping[str, Any], attempt_id: int | None = None) -> None:
    """Asks a person to look; once for each `kind` and `name`, whoever else asks."""
    row = {
        "attempt_id": attempt_id,
        "kind": kind,
        "dedupe_key": f"{kind}:{name}",
        "detail": dict(detail),
    }
    db.session.execute(insert_first(ReviewItem, "dedupe_key"), row)
