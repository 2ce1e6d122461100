"""Beginning an attempt and handing the donor to the gateway: write down, then call, then write down.

`begin` does not commit. `hand_off` commits by itself, because no transaction may be open while the gateway is
asked.
"""

import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.contributions.actions import Pledged
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments import health
from campaigns.domain.payments.contract import Gateway, Redirect, StartRequest
from campaigns.domain.payments.errors import GatewayError
from campaigns.domain.payments.events import event, note
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import CREATED_FOR, FIRST_CHECK, State

NUMERIC_DIGITS = 15

# Made once: making a statement costs several times what running it does.
_attempt = PaymentAttempt.__table__.c
_INSERT = insert(PaymentAttempt.__table__).returning(_attempt.id, _attempt.public_id)  # type: ignore[arg-type]
_STATE = select(_attempt.state).where(_attempt.id == bindparam("attempt"))
_STORE = update(PaymentAttempt.__table__).where(  # type: ignore[arg-type]
    _attempt.id == bindparam("attempt"), _attempt.state == State.CREATED.value
)
"""Sets the columns it is run with."""


class Begun(NamedTuple):
    """A new attempt, and what its gateway is told."""

    id: int
    public_id: str
    numeric_ref: int
    rials: int
    mobile: str | None
    account_id: int = 0


class HandedOff(NamedTuple):
    """The state the attempt is in now; where the donor goes, if this session is the one they go to."""

    state: State
    redirect: Redirect | None = None


def begin(gift: Pledged | Contribution, gateway: Gateway, account_id: int = 0) -> Begun:
    """A new attempt to pay a contribution through `gateway`. Commit before calling `hand_off`.

    `account_id`: whose terminal that is (`terminals.GatewayAccount`); 0 is the one of the settings.
    """
    moment = now()
    row = {
        "contribution_id": gift.id,
        "numeric_ref": secrets.randbelow(9 * 10 ** (NUMERIC_DIGITS - 1)) + 10 ** (NUMERIC_DIGITS - 1),
        "gateway": gateway.name,
        "environment": gateway.environment,
        "account_id": account_id or None,
        "rials": gift.rials,
        "created_at": moment,
        "next_check_at": moment + CREATED_FOR,
    }
    made = db.session.execute(_INSERT, row).one()
    return Begun(made.id, made.public_id, row["numeric_ref"], gift.rials, gift.mobile, account_id)


def hand_off(attempt: Begun, gateway: Gateway, callback_url: str, description: str) -> HandedOff:
    """Opens the gateway session and stores where the donor goes.

    A time-out counts as REQUEST_FAILED: the donor never saw that session, and a new try is a new attempt.
    """
    request = StartRequest(
        attempt_id=attempt.public_id,
        numeric_ref=attempt.numeric_ref,
        rials=attempt.rials,
        description=description,
        callback_url=callback_url,
        idempotency_key=f"start:{attempt.public_id}",
        mobile=attempt.mobile,
    )
    try:
        result = gateway.start(request)
    except GatewayError as error:
        health.failed(gateway.name, attempt.account_id, error)
        said = {"error": str(error)[:200], "code": error.code, "answer": dict(error.raw)}
        return _store(attempt.id, State.REQUEST_FAILED, {}, type(error).__name__, said)
    values = {
        "gateway_ref": result.gateway_ref,
        "redirect_url": result.redirect.url,
        "redirect_fields": dict(result.redirect.fields) if result.redirect.method == "POST" else None,
        "next_check_at": now() + FIRST_CHECK,
    }
    try:
        return _store(attempt.id, State.REDIRECTED, values, "started", result.raw, result.redirect)
    except IntegrityError:  # a gateway that names two sessions alike: neither donor may go there
        db.session.rollback()
        return _store(attempt.id, State.REQUEST_FAILED, {}, "same_ref", result.raw)


def _store(
    attempt_id: int,
    after: State,
    values: dict[str, Any],
    outcome: str,
    payload: Mapping[str, Any],
    redirect: Redirect | None = None,
) -> HandedOff:
    """CREATED → `after`, only once; whoever comes second finds the state it is in by then. Commits."""
    nothing = dict.fromkeys(("gateway_ref", "redirect_url", "redirect_fields", "next_check_at"))
    facts = nothing | values | {"attempt": attempt_id, "state": after.value}
    moved = db.session.execute(_STORE, facts).rowcount == 1  # type: ignore[attr-defined]
    note(event(attempt_id, "start", outcome, after if moved else None, payload, before=State.CREATED.value))
    found = after if moved else State(db.session.execute(_STATE, {"attempt": attempt_id}).scalar_one())
    db.session.commit()
    return HandedOff(found, redirect if moved else None)
