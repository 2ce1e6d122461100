"""Taking an import back as a whole, while nothing rests on its lines. Does not commit.

What stood in `unallocated` for its lines is mirrored. The lines stay, to be read, and what they say may come again
with the right file: their place among equal lines is given free.
"""

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import aliased

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger.actions import mirror
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.models import ReviewStep
from campaigns.domain.refunds.states import ItemState, walk
from campaigns.domain.statements import files
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.identity import identities
from campaigns.domain.statements.imports import content, hold, layout_of
from campaigns.domain.statements.lines import understood
from campaigns.domain.statements.models import StatementImport, StatementLine, StatementReturn, StatementStep
from campaigns.domain.statements.outcomes import ImportState, Outcome

_own = aliased(StatementLine)


def rests(one: StatementImport) -> str:
    """What rests on its lines, as a word for the door; empty: nothing does, and it may be taken back.

    `gift`: one was credited; `hands`: people have said something about one; `item`: they decide about money of one;
    `twin`: a line of another file was told apart by one; `later`: a later file has brought some of them again.
    """
    mine = StatementLine.import_id == one.id
    if _any(mine, StatementLine.outcome == Outcome.VALID.value):
        return "gift"
    if _any(mine, exists().where(StatementStep.line_id == StatementLine.id)):
        return "hands"
    untouched = ReviewItem.state == ItemState.OPEN.value
    if _any(mine, exists().where(ReviewItem.id == StatementLine.item_id, ~untouched)):
        return "item"
    told_apart = exists().where(_own.id == StatementLine.twin_id, _own.import_id == one.id)
    if _any(StatementLine.import_id != one.id, told_apart):
        return "twin"
    return "later" if _came_again(one) else ""


def take_back(one: StatementImport, actor: User, reason: str) -> StatementReturn:
    """Raises `Refused`: `moved`: it is not imported (any more), or one of the words of `rests`."""
    hold(one.bank_account_id)
    done = db.session.execute(
        update(StatementImport)
        .where(StatementImport.id == one.id, StatementImport.state == ImportState.IMPORTED.value)
        .values(state=ImportState.TAKEN_BACK.value)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    why = rests(one)
    if why:
        raise Refused(why)
    _mirror_what_waits(one, actor, reason)
    count = _free(one)
    back = StatementReturn(import_id=one.id, reason=reason.strip(), lines=count, by_id=actor.id)
    db.session.add(back)
    db.session.flush()
    db.session.refresh(one)
    return back


def return_of(one: StatementImport) -> StatementReturn | None:
    """Why it was taken back, and by whom."""
    return db.session.get(StatementReturn, one.id)


def _any(*conditions: object) -> bool:
    query = select(StatementLine.id).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(query.limit(1)) is not None


def _came_again(one: StatementImport) -> bool:
    """Whether a later file of the account, which is still imported, has lines that are kept with this one."""
    query = select(StatementImport).where(
        StatementImport.bank_account_id == one.bank_account_id,
        StatementImport.state == ImportState.IMPORTED.value,
        StatementImport.ended_at >= one.ended_at,
        StatementImport.id != one.id,
        StatementImport.known_lines > 0,
    )
    later = db.session.scalars(query).all()
    if not later:
        return False
    rows = select(StatementLine.checksum, StatementLine.occurrence).where(StatementLine.import_id == one.id)
    kept = {(bytes(row[0]), row[1]) for row in db.session.execute(rows)}
    return any(kept & _identities(other) for other in later)


def _identities(one: StatementImport) -> set[tuple[bytes, int]]:
    rows = files.read(content(one))
    layout = layout_of(one, rows)
    lines = understood(rows, layout).lines if layout else ()
    return {(identity.checksum, identity.occurrence) for identity in identities(lines)}


def _mirror_what_waits(one: StatementImport, actor: User, reason: str) -> None:
    """The money of its lines leaves `unallocated` again; nobody decides about it any more."""
    query = (
        select(ReviewItem)
        .join(StatementLine, StatementLine.item_id == ReviewItem.id)
        .where(StatementLine.import_id == one.id)
        .order_by(ReviewItem.id)
    )
    for item in db.session.scalars(query).all():
        walk(item, ItemState.CLOSED, closed_at=now())
        db.session.add(ReviewStep(item_id=item.id, verb="aside", evidence=reason.strip(), actor_id=actor.id))
        mirror(f"unalloc:{item.public_id}", Kind.REVERSAL, occurred_at=now(), actor_id=actor.id)


def _free(one: StatementImport) -> int:
    """Its lines are there to be read alone; below zero, their occurrence is in nobody's way."""
    lines = update(StatementLine).where(StatementLine.import_id == one.id)
    values = {
        "outcome": Outcome.TAKEN_BACK.value,
        "occurrence": -StatementLine.id,
        "twin_id": None,
        "checked_at": now(),
    }
    db.session.execute(lines.values(values).execution_options(synchronize_session=False))
    db.session.expire_all()
    return db.session.scalar(select(func.count()).where(StatementLine.import_id == one.id)) or 0
