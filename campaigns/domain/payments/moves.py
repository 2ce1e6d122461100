"""Moves of an attempt that people decide: back to its payer, and where it was when that cannot be. None commit."""

from datetime import datetime, timedelta

from sqlalchemy import update

from campaigns.base.extensions import db
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.events import event, note
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import TABLE, State, before

MARGIN = timedelta(minutes=2)
"""Before the gateway's time is over, so that its clock and ours need not agree."""


def reversible_until(attempt: PaymentAttempt, gateway: Gateway | None) -> datetime | None:
    """The last moment at which the gateway would take this payment back. None: it never would."""
    minutes = gateway.capabilities().reverse_minutes if gateway else None
    if minutes is None or attempt.paid_at is None:
        return None
    return attempt.paid_at + timedelta(minutes=minutes) - MARGIN


def move(attempt_id: int, after: State, source: str, outcome: str, *, only: State | None = None) -> bool:
    """Once, from a state that leads there (`only`: from this one). False: it is in none of them; nothing is changed.

    A lease is over with it, and the sweeper looks no more.
    """
    allowed = (only.value,) if only else before(after)
    assert only is None or after in TABLE[only]
    for state in allowed:
        done = db.session.execute(
            update(PaymentAttempt)
            .where(PaymentAttempt.id == attempt_id, PaymentAttempt.state == state)
            .values(state=after.value, lease_until=None, next_check_at=None)
            .execution_options(synchronize_session=False)
        )
        if done.rowcount == 1:  # type: ignore[attr-defined]
            note(event(attempt_id, source, outcome, after, before=state))
            return True
    return False
