"""The queue as tests read it: what waits, as items, due first."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.moderation.arrivals import gather
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.queue_models import QueueEntry


def waiting(kind: str = "") -> list[Item]:
    """After the worker has been round: everything that waits, or what is of one kind."""
    gather()
    query = select(QueueEntry).order_by(QueueEntry.due_at, QueueEntry.id)
    entries = db.session.scalars(query.where(QueueEntry.kind == kind) if kind else query).all()
    items = [find(entry.kind, entry.public_id) for entry in entries]
    return [item for item in items if item is not None]
