"""What is said of roles: written on the desk, agreed to by a moderator, then shown. None of these commit."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.volunteers.shift_models import RoleWording, VolunteerRole
from campaigns.domain.volunteers.stamps import stamp_of

WORDS = ("name_fa", "name_en", "text_fa", "text_en", "place_fa", "place_en")


@dataclass(frozen=True)
class Said:
    """What the public reads of a role in one language; Persian where the other has nothing."""

    name: str
    text: str
    place: str


NOTHING = Said("", "", "")
"""Of a role whose words a moderator has taken back."""


def propose(
    role: VolunteerRole, words: dict[str, str], author_id: int, marks: dict[str, Any] | None
) -> RoleWording:
    """New words for a role. Words that waited or were sent back are written over; what is shown stays meanwhile."""
    wording = pending(role.id)
    if wording is None:
        wording = RoleWording(role=role)
        db.session.add(wording)
    for name in WORDS:
        setattr(wording, name, words.get(name, ""))
    wording.author_id, wording.hidden_marks = author_id, marks
    wording.state, wording.created_at, wording.decided_at = "waiting", now(), None
    db.session.flush()
    return wording


def pending(role_id: int) -> RoleWording | None:
    """The words that wait for a moderator or were sent back."""
    query = select(RoleWording).where(
        RoleWording.role_id == role_id, RoleWording.state.in_(("waiting", "returned"))
    )
    return db.session.scalar(query.order_by(RoleWording.id.desc()).limit(1))


def show(wording: RoleWording) -> None:
    """These words from now on; those before them are kept as replaced."""
    before = _shown(wording.role_id)
    if before is not None:
        before.state = "replaced"
        db.session.flush()
    wording.state, wording.shown_at, wording.decided_at = "shown", now(), now()
    db.session.flush()
    stamps.bump(stamp_of(wording.role.campaign_id))


def decline(wording: RoleWording, state: str) -> None:
    """`returned` or `rejected`."""
    wording.state, wording.decided_at = state, now()


def reopen(wording: RoleWording) -> bool:
    """A decision is taken back: these words wait again, those before them are shown. False: others wait by now."""
    if wording.state == "replaced" or pending(wording.role_id) not in (None, wording):
        return False
    was_shown = wording.state == "shown"
    wording.state, wording.decided_at, wording.shown_at = "waiting", None, None
    db.session.flush()
    if was_shown:
        query = select(RoleWording).where(
            RoleWording.role_id == wording.role_id, RoleWording.state == "replaced"
        )
        before = db.session.scalar(query.order_by(RoleWording.shown_at.desc()).limit(1))
        if before is not None:
            before.state = "shown"
        stamps.bump(stamp_of(wording.role.campaign_id))
    return True


def shown_words(role_ids: Collection[int], language: str) -> dict[int, Said]:
    """By role: what is shown, in one query. Roles whose words wait have none."""
    query = select(RoleWording).where(RoleWording.role_id.in_(role_ids), RoleWording.state == "shown")
    return {wording.role_id: said(wording, language) for wording in db.session.scalars(query)}


def said(wording: RoleWording, language: str) -> Said:
    english = language == "en"
    return Said(
        (english and wording.name_en) or wording.name_fa,
        (english and wording.text_en) or wording.text_fa,
        (english and wording.place_en) or wording.place_fa,
    )


def _shown(role_id: int) -> RoleWording | None:
    query = select(RoleWording).where(RoleWording.role_id == role_id, RoleWording.state == "shown")
    return db.session.scalar(query)
