"""A line that was taken for the gift it is not: its money leaves that gift and waits for people. None of these commit.

The book is set right by new lines alone: the credit is mirrored, exactly, and what the bank brought stands in
`unallocated` under a review item, from where the line is matched anew by hand. Rules do not touch it any more.
"""

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.claims import errors as claims
from campaigns.domain.claims.uncredit import uncredit
from campaigns.domain.ledger.actions import mirror
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.queries import source_of
from campaigns.domain.refunds.holding import held_free
from campaigns.domain.refunds.models import ReviewStep
from campaigns.domain.refunds.states import ItemState, walk
from campaigns.domain.statements.booking import BY_HAND, keep, say
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.models import StatementLine
from campaigns.domain.statements.outcomes import Outcome


def take_from_gift(line: StatementLine, actor: User, note: str) -> None:
    """Raises `Refused`: `moved`: it is no gift (any more), `spent`: its campaign holds less than the line brought."""
    claim = line.claim
    source = source_of(("claim", claim.id)) if claim is not None else None
    if claim is None or source is None:
        raise Refused("moved")
    if held_free(source[0]) < line.rials:
        raise Refused("spent")
    mirror(claim.credit_key, Kind.GIFT_REVERSED, occurred_at=now(), actor_id=actor.id)
    try:
        uncredit(claim, actor, note)
    except claims.Refused as why:
        raise Refused(why.reason) from None
    if line.item is None:
        keep(line, Outcome.RETURNED, BY_HAND)
        return
    walk(line.item, ItemState.OPEN, closed_at=None)
    db.session.add(ReviewStep(item_id=line.item.id, verb="wrong", evidence=note, actor_id=actor.id))
    say(line, Outcome.RETURNED, BY_HAND)
