"""An attempt while one process asks its gateway: our own stored facts, no open transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, or_, select, update

from campaigns.base.clock import now
from campaigns.base.quick import Quick
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments import receipts
from campaigns.domain.payments.contract import VerifyRequest
from campaigns.domain.payments.events import Event, event
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import CLAIMABLE, LEASE, State
from campaigns.domain.payments.terminals import key

_attempt = PaymentAttempt.__table__.c
_gift = Contribution.__table__.c
_idle = or_(_attempt.lease_until.is_(None), _attempt.lease_until < bindparam("moment"))
_free = or_(
    *(_attempt.state == state for state in CLAIMABLE), and_(_attempt.state == State.VERIFYING.value, _idle)
)
_FACTS = (
    _attempt.id,
    _attempt.public_id,
    _attempt.contribution_id,
    _attempt.gateway,
    _attempt.account_id,
    _attempt.rials,
    _attempt.tries,
    _attempt.created_at,
    _attempt.gateway_ref,
    _attempt.numeric_ref,
    _attempt.receipt_ref,
)
_CLAIM = (
    update(PaymentAttempt.__table__)  # type: ignore[arg-type]
    .where(_attempt.gateway_ref.is_not(None), _free)
    .values(
        state=State.VERIFYING.value,
        lease_until=bindparam("until"),
        next_check_at=bindparam("until"),
        tries=_attempt.tries + 1,
    )
    .returning(*_FACTS)
)
_BY_ID = Quick(_CLAIM.where(_attempt.id == bindparam("attempt")))


class Meant(NamedTuple):
    """The gift of an attempt."""

    code: str
    salt: bytes | None
    campaign_id: int
    intent: str


_BY_NAME = Quick(
    _CLAIM.where(
        _attempt.public_id == bindparam("name"),
        _attempt.gateway == bindparam("plug"),
        _attempt.gateway_ref == bindparam("ref"),
    ).returning(
        *(
            select(_gift[name]).where(_gift.id == _attempt.contribution_id).scalar_subquery().label(name)
            for name in Meant._fields
        )
    )
)


@dataclass(frozen=True)
class Claimed:
    """What this process alone asks about until `lease_until`, which tells its claim from later ones.

    `asked` says who came and what they brought; it is written down together with the answer.
    `receipt_asked`: how often the receipt in `request` was asked about before, without an answer. `meant` is known of
    a donor who comes back.
    """

    attempt_id: int
    public_id: str
    contribution_id: int
    gateway: str
    account_id: int | None
    rials: int
    tries: int
    created_at: datetime
    lease_until: datetime
    request: VerifyRequest
    asked: Event
    receipt_asked: int = 0
    meant: Meant | None = None

    @property
    def terminal(self) -> str:
        return key(self.gateway, self.account_id)

    def with_receipt(self) -> "Claimed":
        """The same with a receipt that a browser brought, the next in turn, where one waits. Does not commit."""
        heard = receipts.take(self.attempt_id)
        if heard is None:
            return self
        request = replace(self.request, receipt_ref=heard.receipt_ref)
        return replace(self, request=request, receipt_asked=heard.asked)

    @classmethod
    def of(cls, row: Any, lease_until: datetime, source: str, payload: Mapping[str, Any] | None) -> "Claimed":
        """From what a claim returns."""
        return cls(
            attempt_id=row.id,
            public_id=row.public_id,
            contribution_id=row.contribution_id,
            gateway=row.gateway,
            account_id=row.account_id,
            rials=row.rials,
            tries=row.tries,
            created_at=row.created_at,
            lease_until=lease_until,
            request=VerifyRequest(row.gateway_ref, row.rials, row.numeric_ref, row.receipt_ref),
            asked=event(row.id, source, "claimed", State.VERIFYING, payload),
        )


def claim(attempt_id: int, source: str, payload: Mapping[str, Any] | None) -> Claimed | None:
    """The attempt, if nobody holds it and it may still be paid. If we die, the sweeper follows up. Does not
    commit.
    """
    row, until = _take(_BY_ID, attempt=attempt_id)
    return None if row is None else Claimed.of(row, until, source, payload)


def claim_back(
    public_id: str, gateway: str, gateway_ref: str, payload: Mapping[str, Any]
) -> tuple[Claimed, str] | None:
    """The same for a donor who comes back from the bank, with their tracking code: one statement for both."""
    row, until = _take(_BY_NAME, name=public_id, plug=gateway, ref=gateway_ref)
    if row is None:
        return None
    meant = Meant(row.code, row.salt, row.campaign_id, row.intent)
    return replace(Claimed.of(row, until, "callback", payload), meant=meant), meant.code


def _take(statement: Quick, **whose: object) -> tuple[Any, datetime]:
    moment = now()
    until = moment + LEASE
    values = {"moment": moment, "until": until, **whose}
    return statement.run(values).one_or_none(), until
