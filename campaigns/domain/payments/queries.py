"""Reads of attempts."""

from typing import NamedTuple

from sqlalchemy import bindparam, case, select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.payments.contract import Redirect
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.payments.states import State


class Returning(NamedTuple):
    """What the way to the bank and back needs to know of an attempt and its gift. `code` is the donor's."""

    attempt_id: int
    gateway: str
    account_id: int | None
    gateway_ref: str | None
    numeric_ref: int
    state: str
    redirect_url: str | None
    redirect_fields: dict[str, str] | None
    rials: int
    code: str
    theme: str
    is_sample: bool
    campaign_state: str

    @property
    def redirect(self) -> Redirect:
        """Where the donor goes next, and how."""
        if self.redirect_fields is None:
            return Redirect("GET", self.redirect_url or "")
        return Redirect("POST", self.redirect_url or "", self.redirect_fields)


_attempt = PaymentAttempt.__table__.c
_gift = Contribution.__table__.c
_campaign = Campaign.__table__.c
_RETURNING = (
    select(
        _attempt.id,
        _attempt.gateway,
        _attempt.account_id,
        _attempt.gateway_ref,
        _attempt.numeric_ref,
        _attempt.state,
        _attempt.redirect_url,
        _attempt.redirect_fields,
        _attempt.rials,
        _gift.code,
        _campaign.theme,
        _campaign.is_sample,
        _campaign.state,
    )
    .join(Contribution.__table__, _gift.id == _attempt.contribution_id)
    .join(Campaign.__table__, _campaign.id == _gift.campaign_id)
    .where(_attempt.public_id == bindparam("public_id"))
)
"""Made once: making a statement costs several times what running it does."""


def attempt_by_public_id(public_id: str) -> PaymentAttempt | None:
    """An attempt with its contribution and campaign, in one query."""
    return db.session.scalar(
        select(PaymentAttempt)
        .where(PaymentAttempt.public_id == public_id)
        .options(joinedload(PaymentAttempt.contribution).joinedload(Contribution.campaign))
    )


def returning(public_id: str) -> Returning | None:
    """The few facts of an attempt for the hop and the callback: one quick query."""
    row = db.session.execute(_RETURNING, {"public_id": public_id}).one_or_none()
    return None if row is None else Returning._make(row)


def latest_attempt(contribution_id: int) -> PaymentAttempt | None:
    query = select(PaymentAttempt).where(PaymentAttempt.contribution_id == contribution_id)
    return db.session.scalar(query.order_by(PaymentAttempt.id.desc()).limit(1))


def telling_attempt(contribution_id: int) -> PaymentAttempt | None:
    """The attempt a receipt speaks of: the newest that paid, else that is or was taken back, else the newest."""
    query = select(PaymentAttempt).where(PaymentAttempt.contribution_id == contribution_id)
    telling = case(
        (PaymentAttempt.state == State.PAID.value, 0),
        (PaymentAttempt.state.in_((State.REVERSING.value, State.REVERSED.value)), 1),
        else_=2,
    )
    return db.session.scalar(query.order_by(telling, PaymentAttempt.id.desc()).limit(1))


def paid_attempts(contribution_id: int) -> list[PaymentAttempt]:
    """Every payment of a gift that is in the book of a campaign; two, when both were kept."""
    query = select(PaymentAttempt).where(
        PaymentAttempt.contribution_id == contribution_id, PaymentAttempt.state == State.PAID.value
    )
    return list(db.session.scalars(query.order_by(PaymentAttempt.id)))


def open_items() -> list[ReviewItem]:
    """What a person has to look at, oldest first, each with its attempt, gift and campaign."""
    whole = joinedload(ReviewItem.attempt).joinedload(PaymentAttempt.contribution)
    query = select(ReviewItem).where(ReviewItem.closed_at.is_(None)).order_by(ReviewItem.opened_at)
    query = query.options(whole.joinedload(Contribution.campaign))
    return list(db.session.scalars(query))
