"""The history of a refund: one line for each move. Does not commit."""

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund, RefundStep


def write(refund: Refund, before: str, actor: User, note: str) -> None:
    """`actor`: who did it; what a gateway answered is written down for the one who approved asking it."""
    step = RefundStep(
        refund_id=refund.id, before=before, after=refund.state, actor_id=actor.id, note=note.strip()
    )
    db.session.add(step)
    db.session.flush()


def said(words: str) -> None:
    """Raises `Refused` (`evidence`) where nothing is said."""
    if not words.strip():
        raise Refused("evidence")
