"""Asking a gateway to take a payment back, and finding out whether it has (T15 to T18).

Written down, committed, then asked, then written down again. No answer, or none that can be believed, is never a
failure: the worker looks again before it asks once more, and where a gateway cannot be looked at (SEP) only its first
«no» is believed; after that a person says what the bank's statement shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import or_, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.payments.contract import Gateway, Outcome, VerifyRequest, VerifyResult
from campaigns.domain.payments.events import event, note, open_item
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import LEASE, State, pause_after
from campaigns.domain.payments.terminals import key
from campaigns.domain.refunds import endings
from campaigns.domain.refunds.holding import UNDER_WAY
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.states import RefundState, WrongStep, walk
from campaigns.domain.refunds.steps import write

log = structlog.get_logger("payments")


@dataclass(frozen=True)
class Asking:
    """A reversal while this process alone asks about it. `tries`: the how-manieth time."""

    refund_id: int
    attempt_id: int
    tries: int
    lease_until: datetime
    until: datetime
    request: VerifyRequest


def ask(refund_id: int, gateway: Gateway | None) -> RefundState:
    """Asks the gateway of an approved reversal and books what it says. Safe to call any number of times. Commits.

    Without a gateway (its terminal cannot be read) nobody can be asked, and nothing ends.
    """
    asking = _claim(refund_id)
    if asking is not None:
        result = (
            VerifyResult(Outcome.UNKNOWN, code="no_terminal") if gateway is None else _answer(asking, gateway)
        )
        _book(asking, result)
    state = db.session.execute(select(Refund.state).where(Refund.id == refund_id)).scalar_one()
    db.session.commit()
    return RefundState(state)


def follow_up(gateways: Mapping[str, Gateway], limit: int = 50) -> int:
    """Asks about every reversal whose turn it is, by terminal (`terminals.key`). Commits after each."""
    moment = now()
    idle = or_(PaymentAttempt.lease_until.is_(None), PaymentAttempt.lease_until < moment)
    query = (
        select(Refund.id, PaymentAttempt.gateway, PaymentAttempt.account_id)
        .join(PaymentAttempt, PaymentAttempt.id == Refund.attempt_id)
        .where(
            Refund.reverse_until.is_not(None),
            Refund.state.in_(UNDER_WAY),
            PaymentAttempt.state == State.REVERSING.value,
            PaymentAttempt.next_check_at <= moment,
            idle,
        )
        .order_by(PaymentAttempt.next_check_at)
        .limit(limit)
    )
    due = db.session.execute(query).all()
    db.session.commit()
    for refund_id, name, account_id in due:
        ask(refund_id, gateways.get(key(name, account_id)))
    return len(due)


def _claim(refund_id: int) -> Asking | None:
    """One process at a time, and written down before anything is asked. If we die, the worker follows up. Commits."""
    refund = db.session.get_one(Refund, refund_id, populate_existing=True)
    moment = now()
    until = moment + LEASE
    idle = or_(PaymentAttempt.lease_until.is_(None), PaymentAttempt.lease_until < moment)
    row = None
    if refund.reverse_until is not None and refund.state in UNDER_WAY:
        row = db.session.execute(
            update(PaymentAttempt)
            .where(
                PaymentAttempt.id == refund.attempt_id, PaymentAttempt.state == State.REVERSING.value, idle
            )
            .values(lease_until=until, next_check_at=until, tries=PaymentAttempt.tries + 1)
            .returning(
                PaymentAttempt.id,
                PaymentAttempt.tries,
                PaymentAttempt.rials,
                PaymentAttempt.gateway_ref,
                PaymentAttempt.numeric_ref,
                PaymentAttempt.receipt_ref,
            )
            .execution_options(synchronize_session=False)
        ).one_or_none()
    if row is None or refund.reverse_until is None:
        db.session.commit()
        return None
    if refund.state == RefundState.APPROVED:
        before = walk(refund, RefundState.SENT, sent_at=moment)
        write(refund, before, _approver(refund), "")
    asking = Asking(
        refund_id,
        row.id,
        row.tries,
        until,
        refund.reverse_until,
        VerifyRequest(row.gateway_ref or "", row.rials, row.numeric_ref, row.receipt_ref),
    )
    db.session.commit()
    return asking


def _answer(asking: Asking, gateway: Gateway) -> VerifyResult:
    """Where it was asked before, an inquiry comes first: the earlier question may have been heard."""
    asked_before, can_look = asking.tries > 1, gateway.capabilities().inquiry
    if asked_before and can_look:
        seen = gateway.inquire(asking.request)
        if seen.outcome is Outcome.REVERSED:
            return seen
        if seen.outcome is not Outcome.ALREADY:
            return replace(seen, outcome=Outcome.UNKNOWN)
        if now() > asking.until:
            return replace(seen, outcome=Outcome.REFUSED)  # it stood through all the time there was
    result = gateway.reverse(asking.request)
    if result.outcome is Outcome.REFUSED and asked_before and not can_look:
        return replace(result, outcome=Outcome.UNKNOWN)
    return result


def _book(asking: Asking, result: VerifyResult) -> None:
    refund = db.session.get_one(Refund, asking.refund_id, populate_existing=True)
    heard = f"{refund.gateway}: {result.outcome.value} {result.code or ''}".strip()
    note(event(asking.attempt_id, "reverse", result.outcome.value, None, result.raw, before="reversing"))
    try:
        if result.outcome is Outcome.REVERSED:
            endings.finish(refund, _approver(refund), heard)
        elif result.outcome is Outcome.REFUSED:
            endings.fail(refund, _approver(refund), heard)
        else:
            _put_off(asking, result)
    except WrongStep:  # somebody has said meanwhile how it ended
        db.session.rollback()
        _compare(asking, result)
    db.session.commit()


def _put_off(asking: Asking, result: VerifyResult) -> None:
    pause = max(pause_after(asking.tries), timedelta(seconds=result.retry_after_seconds or 0))
    db.session.execute(
        update(PaymentAttempt)
        .where(
            PaymentAttempt.id == asking.attempt_id,
            PaymentAttempt.state == State.REVERSING.value,
            PaymentAttempt.lease_until == asking.lease_until,
        )
        .values(lease_until=None, next_check_at=now() + pause)
        .execution_options(synchronize_session=False)
    )


def _compare(asking: Asking, result: VerifyResult) -> None:
    """An answer that comes after a person has written down another end is looked at by people, never dropped."""
    refund = db.session.get_one(Refund, asking.refund_id, populate_existing=True)
    if result.outcome is Outcome.REVERSED and refund.state != RefundState.DONE:
        log.error("reversed_after_all", refund=refund.public_id)
        open_item("taken_back", refund.public_id, {"rials": refund.rials}, asking.attempt_id)


def _approver(refund: Refund) -> User:
    assert refund.approved_by is not None
    return refund.approved_by
