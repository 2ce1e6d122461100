"""What is kept of everything heard, and what is opened for a person to look at. Does not commit."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from campaigns.base.clock import now
from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.domain.payments.models import PaymentEvent, ReviewItem
from campaigns.domain.payments.states import State

Event = dict[str, Any]
_INSERT = insert(PaymentEvent.__table__)  # type: ignore[arg-type]


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
    db.session.execute(_INSERT, list(events))


def open_item(kind: str, name: str, detail: Mapping[str, Any], attempt_id: int | None = None) -> None:
    """Asks a person to look; once for each `kind` and `name`, whoever else asks."""
    row = {
        "attempt_id": attempt_id,
        "kind": kind,
        "dedupe_key": f"{kind}:{name}",
        "detail": dict(detail),
    }
    db.session.execute(insert_first(ReviewItem, "dedupe_key"), row)
