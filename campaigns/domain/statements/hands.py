"""By hand: one person says what a line is; above the house's threshold a second one agrees. That it is not the gift
it was taken for, two people say whatever its amount.

None of these commit.
"""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.decisions import is_own
from campaigns.domain.claims.errors import NotCredited
from campaigns.domain.claims.models import TransferClaim
from campaigns.domain.refunds.states import ItemState, WrongStep
from campaigns.domain.statements.booking import BY_HAND, give, set_aside
from campaigns.domain.statements.checking import check
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.imports import hold
from campaigns.domain.statements.models import StatementLine, StatementStep
from campaigns.domain.statements.outcomes import WAITING, WRONG, Outcome, What
from campaigns.domain.statements.wrongly import take_from_gift

PROPOSE, AGREE, REFUSE, DONE = "propose", "agree", "refuse", "match"


def is_open(line: StatementLine) -> bool:
    """Whether people may still say what the line is: no gift has it, and nobody decides about its review item."""
    if line.outcome == Outcome.DUPLICATE:
        return True
    return line.outcome in WAITING and line.item is not None and line.item.state == ItemState.OPEN


def propose(
    line: StatementLine,
    what: What,
    claim: TransferClaim | None,
    actor: User,
    note: str,
    *,
    two_people: bool,
) -> bool:
    """The first person says what it is, with its claim if it is a gift. True: done at once.

    Of a gift it is not (`WRONG`), the claim is that gift's, and nothing is ever done at once.

    Raises `Refused`: `evidence` missing, `own` campaign, `account` of the claim is another one, `moved`, or why the
    claim cannot be credited (`claim`, `line`, `campaign`).
    """
    hold(line.bank_account_id)
    db.session.refresh(line)
    _allowed(line, what, claim, actor)
    if not note.strip():
        raise Refused("evidence")
    if standing(line) is not None:
        raise Refused("moved")
    two_people = two_people or what.value in WRONG
    step = _write(line, PROPOSE if two_people else DONE, what, claim, actor, note)
    if not two_people:
        _carry_out(line, step, actor)
    return not two_people


def agree(line: StatementLine, proposal_id: str, actor: User, note: str = "") -> None:
    """The second person agrees to the proposal they have read, and it is carried out. Raises `Refused`, as above."""
    proposal = _answered(line, proposal_id, actor)
    _allowed(line, What(proposal.what), proposal.claim, actor)
    _write(line, AGREE, What(proposal.what), proposal.claim, actor, note)
    _carry_out(line, proposal, actor)


def refuse(line: StatementLine, proposal_id: str, actor: User, note: str) -> None:
    """The second person says no and why, or the first takes it back. Raises `Refused` (`evidence`, `moved`)."""
    proposal = _answered(line, proposal_id, None)
    if not note.strip():
        raise Refused("evidence")
    _write(line, REFUSE, What(proposal.what), proposal.claim, actor, note)


def standing(line: StatementLine) -> StatementStep | None:
    """The proposal that waits for a second person, if one does."""
    last = steps_of(line)[-1:]
    if not last or last[0].verb != PROPOSE:
        return None
    wrong = last[0].what in WRONG
    waits = is_open(line) if not wrong else line.claim_id is not None and last[0].claim_id == line.claim_id
    return last[0] if waits else None


def steps_of(line: StatementLine) -> list[StatementStep]:
    """Everything people said about the line, in order."""
    query = select(StatementStep).where(StatementStep.line_id == line.id).order_by(StatementStep.id)
    whole = joinedload(StatementStep.claim).joinedload(TransferClaim.contribution)
    return list(db.session.scalars(query.options(joinedload(StatementStep.actor), whole)))


def _answered(line: StatementLine, proposal_id: str, actor: User | None) -> StatementStep:
    hold(line.bank_account_id)
    db.session.refresh(line)
    proposal = standing(line)
    if proposal is None or proposal.public_id != proposal_id:
        raise Refused("moved")
    if actor is not None and proposal.actor_id == actor.id:
        raise Refused("same")
    return proposal


def _allowed(line: StatementLine, what: What, claim: TransferClaim | None, actor: User) -> None:
    if what.value in WRONG:
        may = line.claim is not None and claim is not None and line.claim.id == claim.id
    else:
        may = is_open(line) and (what is not What.OWN or line.outcome == Outcome.DUPLICATE)
    if not may:
        raise Refused("moved")
    if claim is not None and claim.bank_account_id != line.bank_account_id:
        raise Refused("account")
    if claim is not None and is_own(claim, actor):
        raise Refused("own")


def _carry_out(line: StatementLine, said: StatementStep, actor: User) -> None:
    try:
        if said.what in WRONG:
            take_from_gift(line, actor, said.note)
        elif said.claim is not None:
            give(line, said.claim, BY_HAND, actor)
        elif said.what == What.ASIDE:
            set_aside(line, actor, said.note)
        else:
            line.outcome = Outcome.UNCHECKED.value
            db.session.flush()
            check(line.bank_account_id, actor)
    except NotCredited as why:
        raise Refused(why.reason) from None
    except WrongStep:
        raise Refused("moved") from None


def _write(
    line: StatementLine, verb: str, what: What, claim: TransferClaim | None, actor: User, note: str
) -> StatementStep:
    step = StatementStep(
        line_id=line.id, verb=verb, what=what.value, claim=claim, note=note.strip(), actor_id=actor.id
    )
    db.session.add(step)
    db.session.flush()
    return step
