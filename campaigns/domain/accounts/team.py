"""The team of one campaign: who leads it invites others to a part of what they may do there, and ends it again.

Whoever holds the campaign by more than an invitation to it leads it: its author, its province's desk, an administrator.
Never beyond one's own reach, never to oneself. None of these commit; the campaign's row is to be held.
"""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Where, covers, grants_of
from campaigns.domain.accounts.actions import create_person
from campaigns.domain.accounts.administrators import hold
from campaigns.domain.accounts.grants import grant_role, revoke_role
from campaigns.domain.accounts.identity import Login
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission, Role
from campaigns.domain.accounts.queries import person
from campaigns.domain.accounts.resets import invitation as password_link
from campaigns.domain.accounts.team_models import TeamInvitation

TEAM_ROLES = (Role.ORGANIZER, Role.VIEWER)
"""What somebody may be on one campaign by its team: everything its author may do there but lead, or looking."""
MOST_WAITING = 20
OPEN = ("waiting", "accepted")


class NotInvited(Exception):
    """`why`: `self`, `there` already or invited, `many` invitations wait."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def leads(user_id: int, where: Where) -> bool:
    return any(
        grant.campaign_id is None and covers(grant, Permission.EDIT_CAMPAIGN, where)
        for grant in grants_of(user_id)
    )


def team(campaign_id: int) -> Sequence[TeamInvitation]:
    """Who was invited and is not gone, the oldest first."""
    query = select(TeamInvitation).where(
        TeamInvitation.campaign_id == campaign_id, TeamInvitation.state.in_(OPEN)
    )
    return db.session.scalars(query.order_by(TeamInvitation.id)).all()


def invite(
    by: User, campaign_id: int, email: str, name: str, language: str, role: Role
) -> tuple[TeamInvitation, str]:
    """The invitation, and the secret of a link to choose a password for who has none (else empty).

    Nothing in it says whether there was an account before. Raises `NotInvited`; `ValueError` for a role that no team
    gives.
    """
    if role not in TEAM_ROLES:
        raise ValueError(role)
    standing = team(campaign_id)
    if by.email == email:
        raise NotInvited("self")
    if any(row.email == email for row in standing):
        raise NotInvited("there")
    if sum(row.state == "waiting" for row in standing) >= MOST_WAITING:
        raise NotInvited("many")
    user = person(Login(email=email)) or create_person(name, email=email, language=language, by=by)
    made = TeamInvitation(
        campaign_id=campaign_id, role=role.value, email=email, name=name, user=user, invited_by=by
    )
    db.session.add(made)
    db.session.flush()
    secret = password_link(user, by) if user.password_hash is None and user.is_enabled else ""
    return made, secret


def waiting_for(user_id: int) -> Sequence[TeamInvitation]:
    """What somebody is asked to join."""
    query = select(TeamInvitation).where(TeamInvitation.user_id == user_id, TeamInvitation.state == "waiting")
    return db.session.scalars(query.order_by(TeamInvitation.id)).all()


def answer(user: User, public_id: str, where_of: Where, *, agrees: bool) -> bool:
    """Joins, or does not. False: it is no longer asked, or who asked no longer leads the campaign."""
    found = db.session.scalar(
        select(TeamInvitation)
        .where(TeamInvitation.public_id == public_id, TeamInvitation.user_id == user.id)
        .with_for_update(of=TeamInvitation)
        .execution_options(populate_existing=True)
    )
    if found is None or found.state != "waiting":
        return False
    holds = leads(found.invited_by_id, where_of) and found.invited_by.is_enabled
    found.state, found.ended_at = "accepted" if agrees and holds else "declined", now()
    if not agrees or not holds:
        return not agrees
    hold(user)
    grant_role(user, Role(found.role), campaign_id=found.campaign_id, by=found.invited_by)
    return True


def end(by: User, campaign_id: int, public_id: str) -> bool:
    """Takes an invitation back, or the role that came of it. False: there is none, or it is one's own."""
    found = db.session.scalar(
        select(TeamInvitation)
        .where(TeamInvitation.campaign_id == campaign_id, TeamInvitation.public_id == public_id)
        .with_for_update(of=TeamInvitation)
        .execution_options(populate_existing=True)
    )
    if found is None or found.state not in OPEN or found.user_id == by.id:
        return False
    if found.state == "accepted":
        hold(found.user)
        revoke_role(found.user, Role(found.role), campaign_id=campaign_id, by=by)
    found.state, found.ended_at = "withdrawn", now()
    return True
