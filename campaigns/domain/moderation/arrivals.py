"""The queue keeps up with the things: whatever is sent, withdrawn, replaced or decided.

Other rooms know nothing of the queue. What passes through a session is noted with the same transaction; what is
written past it (a gift received in one statement) is found by the worker, who also mends whatever went astray.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Delete, Select, and_, delete, event, exists, inspect, select
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
_TOLD = (
    *("public_id", "campaign_id", "author_id", "places", "service", "waiting_since", "due_at"),
    *("title_fa", "title_en", "hints"),
)
"""What an entry says of its thing."""


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


def enter(subject: Subject, *rows: Any) -> None:
    """Puts things into the queue, due from when they began to wait; one that is there keeps its place and its claim
    unless it has been sent anew.
    """
    db.session.execute(_enter(db.session().get_bind().dialect.name), [_values(subject, row) for row in rows])


def leave(subject: Subject, row_id: int) -> None:
    db.session.execute(
        delete(QueueEntry.__table__).where(  # type: ignore[arg-type]
            QueueEntry.kind == subject.kind, QueueEntry.subject_id == row_id
        )
    )


def _values(subject: Subject, row: Any) -> dict[str, Any]:
    item: Item = subject.item(row)
    service = service_of(item, subject.service)
    places = sorted(item.where.province_codes) if item.where else []
    return {
        "kind": subject.kind,
        "subject_id": row.id,
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
    rows: Sequence[Any] = db.session.scalars(_missing(subject.kind)).all()
    if rows:
        enter(subject, *rows)
    return len(rows)


def _take_out(subject: Subject) -> int:
    return int(db.session.execute(_gone(subject.kind)).rowcount)  # type: ignore[attr-defined]


# Made once: the worker asks every other second about every kind, and making a statement costs several times what
# running it does.
@cache
def _enter(_dialect: str) -> Any:
    fresh = insert(QueueEntry)
    told = {name: fresh.excluded[name] for name in _TOLD}
    return fresh.on_conflict_do_update(
        index_elements=["kind", "subject_id"],
        set_=told | {"claimed_by_id": None, "claimed_until": None},
        where=QueueEntry.waiting_since != fresh.excluded.waiting_since,
    )


@cache
def _missing(kind: str) -> Select[Any]:
    subject = SUBJECTS[kind]
    here = exists().where(QueueEntry.kind == subject.kind, QueueEntry.subject_id == subject.table.id)
    waiting = select(subject.table).where(subject.condition(), ~here)
    return waiting.order_by(subject.table.id).limit(MOST_AT_ONCE)


@cache
def _gone(kind: str) -> Delete:
    subject = SUBJECTS[kind]
    still = exists().where(and_(subject.table.id == QueueEntry.subject_id, subject.condition()))
    gone = delete(QueueEntry).where(QueueEntry.kind == subject.kind, ~still)
    return gone.execution_options(synchronize_session=False)


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
