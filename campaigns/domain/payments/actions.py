"""Beginning an attempt and handing the donor to the gateway: write down, then call, then write down.

`begin` does not commit. `hand_off` commits by itself, because no transaction may be open while the gateway is asked.
"""

import secrets

from sqlalchemy import update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.contract import Gateway, StartRequest
from campaigns.domain.payments.errors import GatewayError
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent
from campaigns.domain.payments.states import FIRST_CHECK, State

NUMERIC_DIGITS = 15


def begin(contribution: Contribution, gateway: Gateway) -> PaymentAttempt:
    """A new attempt to pay a contribution through `gateway`. Commit before calling `hand_off`."""
    attempt = PaymentAttempt(
        contribution=contribution,
        numeric_ref=secrets.randbelow(9 * 10 ** (NUMERIC_DIGITS - 1)) + 10 ** (NUMERIC_DIGITS - 1),
        gateway=gateway.name,
        environment=gateway.environment,
        rials=contribution.rials,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def hand_off(attempt_id: int, gateway: Gateway, callback_url: str, description: str) -> State:
    """Opens the gateway session and stores where the donor goes. Returns the state the attempt is in afterwards.

    A time-out counts as REQUEST_FAILED: the donor never saw that session, and a new try is a new attempt.
    """
    attempt = db.session.get_one(PaymentAttempt, attempt_id)
    if attempt.state != State.CREATED:
        return State(attempt.state)
    request = StartRequest(
        attempt_id=attempt.public_id,
        numeric_ref=attempt.numeric_ref,
        rials=attempt.rials,
        description=description,
        callback_url=callback_url,
        idempotency_key=f"start:{attempt.public_id}",
        mobile=_national(attempt.contribution.mobile),
    )
    db.session.commit()
    try:
        result = gateway.start(request)
    except GatewayError as error:
        after = _store(
            attempt_id, State.REQUEST_FAILED, {}, type(error).__name__, {"error": str(error)[:200]}
        )
    else:
        values = {
            "gateway_ref": result.gateway_ref,
            "redirect_url": result.redirect.url,
            "next_check_at": now() + FIRST_CHECK,
        }
        after = _store(attempt_id, State.REDIRECTED, values, "started", dict(result.raw))
    db.session.commit()
    return after


def _store(
    attempt_id: int, after: State, values: dict[str, object], outcome: str, payload: dict[str, object]
) -> State:
    """CREATED → `after`, only once; whoever comes second finds the first one's state."""
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == attempt_id, PaymentAttempt.state == State.CREATED.value)
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        return State(db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True).state)
    db.session.add(
        PaymentEvent(
            attempt_id=attempt_id,
            source="start",
            before=State.CREATED.value,
            after=after.value,
            outcome=outcome,
            payload=payload,
        )
    )
    return after


def _national(mobile: str | None) -> str | None:
    """Gateways want 09…"""
    return f"0{mobile.removeprefix('+98')}" if mobile and mobile.startswith("+989") else None
