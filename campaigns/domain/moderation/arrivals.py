"""The queue keeps up with the things: whatever is sent, withdrawn, replaced or decided.

Other rooms know nothing of the queue. What passes through a session is noted with the same transaction; what is
written past it (a gift received in one statement) is found by the worker, who also mends whatever went astray.
"""

from typing import Any

from sqlalchemy import and_, delete, event, exists, inspect, select
from sqlalchemy.orm import Session

from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.moderation.contract import Item, Subject
from campaigns.domain.moderation.hints import kinds_of
from campaigns.domain.moderation.queue_models import QueueEntry
from campaigns.domain.moderation.service import due_of, service_of
from campaigns.domain.moderation.subjects import SUBJECTS

MOST_AT_ONCE = 500
_NOTED = "queue: rows that changed"


def keep_up() -> None:
    """From now on every session tells the queue."""
    for moment, told in (
        ("after_flush", _note),
        ("after_flush_postexec", _write),
        ("after_rollback", _forget),
    ):
        if not event.contains(Session, moment, told):
            event.listen(Session, moment, told)


def gather() -> int:
    """Brings in what waits and is not in the queue, takes out what no longer waits. Returns how many rows changed.

    A bounded number of things each time; a few statements for each kind, however many wait. Does not commit.
    """
    return sum(_take_out(subject) + _bring_in(subject) for subject in SUBJECTS.values())


def follow(kind: str, row: Any) -> None:
    """For who has moved a thing past its session: it is in the queue with the same commit, or out of it."""
    subject = SUBJECTS[kind]
    if subject.waits_now(row):
        enter(subject, row)
    else:
        leave(subject, row.id)


def enter(subject: Subject, row: Any) -> None:
    """Puts a thing into the queue, due from when it began to wait; one that is there keeps its place and its claim
    unless it has been sent anew.
    """
    item = subject.item(row)
    values = _values(subject, item)
    fresh = insert(QueueEntry).values(subject_id=row.id, kind=subject.kind, **values)
    anew = QueueEntry.waiting_since != values["waiting_since"]
    change = {**values, "claimed_by_id": None, "claimed_until": None}
    db.session.execute(
        fresh.on_conflict_do_update(index_elements=["kind", "subject_id"], set_=change, where=anew)
    )


def leave(subject: Subject, row_id: int) -> None:
    db.session.execute(
        delete(QueueEntry.__table__).where(  # type: ignore[arg-type]
            QueueEntry.kind == subject.kind, QueueEntry.subject_id == row_id
        )
    )


def _values(subject: Subject, item: Item) -> dict[str, Any]:
    service = service_of(item, subject.service)
    places = sorted(item.where.province_codes) if item.where else []
    return {
        "public_id": item.public_id,
        "campaign_id": item.campaign.id if item.campaign else None,
        "author_id": item.author_id,
        "places": f" {' '.join(places)} " if places else "",
        "service": service,
        "waiting_since": item.waiting_since,
        "due_at": due_of(item.waiting_since, service),
        "title_fa": item.titles[0][:200],
        "title_en": item.titles[1][:200],
        "hints": kinds_of(item),
    }


def _bring_in(subject: Subject) -> int:
    here = exists().where(QueueEntry.kind == subject.kind, QueueEntry.subject_id == subject.table.id)
    query = select(subject.table).where(subject.condition(), ~here).order_by(subject.table.id)
    rows = db.session.scalars(query.limit(MOST_AT_ONCE)).all()
    for row in rows:
        enter(subject, row)
    return len(rows)


def _take_out(subject: Subject) -> int:
    table = subject.table
    still = exists().where(and_(table.id == QueueEntry.subject_id, subject.condition()))
    gone = delete(QueueEntry).where(QueueEntry.kind == subject.kind, ~still)
    return int(db.session.execute(gone.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]


def _note(session: Session, _context: object) -> None:
    """While a flush still knows what is new and what has changed."""
    for row in (*session.new, *session.dirty):
        for subject in _BY_TABLE.get(type(row), ()):
            if row in session.new or _moved(subject, row):
                session.info.setdefault(_NOTED, []).append((subject, row, row in session.new))


def _write(session: Session, _context: object) -> None:
    """After the flush: what waits is entered, what no longer does leaves."""
    for subject, row, is_new in session.info.pop(_NOTED, ()):
        if subject.waits_now(row):
            enter(subject, row)
        elif not is_new:
            leave(subject, row.id)


def _moved(subject: Subject, row: Any) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in subject.signs)


def _forget(session: Session) -> None:
    session.info.pop(_NOTED, None)


_BY_TABLE: dict[Any, list[Subject]] = {}
for _subject in SUBJECTS.values():
    _BY_TABLE.setdefault(_subject.table, []).append(_subject)
