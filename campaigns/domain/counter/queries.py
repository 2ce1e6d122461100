"""Reads of offices, their people and their papers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.models import Grant, User
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role
from campaigns.domain.campaigns.calendar import is_live
from campaigns.domain.campaigns.models import AllowedIntent, Campaign, campaign_province
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.counter.models import (
    CardReader,
    Deposit,
    DepositState,
    Office,
    OfficeClerk,
    Receipt,
    Sheet,
    SheetState,
)

USUAL_FOR = timedelta(days=30)
MOST_USUAL = 9


class Offered(NamedTuple):
    """Ids of campaigns that take gifts now, by how near they are to an office."""

    usual: Sequence[int]
    near: Sequence[int]
    others: Sequence[int]


def by_public_id(public_id: str) -> Office | None:
    return db.session.scalar(select(Office).where(Office.public_id == public_id))


def within(scope: Scope) -> list[Office]:
    """The offices of the scope, by province and code."""
    query = select(Office).order_by(Office.province_code, Office.code)
    if not scope.everywhere:
        query = query.where(Office.province_code.in_(scope.province_codes))
    return list(db.session.scalars(query))


def offices_of(user_id: int) -> list[Office]:
    """The offices somebody was given to, by code."""
    here = exists().where(
        OfficeClerk.office_id == Office.id, OfficeClerk.user_id == user_id, OfficeClerk.taken_at.is_(None)
    )
    return list(db.session.scalars(select(Office).where(here).order_by(Office.code)))


def clerks_of(office: Office) -> list[OfficeClerk]:
    query = select(OfficeClerk).where(OfficeClerk.office_id == office.id, OfficeClerk.taken_at.is_(None))
    return list(db.session.scalars(query.options(joinedload(OfficeClerk.user)).order_by(OfficeClerk.id)))


def who_could_work(office: Office) -> list[User]:
    """People whose role lets them take gifts in the province of the office and who do not work here yet, by name."""
    roles = [role.value for role in Role if Permission.TAKE_GIFTS in WHO_MAY[role]]
    may = exists().where(
        Grant.user_id == User.id,
        Grant.role.in_(roles),
        Grant.campaign_id.is_(None),
        or_(Grant.province_code.is_(None), Grant.province_code == office.province_code),
    )
    here = exists().where(
        OfficeClerk.office_id == office.id, OfficeClerk.user_id == User.id, OfficeClerk.taken_at.is_(None)
    )
    return list(db.session.scalars(select(User).where(may, ~here, User.is_enabled).order_by(User.name)))


def readers_of(office: Office) -> list[CardReader]:
    query = select(CardReader).where(CardReader.office_id == office.id)
    return list(db.session.scalars(query.order_by(CardReader.number)))


def offered(office: Office) -> Offered:
    """Every campaign that takes gifts now: what this office took most for lately, then those of its province."""
    live = select(Campaign.id).where(is_live(tehran_day(now())))
    lately = Receipt.made_at > now() - USUAL_FOR
    used = (
        select(Contribution.campaign_id)
        .join(Receipt, Receipt.contribution_id == Contribution.id)
        .where(Receipt.office_id == office.id, lately, Contribution.campaign_id.in_(live))
        .group_by(Contribution.campaign_id)
        .order_by(func.count().desc(), Contribution.campaign_id)
        .limit(MOST_USUAL)
    )
    usual = list(db.session.scalars(used))
    here = exists().where(
        campaign_province.c.campaign_id == Campaign.id,
        campaign_province.c.province_code == office.province_code,
    )
    others = live.where(Campaign.id.not_in(usual)).order_by(Campaign.id.desc())
    near = list(db.session.scalars(others.where(here)))
    return Offered(usual, near, list(db.session.scalars(others.where(~here))))


def intents_of(campaign_ids: Sequence[int]) -> dict[int, list[str]]:
    """What each of these campaigns takes, in its own order."""
    query = select(AllowedIntent.campaign_id, AllowedIntent.intent).where(
        AllowedIntent.campaign_id.in_(campaign_ids)
    )
    found: dict[int, list[str]] = {campaign_id: [] for campaign_id in campaign_ids}
    for campaign_id, intent in db.session.execute(query.order_by(AllowedIntent.position)):
        found[campaign_id].append(intent)
    return found


def receipt_by_public_id(office: Office, public_id: str) -> Receipt | None:
    query = _receipts().where(Receipt.office_id == office.id, Receipt.public_id == public_id)
    return db.session.scalar(query)


def receipt_of(contribution_id: int) -> Receipt | None:
    """The receipt of a gift that was given at a counter."""
    return db.session.scalar(_receipts().where(Receipt.contribution_id == contribution_id))


def receipts_on(office: Office, sheet: Sheet | None, limit: int | None = None) -> list[Receipt]:
    """The receipts of a sheet, or those that are on none yet; the newest first."""
    query = _receipts().where(
        Receipt.office_id == office.id, Receipt.sheet_id == (sheet.id if sheet else None)
    )
    return list(db.session.scalars(query.order_by(Receipt.id.desc()).limit(limit)))


def sheet_by_public_id(public_id: str) -> Sheet | None:
    return db.session.scalar(select(Sheet).where(Sheet.public_id == public_id))


def sheets_of(office: Office, limit: int = 31) -> list[Sheet]:
    """The newest first."""
    query = select(Sheet).where(Sheet.office_id == office.id).order_by(Sheet.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def open_sheets(scope: Scope) -> list[Sheet]:
    """What waits for a second person, or to be counted once more; the oldest first."""
    query = select(Sheet).join(Office).where(Sheet.state != SheetState.CONFIRMED.value)
    if not scope.everywhere:
        query = query.where(Office.province_code.in_(scope.province_codes))
    return list(db.session.scalars(query.order_by(Sheet.counted_at)))


def deposit_by_public_id(public_id: str) -> Deposit | None:
    return db.session.scalar(select(Deposit).where(Deposit.public_id == public_id))


def deposits_of(office: Office, limit: int = 31) -> list[Deposit]:
    """The newest first."""
    query = select(Deposit).where(Deposit.office_id == office.id).order_by(Deposit.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def open_deposits(scope: Scope) -> list[Deposit]:
    """What nobody has seen at the bank yet, the oldest first."""
    query = select(Deposit).join(Office).where(Deposit.state == DepositState.SENT.value)
    if not scope.everywhere:
        query = query.where(Office.province_code.in_(scope.province_codes))
    return list(db.session.scalars(query.order_by(Deposit.sent_at)))


def _receipts() -> Select[Receipt]:
    whole = joinedload(Receipt.contribution).joinedload(Contribution.campaign)
    return select(Receipt).options(whole, joinedload(Receipt.office), joinedload(Receipt.reader))
