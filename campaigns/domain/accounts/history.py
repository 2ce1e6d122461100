"""What happened to an account itself. Roles given and taken have a record of their own (`grants.changes_of`)."""

from collections.abc import Sequence

import structlog
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import AccountChange, User

VERBS = (
    *("create", "correct", "invite", "link", "disable", "enable"),
    *("app", "no_app", "passkey", "no_key", "codes", "ask_2", "reset_2"),
)

log = structlog.get_logger("accounts")


def note(user: User, verb: str, by: User | None) -> None:
    """Writes down one of `VERBS`. `by` none: an operator at the console. Does not commit."""
    db.session.add(
        AccountChange(user_id=user.id, verb=verb, actor_id=by.id if by else None, changed_at=now())
    )
    log.info(f"person_{verb}", person=user.public_id, by=by.public_id if by else "console")


def account_changes_of(user: User) -> Sequence[AccountChange]:
    """Everything that happened to this account, oldest first."""
    return db.session.scalars(
        select(AccountChange).where(AccountChange.user_id == user.id).order_by(AccountChange.id)
    ).all()
