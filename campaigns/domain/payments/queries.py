"""Reads of attempts."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.states import State


def attempt_by_public_id(public_id: str) -> PaymentAttempt | None:
    """An attempt with its contribution, in one query."""
    return db.session.scalar(
        select(PaymentAttempt)
        .where(PaymentAttempt.public_id == public_id)
        .options(joinedload(PaymentAttempt.contribution).joinedload(Contribution.campaign))
    )


def latest_attempt(contribution_id: int) -> PaymentAttempt | None:
    query = select(PaymentAttempt).where(PaymentAttempt.contribution_id == contribution_id)
    return db.session.scalar(query.order_by(PaymentAttempt.id.desc()).limit(1))


def paid_attempt(contribution_id: int) -> PaymentAttempt | None:
    """The attempt that paid a contribution; there is at most one."""
    return db.session.scalar(
        select(PaymentAttempt).where(
            PaymentAttempt.contribution_id == contribution_id, PaymentAttempt.state == State.PAID.value
        )
    )
