"""What a line does to the book. None of these commit.

A line whose gift is known is credited to it with what came (E4). Any other money that came stands in `unallocated`
under a review item (E5a) until its gift is found, or two people give it to a campaign (`refunds.allocation`).
"""

from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.credit import credit
from campaigns.domain.claims.errors import NotCredited
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, mirror, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments.events import open_item
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.models import ReviewStep
from campaigns.domain.refunds.states import ItemState, WrongStep, walk
from campaigns.domain.statements.models import StatementLine, StatementStep
from campaigns.domain.statements.outcomes import WRONG, Outcome

ITEM = "bank_line"
BY_HAND = "hand"


def give(line: StatementLine, claim: TransferClaim, rule: str, actor: User) -> None:
    """The line is this claim's gift. Money that waits under an item leaves it, and the item is closed.

    Raises `NotCredited`, or `WrongStep` when people are deciding about the item; then nothing is changed.
    """
    with db.session.begin_nested():
        if line.item is not None:
            _close(line.item, "found", claim.contribution.code, actor)
        credit(
            claim,
            line_id=line.id,
            received_rials=line.rials,
            paid_at=line.booked_at,
            by=actor.id if rule == BY_HAND else None,
            source=accounts.UNALLOCATED if line.item is not None else "",
            turn=_turn(line),
        )
        say(line, Outcome.VALID, rule, claim.id)


def give_or_keep(line: StatementLine, claim: TransferClaim, rule: str, actor: User) -> None:
    """The same for a rule's finding: money that cannot be credited to its gift waits for people, and says why."""
    try:
        give(line, claim, rule, actor)
    except NotCredited as why:
        keep(line, Outcome.ERROR, why.reason)
    except WrongStep:
        return  # people have begun to decide about it this very moment


def keep(line: StatementLine, outcome: Outcome, rule: str = "") -> None:
    """No one gift: the money waits in `unallocated`, under a review item, booked once."""
    if line.item_id is None:
        detail: dict[str, object] = {
            "rials": line.rials,
            "line": line.public_id,
            "bank": line.bank_account.bank,
            "booked_at": line.booked_at.isoformat(),
        }
        house = line.bank_account.organization
        detail |= {"province": house.province_code} if house and house.province_code else {}
        open_item(ITEM, line.public_id, detail)
        name = ReviewItem.dedupe_key == f"{ITEM}:{line.public_id}"
        line.item = db.session.execute(select(ReviewItem).where(name)).scalar_one()
        post(
            f"unalloc:{line.item.public_id}",
            Kind.UNALLOCATED,
            [Leg(line.bank_account.ledger_code, accounts.UNALLOCATED, line.rials)],
            occurred_at=now(),
            reference=("item", line.item.id),
        )
    say(line, outcome, rule)


def set_aside(line: StatementLine, actor: User, note: str) -> None:
    """The line is no gift: what stood in `unallocated` for it is taken back, exactly. Raises `WrongStep`."""
    with db.session.begin_nested():
        if line.item is not None:
            _close(line.item, "aside", note, actor)
            mirror(f"unalloc:{line.item.public_id}", Kind.REVERSAL, occurred_at=now(), actor_id=actor.id)
        say(line, Outcome.OTHER, BY_HAND)


def _turn(line: StatementLine) -> int:
    """One more than the gifts it was taken from again."""
    if line.outcome != Outcome.RETURNED:
        return 1
    again = StatementStep.line_id == line.id, StatementStep.verb == "agree", StatementStep.what.in_(WRONG)
    return 1 + (db.session.scalar(select(func.count()).where(*again)) or 0)


def _close(item: ReviewItem, verb: str, evidence: str, actor: User) -> None:
    """From now on nobody decides about money under this item: none is left (`refunds.queries`)."""
    walk(item, ItemState.CLOSED, closed_at=now())
    db.session.add(ReviewStep(item_id=item.id, verb=verb, evidence=evidence.strip(), actor_id=actor.id))
    db.session.flush()


def say(line: StatementLine, outcome: Outcome, rule: str, claim_id: int | None = None) -> None:
    """What became of the line; nothing of the book."""
    line.outcome, line.rule, line.claim_id, line.checked_at = outcome.value, rule, claim_id, now()
    db.session.flush()
