"""A charge while one process works at it. Its lease is also its token: who has lost it changes nothing any more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.states import State as CampaignState
from campaigns.domain.mandates.models import MandateCharge
from campaigns.domain.mandates.states import LEASE, ChargeState, State, pause_after
from campaigns.domain.mandates.steps import noted
from campaigns.domain.payments.contract import VerifyRequest
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import State as Paying


@dataclass(frozen=True)
class Held:
    """Plain values, good without a transaction. `wanted`: the mandate was active and giving not frozen, so something
    may be taken.

    `asked`: a checkout was sent and its outcome is not known.
    """

    mandate_id: int
    month: int
    lease: datetime
    attempt_id: int
    attempt_state: Paying
    request: VerifyRequest
    wanted: bool
    asked: bool
    sends: int
    tries: int

    @property
    def opened(self) -> bool:
        """Whether the gateway has a session for it."""
        return bool(self.request.gateway_ref)


def due(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions on `MandateCharge`: open, its turn has come, nobody works at it."""
    idle = or_(MandateCharge.lease_until.is_(None), MandateCharge.lease_until < moment)
    return MandateCharge.state == ChargeState.OPEN.value, MandateCharge.next_try_at <= moment, idle


def hold(mandate_id: int, month: int) -> Held | None:
    """The charge, if its turn has come and nobody else works at it. Commits, and opens a new transaction."""
    moment = now()
    lease = moment + LEASE
    taken = _update(mandate_id, month, *due(moment), lease_until=lease)
    db.session.commit()
    return _held(mandate_id, month, lease) if taken else None


def keep(held: Held, *also: ColumnElement[bool], **values: Any) -> bool:
    """Changes the charge; False, and nothing changed, when the lease was lost or a condition does not hold."""
    return _update(held.mandate_id, held.month, MandateCharge.lease_until == held.lease, *also, **values)


def later(held: Held, *, at_once: bool = False) -> None:
    """Gives the lease back until the next look."""
    if at_once:
        keep(held, lease_until=None, next_try_at=now())
    else:
        keep(held, lease_until=None, next_try_at=now() + pause_after(held.tries), tries=held.tries + 1)


def end(held: Held, state: ChargeState, **values: Any) -> bool:
    """The month is over with this outcome. False: somebody else has the say."""
    over = {
        "state": state.value,
        "ended_at": now(),
        "next_try_at": None,
        "lease_until": None,
        "asked_at": None,
    }
    if not keep(held, **over | values):
        return False
    noted(held.mandate_id, f"month_{state.value}", "worker", {"month": held.month})
    return True


def _held(mandate_id: int, month: int, lease: datetime) -> Held:
    charge = db.session.get_one(MandateCharge, (mandate_id, month), populate_existing=True)
    row = db.session.get_one(PaymentAttempt, charge.attempt_id, populate_existing=True)
    return Held(
        mandate_id=mandate_id,
        month=month,
        lease=lease,
        attempt_id=row.id,
        attempt_state=Paying(row.state),
        request=VerifyRequest(row.gateway_ref or "", row.rials, row.numeric_ref, row.receipt_ref),
        wanted=charge.mandate.state == State.ACTIVE.value
        and charge.mandate.campaign.state != CampaignState.FROZEN,
        asked=charge.asked_at is not None,
        sends=charge.sends,
        tries=charge.tries,
    )


def _update(mandate_id: int, month: int, *also: ColumnElement[bool], **values: Any) -> bool:
    done = db.session.execute(
        update(MandateCharge)
        .where(
            MandateCharge.mandate_id == mandate_id,
            MandateCharge.month == month,
            MandateCharge.state == ChargeState.OPEN.value,
            *also,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]
