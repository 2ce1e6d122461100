"""Where money stands, for who may see it and who may decide about it."""

from datetime import datetime

from flask import abort
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import COUNTRY, Where, may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import AllowedIntent, Campaign
from campaigns.domain.campaigns.queries import in_scope, where_is
from campaigns.domain.campaigns.states import State
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.payments.models import PaymentAttempt, ReviewItem
from campaigns.domain.payments.moves import reversible_until
from campaigns.domain.statements.queries import accounts
from campaigns.web.finance.gateways import where_of
from campaigns.web.ways import gateway_of


def place_of(attempt: PaymentAttempt | None) -> Where:
    """Money of no campaign belongs to the whole country."""
    return where_is(attempt.contribution.campaign) if attempt else COUNTRY


def reaches(item: ReviewItem, permission: Permission = Permission.SEE_MONEY) -> bool:
    return may(current_user.id, permission, place_of_item(item))


def place_of_item(item: ReviewItem) -> Where:
    """Where its payment is; of money on an account of a province (`statements.booking`), there."""
    province = item.detail.get("province") if item.attempt is None else None
    return Where(province_codes=frozenset({province})) if province else place_of(item.attempt)


def reverse_until(attempt: PaymentAttempt | None) -> datetime | None:
    """Until when the gateway of a payment would take it back; none, where it never would or cannot be asked."""
    if attempt is None:
        return None
    return reversible_until(attempt, gateway_of(attempt.gateway, attempt.account_id))


def must_handle(campaign: Campaign | None) -> None:
    """404 unless one may handle this campaign's money."""
    if campaign is None or not may(current_user.id, Permission.HANDLE_MONEY, where_is(campaign)):
        abort(404)


def takers(intent: str) -> list[int]:
    """Ids of the live campaigns within reach that take gifts of `intent`, or of any when it is empty."""
    query = select(Campaign).where(Campaign.state == State.LIVE.value).order_by(Campaign.id)
    if intent:
        takes = select(AllowedIntent.campaign_id).where(AllowedIntent.intent == intent)
        query = query.where(Campaign.id.in_(takes))
    scope = scope_of(current_user.id, Permission.HANDLE_MONEY)
    return [row.id for row in db.session.scalars(in_scope(query, scope, current_user.id))]


def reached_accounts(permission: Permission) -> list[BankAccount]:
    """Accounts that transfers are paid to, of which somebody may do this."""
    return [one for one in accounts() if may(current_user.id, permission, where_of(one.organization))]
