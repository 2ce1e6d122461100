"""What moderators write among themselves, and how one of them likes to work. Nothing here commits."""

from collections.abc import Sequence

from sqlalchemy import select

from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.queue_models import PrivateNote, ReviewHabit


def note_on(item: Item, author: User, body: str) -> PrivateNote:
    """Writes a note on a thing. It stays for good, and no author ever reads it."""
    note = PrivateNote(subject_kind=item.kind, subject_id=item.thing.id, author=author, body=body)
    db.session.add(note)
    db.session.flush()
    return note


def notes_on(item: Item) -> Sequence[PrivateNote]:
    """Every note on this thing, oldest first."""
    query = select(PrivateNote).where(
        PrivateNote.subject_kind == item.kind, PrivateNote.subject_id == item.thing.id
    )
    return db.session.scalars(query.order_by(PrivateNote.id)).all()


def uses_keys(user: User) -> bool:
    """Whether this person has switched the keyboard on."""
    return bool(db.session.scalar(select(ReviewHabit.keys).where(ReviewHabit.user_id == user.id)))


def use_keys(user: User, on: bool) -> None:
    row = insert(ReviewHabit).values(user_id=user.id, keys=on)
    db.session.execute(row.on_conflict_do_update(index_elements=["user_id"], set_={"keys": on}))
