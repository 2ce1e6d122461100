"""Claims as people of the house find them: by state, within reach."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import in_scope
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.claims.states import State
from campaigns.domain.contributions.models import Contribution

MOST = 200


def claims(state: State, scope: Scope, user_id: int) -> list[TransferClaim]:
    """At most 200 claims in a state, each with its gift: those nobody has looked at the oldest first, others the
    newest.
    """
    order = TransferClaim.submitted_at if state is State.SUBMITTED else TransferClaim.id.desc()
    whole = joinedload(TransferClaim.contribution)
    query = _reached(select(TransferClaim), scope, user_id).where(TransferClaim.state == state.value)
    return list(db.session.scalars(query.options(whole).order_by(order).limit(MOST)))


def counts(scope: Scope, user_id: int) -> dict[str, int]:
    """How many claims are in each state."""
    query = select(TransferClaim.state, func.count()).group_by(TransferClaim.state)
    return {state: int(number) for state, number in db.session.execute(_reached(query, scope, user_id))}


def _reached(query: Any, scope: Scope, user_id: int) -> Any:
    """Only those of campaigns within the scope."""
    if scope.everywhere:
        return query
    own = in_scope(select(Campaign), scope, user_id).with_only_columns(Campaign.id)
    return query.join(Contribution, Contribution.id == TransferClaim.contribution_id).where(
        Contribution.campaign_id.in_(own)
    )
