"""Sums of the public book: what came in by day and campaign, and what became of it by intent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, select

from campaigns.base.extensions import db
from campaigns.domain.insights.portal import Card, public_cards
from campaigns.domain.ledger.kinds import GIFTS, SPENDING_KINDS, Kind
from campaigns.domain.ledger.models import CampaignRollup, LedgerAccount
from campaigns.domain.ledger.seal_models import LedgerDay

MOST_CAMPAIGNS = 50

_is_spent = LedgerDay.kind.in_(SPENDING_KINDS)
_received = func.sum(case((_is_spent, 0), else_=LedgerDay.rials))
_spent = func.sum(case((_is_spent, -LedgerDay.rials), else_=0))
_come = LedgerDay.kind.in_((*GIFTS, Kind.GIFT_BACK.value))
_gone = LedgerDay.kind.in_((Kind.WHOLE_REFUND.value, Kind.GIFT_REVERSED.value))
_gifts = func.sum(case((_come, LedgerDay.entries), (_gone, -LedgerDay.entries), else_=0))


@dataclass(frozen=True)
class CameIn:
    """What came in on a day, or for a campaign; `what` says which. Corrections are taken off."""

    what: date | Card
    gifts: int
    rials: int


@dataclass(frozen=True)
class Bucket:
    """An intent of a campaign. `intent` is empty for all of them together."""

    intent: str
    received_rials: int
    spent_rials: int

    @property
    def left_rials(self) -> int:
        return self.received_rials - self.spent_rials


def received() -> int:
    """What all campaigns have received, in rials, as their bars say."""
    return int(db.session.scalar(select(func.coalesce(func.sum(CampaignRollup.received_rials), 0))) or 0)


def by_day(first: date, last: date) -> list[CameIn]:
    """The days that have lines, both included, the newest first."""
    query = select(LedgerDay.day, _gifts, _received).where(LedgerDay.day.between(first, last))
    rows = db.session.execute(query.group_by(LedgerDay.day).order_by(LedgerDay.day.desc()))
    return [CameIn(day, int(gifts), int(rials)) for day, gifts, rials in rows]


def by_campaign(first: date, last: date, language: str) -> list[CameIn]:
    """The fifty campaigns that received most in these days, both included."""
    query = (
        select(LedgerAccount.campaign_id, _gifts, _received.label("rials"))
        .join(LedgerAccount, LedgerAccount.id == LedgerDay.account_id)
        .where(LedgerDay.day.between(first, last))
        .group_by(LedgerAccount.campaign_id)
        .order_by(_received.desc(), LedgerAccount.campaign_id)
        .limit(MOST_CAMPAIGNS)
    )
    rows = db.session.execute(query).all()
    cards = public_cards([row.campaign_id for row in rows], language)
    return [
        CameIn(cards[campaign_id], int(gifts), int(rials))
        for campaign_id, gifts, rials in rows
        if campaign_id in cards
    ]


def beside(day: date) -> tuple[date | None, date | None]:
    """The days with lines right before and right after this one."""
    before: Select[date | None] = select(func.max(LedgerDay.day)).where(LedgerDay.day < day)
    after: Select[date | None] = select(func.min(LedgerDay.day)).where(LedgerDay.day > day)
    return db.session.scalar(before), db.session.scalar(after)


def buckets(campaign_id: int) -> Sequence[Bucket]:
    """What a campaign received and spent by intent; all of them together come last."""
    query = (
        select(LedgerAccount.code, _received, _spent)
        .join(LedgerDay, LedgerDay.account_id == LedgerAccount.id)
        .where(LedgerAccount.campaign_id == campaign_id)
        .group_by(LedgerAccount.code)
        .order_by(LedgerAccount.code)
    )
    found = [
        Bucket(code.split(":")[3], int(received), int(spent))
        for code, received, spent in db.session.execute(query)
    ]
    whole = Bucket("", sum(one.received_rials for one in found), sum(one.spent_rials for one in found))
    return [*found, whole]
