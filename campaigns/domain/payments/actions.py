"""Beginning an attempt and handing the donor to the gateway: write down, then call, then write down.

`begin` does not commit. `pledge_and_begin` and `hand_off` commit by themselves, because no transaction may be open
while the gateway is asked.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.codes import new_code
from campaigns.base.engine import single
from campaigns.base.extensions import db
from campaigns.base.quick import Quick
from campaigns.domain.contributions.actions import Pledged, Wish, columns, pledge
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments import atonce, health
from campaigns.domain.payments.contract import Gateway, Redirect, StartRequest
from campaigns.domain.payments.errors import GatewayError
from campaigns.domain.payments.events import event, note
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import CREATED_FOR, FIRST_CHECK, State

NUMERIC_DIGITS = 15

# Made once: making a statement costs several times what running it does.
_attempt = PaymentAttempt.__table__.c
_INSERT = Quick(insert(PaymentAttempt.__table__).returning(_attempt.id, _attempt.public_id))  # type: ignore[arg-type]
_STATE = Quick(select(_attempt.state).where(_attempt.id == bindparam("attempt")))
_STORE = Quick(
    update(PaymentAttempt.__table__).where(  # type: ignore[arg-type]
        _attempt.id == bindparam("attempt"), _attempt.state == State.CREATED.value
    )
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
    row = _columns(gift.rials, gateway, account_id) | {"contribution_id": gift.id}
    made = _INSERT.run(row).one()
    return Begun(made.id, made.public_id, row["numeric_ref"], gift.rials, gift.mobile, account_id)


def pledge_and_begin(
    campaign_id: int,
    wish: Wish,
    form_key: str,
    gateway: Gateway,
    account_id: int = 0,
    also: Callable[[int], object] | None = None,
) -> tuple[Pledged, Begun | None]:
    """The contribution of this form and an attempt to pay it; no attempt where the form was sent before. `also`: what
    else is written down with a new gift, given its id. Commits.
    """
    begun = _at_once(campaign_id, wish, form_key, gateway, account_id) if also is None else None
    if begun is not None:
        db.session.commit()
        return begun
    gift, is_new = pledge(campaign_id, wish, form_key)
    if is_new and also is not None:
        also(gift.id)
    attempt = begin(gift, gateway, account_id) if is_new else None
    db.session.commit()
    return gift, attempt


def _at_once(
    campaign_id: int, wish: Wish, form_key: str, gateway: Gateway, account_id: int
) -> tuple[Pledged, Begun] | None:
    """Both in one statement, where the database can and the form is new."""
    if not atonce.possible():
        return None
    code, attempt = new_code(), _columns(wish.rials, gateway, account_id)
    with single():
        made = atonce.pledged(columns(campaign_id, wish, form_key) | {"code": code}, attempt)
    if made is None:
        db.session.commit()  # what comes now is more than one statement
        return None
    gift = Pledged(made.contribution_id, "", code, wish.rials, wish.mobile)
    return gift, Begun(made.id, made.public_id, attempt["numeric_ref"], wish.rials, wish.mobile, account_id)


def _columns(rials: int, gateway: Gateway, account_id: int) -> dict[str, Any]:
    moment = now()
    return {
        "numeric_ref": secrets.randbelow(9 * 10 ** (NUMERIC_DIGITS - 1)) + 10 ** (NUMERIC_DIGITS - 1),
        "gateway": gateway.name,
        "environment": gateway.environment,
        "account_id": account_id or None,
        "rials": rials,
        "created_at": moment,
        "next_check_at": moment + CREATED_FOR,
    }


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
    facts = nothing | values | {"state": after.value}
    told = event(attempt_id, "start", outcome, after, payload, before=State.CREATED.value)
    if atonce.possible():
        with single():
            moved = atonce.stored(attempt_id, facts, told)
    else:
        moved = _STORE.run(facts | {"attempt": attempt_id}).number == 1
        note(told if moved else told | {"after": ""})
    found = after if moved else State(_STATE.run({"attempt": attempt_id}).one().state)
    db.session.commit()
    return HandedOff(found, redirect if moved else None)
