"""Taking a booked batch back: one person asks, another does it; the book mirrors every line. None of these commit."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.counter.batch_models import Batch, BatchLine, BatchReturn, BatchState
from campaigns.domain.counter.batches import key_of, lines_of
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.reasons import BatchReason
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import mirror
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.refunds.holding import held_free


def ask(batch: Batch, reason: BatchReason, note: str, actor: User) -> BatchReturn:
    """Nothing changes in the book yet. Raises `Refused`: `moved`: it is not in the book, or somebody has asked."""
    db.session.refresh(batch)
    if batch.state != BatchState.BOOKED:
        raise Refused("moved")
    asked = BatchReturn(batch_id=batch.id, reason_code=reason.value, note=note.strip(), asked_by_id=actor.id)
    try:
        with db.session.begin_nested():
            db.session.add(asked)
            db.session.flush()
    except IntegrityError:  # one stands already
        raise Refused("moved") from None
    return asked


def take_back(batch: Batch, actor: User) -> None:
    """Mirrors each line, exactly, and frees its statement and its days to be entered anew.

    Raises `Refused`: `own`, `moved`, `spent`: a campaign holds less than the batch has brought it.
    """
    _answer(batch, actor, "done")
    done = db.session.execute(
        update(Batch)
        .where(Batch.id == batch.id, Batch.state == BatchState.BOOKED.value)
        .values(state=BatchState.TAKEN_BACK.value)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    lines = lines_of(batch)
    held = {line.id: accounts.campaign(line.campaign_id, line.intent) for line in lines}
    for line in sorted(lines, key=lambda line: held[line.id]):  # in one order: nobody waits in a circle
        if held_free(held[line.id]) < line.rials:
            raise Refused("spent")
    for line in lines:
        mirror(key_of(line), Kind.GIFT_REVERSED, occurred_at=now(), actor_id=actor.id)
    freed = update(BatchLine).where(BatchLine.batch_id == batch.id).values(dedupe_key=None)
    db.session.execute(freed.execution_options(synchronize_session="fetch"))
    db.session.refresh(batch)


def keep(batch: Batch, actor: User, answer: str) -> None:
    """The second person says no, and why: it stays in the book. Raises `Refused`: `own`, `moved`."""
    _answer(batch, actor, "refused", answer.strip())


def standing(batch: Batch) -> BatchReturn | None:
    """What somebody asked for and nobody has answered, or what was done."""
    query = select(BatchReturn).where(BatchReturn.batch_id == batch.id, BatchReturn.state != "refused")
    return db.session.scalar(query)


def refusals(batch: Batch) -> list[BatchReturn]:
    """What was asked for and not done, in order."""
    query = select(BatchReturn).where(BatchReturn.batch_id == batch.id, BatchReturn.state == "refused")
    return list(db.session.scalars(query.order_by(BatchReturn.id)))


def _answer(batch: Batch, actor: User, state: str, answer: str = "") -> None:
    """Once, whoever else answers; never by who asked."""
    asked = standing(batch)
    if asked is None or asked.state != "asked":
        raise Refused("moved")
    if asked.asked_by_id == actor.id:
        raise Refused("own")
    done = db.session.execute(
        update(BatchReturn)
        .where(BatchReturn.id == asked.id, BatchReturn.state == "asked")
        .values(state=state, decided_by_id=actor.id, decided_at=now(), answer=answer)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(asked)
