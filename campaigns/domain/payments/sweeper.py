"""Asks about attempts nobody came back for, and about money the gateway holds that we did not hear of."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import or_, select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.payments.contract import Gateway, Outcome, VerifyRequest
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent, ReviewItem
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import CREATED_FOR, LEASE, POLLED, State, pause_after

GATEWAY_DECIDES_WITHIN = timedelta(minutes=30)
"""After this a «not paid» of an inquiry is believed; before, the donor may still be typing a card number."""


def sweep(gateways: Mapping[str, Gateway], settle_hours: int, limit: int = 50) -> int:
    """Looks at every attempt that is due. Returns how many. Commits after each."""
    _expire_unstarted()
    moment = now()
    lost = or_(PaymentAttempt.lease_until.is_(None), PaymentAttempt.lease_until < moment)
    due = (
        select(PaymentAttempt)
        .where(PaymentAttempt.state.in_(POLLED), PaymentAttempt.next_check_at <= moment, lost)
        .order_by(PaymentAttempt.next_check_at)
        .limit(limit)
    )
    mine = [attempt for attempt in db.session.scalars(due) if _reserve(attempt)]
    db.session.commit()
    for attempt in mine:
        gateway = gateways.get(attempt.gateway)
        if gateway is not None:
            _look(attempt.id, gateway, timedelta(hours=settle_hours))
    return len(mine)


def poll_unverified(gateway: Gateway) -> int:
    """Settles what the gateway holds unverified; money of no attempt becomes a review item. Commits after each."""
    if not gateway.capabilities().unverified_list:
        return 0
    items = gateway.list_unverified()
    for item in items:
        attempt_id = db.session.scalar(
            select(PaymentAttempt.id).where(
                PaymentAttempt.gateway == gateway.name,
                PaymentAttempt.environment == gateway.environment,
                PaymentAttempt.gateway_ref == item.gateway_ref,
            )
        )
        if attempt_id is None:
            _unknown_money(gateway, item.gateway_ref, item.rials)
        else:
            settle(attempt_id, gateway, "unverified")
    return len(items)


def _reserve(attempt: PaymentAttempt) -> bool:
    """Pushes the next check away, so that of several workers one asks."""
    done = db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.id == attempt.id, PaymentAttempt.next_check_at == attempt.next_check_at)
        .values(next_check_at=now() + LEASE)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _look(attempt_id: int, gateway: Gateway, give_up_after: timedelta) -> None:
    attempt = db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True)
    if attempt.state == State.VERIFYING or not gateway.capabilities().inquiry:
        db.session.commit()
        settle(attempt_id, gateway, "sweeper")
        _close_if_old(attempt_id, give_up_after)
        return
    request = VerifyRequest(attempt.gateway_ref or "", attempt.rials, attempt.numeric_ref)
    age = now() - attempt.created_at
    db.session.commit()
    outcome = gateway.inquire(request).outcome
    if outcome in {Outcome.ALREADY, Outcome.PAID_UNVERIFIED}:
        settle(attempt_id, gateway, "sweeper")
        return
    ended = outcome is Outcome.NOT_PAID and age > GATEWAY_DECIDES_WITHIN
    after = State.NOT_PAID if ended else State.EXPIRED if _too_old(outcome, age, give_up_after) else None
    _note(attempt_id, outcome, after)


def _too_old(outcome: Outcome, age: timedelta, give_up_after: timedelta) -> bool:
    """An unknown outcome never ends an attempt; a gateway that says «pending» for days does."""
    return age > give_up_after and outcome in {Outcome.PENDING, Outcome.NOT_PAID}


def _note(attempt_id: int, outcome: Outcome, after: State | None) -> None:
    attempt = db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True)
    if attempt.state in {State.REDIRECTED, State.SOFT_CANCELLED}:
        values: dict[str, object] = {"tries": attempt.tries + 1}
        if after is None:
            values["next_check_at"] = now() + pause_after(attempt.tries + 1)
        else:
            values |= {"state": after.value, "next_check_at": None}
        db.session.execute(
            update(PaymentAttempt)
            .where(PaymentAttempt.id == attempt_id, PaymentAttempt.state == attempt.state)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        heard = PaymentEvent(
            attempt_id=attempt_id,
            source="inquiry",
            before=attempt.state,
            after=after.value if after else "",
            outcome=outcome.value,
        )
        db.session.add(heard)
    db.session.commit()


def _close_if_old(attempt_id: int, give_up_after: timedelta) -> None:
    """A verifying attempt whose gateway has answered nothing for the whole window goes to a person, not to «failed»."""
    attempt = db.session.get_one(PaymentAttempt, attempt_id, populate_existing=True)
    if attempt.state == State.VERIFYING and now() - attempt.created_at > give_up_after:
        db.session.execute(
            update(PaymentAttempt)
            .where(PaymentAttempt.id == attempt_id, PaymentAttempt.state == State.VERIFYING.value)
            .values(state=State.REVIEW.value, next_check_at=None, lease_until=None)
            .execution_options(synchronize_session=False)
        )
        item = ReviewItem(
            attempt_id=attempt_id, kind="no_answer", dedupe_key=f"no_answer:{attempt.public_id}"
        )
        db.session.add(item)
    db.session.commit()


def _expire_unstarted() -> None:
    db.session.execute(
        update(PaymentAttempt)
        .where(PaymentAttempt.state == State.CREATED.value, PaymentAttempt.created_at < now() - CREATED_FOR)
        .values(state=State.EXPIRED.value)
        .execution_options(synchronize_session=False)
    )


def _unknown_money(gateway: Gateway, ref: str, rials: int) -> None:
    key = f"unverified:{gateway.name}:{gateway.environment}:{ref}"
    if db.session.scalar(select(ReviewItem.id).where(ReviewItem.dedupe_key == key)) is None:
        detail = {"gateway": gateway.name, "gateway_ref": ref, "rials": rials}
        db.session.add(ReviewItem(kind="unknown_money", dedupe_key=key, detail=detail))
    db.session.commit()
