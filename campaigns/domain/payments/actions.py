"""Beginning an attempt and handing the donor to the gateway: write down, then call, then write down.

`begin` does not commit. `hand_off` commits by itself, because no transaction may be open while the gateway is
asked.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.contract import Gateway, StartRequest
from campaigns.domain.payments.errors import GatewayError
from campaigns.domain.payments.events import note
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import CREATED_FOR, FIRST_CHECK, State

NUMERIC_DIGITS = 15


def begin(contribution: Contribution, gateway: Gateway) -> PaymentAttempt:
    """A new attempt to pay a contribution through `gateway`. Commit before calling `hand_off`."""
    moment = now()
    attempt = PaymentAttempt(
        contribution=contribution,
        numeric_ref=secrets.randbelow(9 * 10 ** (NUMERIC_DIGITS - 1)) + 10 ** (NUMERIC_DIGITS - 1),
        gateway=gateway.name,
        environment=gateway.environment,
        rials=contribution.rials,
        created_at=moment,
        next_check_at=moment + CREATED_FOR,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def hand_off(attempt_id: int, gateway: Gateway, callback_url: str, description: str) -> State:
    """Opens the gateway session and stores where the donor goes. Returns the state the attempt is in
    afterwards.

    A time-out counts as REQUEST_FAILED: the donor never saw that session, and a new try is a new attempt.
    """
    state, request = _request(attempt_id, callback_url, description)
    db.session.commit()
    if state is not State.CREATED:
        return state
    try:
        result = gateway.start(request)
    except GatewayError as error:
        said = {"error": str(error)[:200], "code": error.code, "answer": dict(error.raw)}
        return _store(attempt_id, State.REQUEST_FAILED, {"next_check_at": None}, type(error).__name__, said)
    values = {
        "gateway_ref": result.gateway_ref,
        "redirect_url": result.redirect.url,
        "next_check_at": now() + FIRST_CHECK,
    }
    try:
        return _store(attempt_id, State.REDIRECTED, values, "started", result.raw)
    except IntegrityError:  # a gateway that names two sessions alike: neither donor may go there
        db.session.rollback()
        return _store(attempt_id, State.REQUEST_FAILED, {"next_check_at": None}, "same_ref", result.raw)


def _request(attempt_id: int, callback_url: str, description: str) -> tuple[State, StartRequest]:
    row = db.session.execute(
        select(
            PaymentAttempt.state,
            PaymentAttempt.public_id,
            PaymentAttempt.numeric_ref,
            PaymentAttempt.rials,
            Contribution.mobile,
        )
        .join(Contribution, Contribution.id == PaymentAttempt.contribution_id)
        .where(PaymentAttempt.id == attempt_id)
    ).one()
    return State(row.state), StartRequest(
        attempt_id=row.public_id,
        numeric_ref=row.numeric_ref,
        rials=row.rials,
        description=description,
        callback_url=callback_url,
        idempotency_key=f"start:{row.public_id}",
        mobile=row.mobile,
    )


def _store(
    attempt_id: int, after: State, values: dict[str, Any], outcome: str, payload: Mapping[str, Any]
) -> State:
    """CREATED → `after`, only once; whoever comes second finds the first one's state. Commits."""
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == attempt_id, PaymentAttempt.state == State.CREATED.value)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    moved = done.rowcount == 1  # type: ignore[attr-defined]
    note(attempt_id, "start", outcome, after if moved else None, payload, before=State.CREATED.value)
    found = after.value if moved else None
    if found is None:
        found = db.session.execute(
            select(PaymentAttempt.state).where(PaymentAttempt.id == attempt_id)
        ).scalar_one()
    db.session.commit()
    return State(found)
