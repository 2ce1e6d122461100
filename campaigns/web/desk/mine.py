"""Which campaigns a signed-in person reaches, and with which permission."""

from flask import abort
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import grants_of, scope_of
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_public_id, in_scope, where_is
from campaigns.web.guards import must


def my_campaigns() -> list[Campaign]:
    """Campaigns whose gifts I may see or whose texts I may change, the newest first."""
    found: dict[int, Campaign] = {}
    for permission in (Permission.EDIT_CAMPAIGN, Permission.SEE_GIFTS):
        scope = scope_of(current_user.id, permission)
        query = in_scope(select(Campaign), scope, current_user.id).options(selectinload(Campaign.provinces))
        found |= {campaign.id: campaign for campaign in db.session.scalars(query)}
    return sorted(found.values(), key=lambda campaign: campaign.created_at, reverse=True)


def reach() -> frozenset[str] | None:
    """The provinces this person may write campaigns for; None is the whole country."""
    codes = set()
    for grant in grants_of(current_user.id):
        if Permission.EDIT_CAMPAIGN in WHO_MAY[Role(grant.role)] and grant.campaign_id is None:
            if grant.province_code is None:
                return None
            codes.add(grant.province_code)
    return frozenset(codes)


def mine(public_id: str, permission: Permission, *, lock: bool = False) -> Campaign:
    """The campaign, if this person holds `permission` on it; else 404."""
    campaign = by_public_id(public_id, lock=lock)
    if campaign is None:
        abort(404)
    must(permission, where_is(campaign))
    return campaign
