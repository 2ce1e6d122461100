"""Where deliveries stand, for who may record them."""

from flask import abort
from flask_login import current_user

from campaigns.domain.accounts.access import Where, may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_public_id as campaign_by_public_id
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.counter.models import Office
from campaigns.domain.counter.queries import within
from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.queries import by_public_id
from campaigns.domain.regions.models import County
from campaigns.domain.regions.queries import counties
from campaigns.web.guards import must

RECORDS = Permission.RECORD_DELIVERIES


def one(public_id: str) -> Delivery:
    """404 unless one may record deliveries of its campaign in its county's province."""
    delivery = by_public_id(public_id)
    if delivery is None:
        abort(404)
    must(RECORDS, _place(delivery.campaign, delivery.county.province_code))
    return delivery


def campaign(public_id: str) -> Campaign:
    found = campaign_by_public_id(public_id)
    if found is None or found.approved_at is None:
        abort(404)
    must(RECORDS, where_is(found))
    return found


def counties_of(found: Campaign) -> list[County]:
    """Those of the campaign's provinces in which one may record."""
    codes = [place.code for place in found.provinces]
    return counties([code for code in codes if may(current_user.id, RECORDS, _place(found, code))])


def offices() -> list[Office]:
    return [office for office in within(scope_of(current_user.id, RECORDS)) if office.is_open]


def _place(found: Campaign, code: str) -> Where:
    return Where(found.id, frozenset({code}), found.author_id)
