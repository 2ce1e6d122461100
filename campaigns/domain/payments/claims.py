"""An attempt while one process asks its gateway: our own stored facts, no open transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Row

from campaigns.domain.payments.contract import VerifyRequest
from campaigns.domain.payments.models import PaymentAttempt


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

    COLUMNS: ClassVar[tuple[Any, ...]] = (
        PaymentAttempt.id,
        PaymentAttempt.public_id,
        PaymentAttempt.contribution_id,
        PaymentAttempt.gateway,
        PaymentAttempt.rials,
        PaymentAttempt.tries,
        PaymentAttempt.created_at,
        PaymentAttempt.gateway_ref,
        PaymentAttempt.numeric_ref,
        PaymentAttempt.receipt_ref,
    )

    @classmethod
    def of(cls, row: Row[Any] | PaymentAttempt, lease_until: datetime) -> "Claimed":
        """From a row of `COLUMNS`, or from an attempt that the caller has claimed itself."""
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
