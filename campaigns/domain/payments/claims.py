"""An attempt while one process asks its gateway: our own stored facts, no open transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.payments.contract import VerifyRequest
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import CLAIMABLE, LEASE, State

_attempt = PaymentAttempt.__table__.c
_idle = or_(_attempt.lease_until.is_(None), _attempt.lease_until < bindparam("moment"))
_free = or_(
    *(_attempt.state == state for state in CLAIMABLE), and_(_attempt.state == State.VERIFYING.value, _idle)
)
_CLAIM = (
    update(PaymentAttempt.__table__)  # type: ignore[arg-type]
    .where(_attempt.id == bindparam("attempt"), _attempt.gateway_ref.is_not(None), _free)
    .values(
        state=State.VERIFYING.value,
        lease_until=bindparam("until"),
        next_check_at=bindparam("until"),
        tries=_attempt.tries + 1,
    )
    .returning(
        _attempt.id,
        _attempt.public_id,
        _attempt.contribution_id,
        _attempt.gateway,
        _attempt.rials,
        _attempt.tries,
        _attempt.created_at,
        _attempt.gateway_ref,
        _attempt.numeric_ref,
        _attempt.receipt_ref,
    )
)


@dataclass(frozen=True)
class Claimed:
    """What this process alone asks about until `lease_until`, which tells its claim from later ones."""

    attempt_id: int
    public_id: str
    contribution_id: int
    gateway: str
    rials: int
    tries: int
    created_at: datetime
    lease_until: datetime
    request: VerifyRequest

    @classmethod
    def of(cls, row: Row[Any] | PaymentAttempt, lease_until: datetime) -> "Claimed":
        """From what a claim returns, or from an attempt that the caller has claimed itself."""
        return cls(
            attempt_id=row.id,
            public_id=row.public_id,
            contribution_id=row.contribution_id,
            gateway=row.gateway,
            rials=row.rials,
            tries=row.tries,
            created_at=row.created_at,
            lease_until=lease_until,
            request=VerifyRequest(row.gateway_ref or "", row.rials, row.numeric_ref, row.receipt_ref),
        )


def claim(attempt_id: int) -> Claimed | None:
    """The attempt, if nobody holds it and it may still be paid. If we die, the sweeper follows up. Does not
    commit.
    """
    moment = now()
    values = {"attempt": attempt_id, "moment": moment, "until": moment + LEASE}
    row = db.session.execute(_CLAIM, values).one_or_none()
    return None if row is None else Claimed.of(row, moment + LEASE)
