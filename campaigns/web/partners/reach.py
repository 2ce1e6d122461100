"""What of partners the signed-in person may see and change: what lies in their provinces."""

from collections.abc import Sequence

from flask import abort
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope, scope_of
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.accounts.queries import organization
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.campaigns.states import State
from campaigns.domain.partners.models import Memorandum
from campaigns.domain.partners.queries import by_public_id, place_of, where_is
from campaigns.web.guards import must

SERVED = (State.APPROVED.value, State.LIVE.value, State.PAUSED.value, State.FROZEN.value)


def scope() -> Scope:
    return scope_of(current_user.id, Permission.MANAGE_PARTNERS)


def memorandum(public_id: str, *, lock: bool = False) -> Memorandum:
    """404 unless it lies within reach."""
    found = by_public_id(public_id, lock=lock)
    if found is None:
        abort(404)
    must(Permission.MANAGE_PARTNERS, where_is(found))
    return found


def house(slug: str) -> Organization:
    """404 unless the organization lies within reach."""
    found = organization(slug)
    if found is None:
        abort(404)
    must(Permission.MANAGE_PARTNERS, place_of(found))
    return found


def servable(besides: Sequence[Campaign] = ()) -> list[Campaign]:
    """Campaigns within reach that a memorandum may serve, and those it serves already."""
    wanted = select(Campaign).where(Campaign.state.in_(SERVED)).order_by(Campaign.id)
    mine = list(db.session.scalars(in_scope(wanted, scope(), current_user.id)))
    return mine + [campaign for campaign in besides if campaign not in mine]
