"""What is done to memoranda. None of these commit; what changes the public pages moves their stamps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.partners import states
from campaigns.domain.partners.models import Memorandum, MemorandumMove, MemorandumPaper
from campaigns.domain.partners.states import RUNNING, Move, State

SIGNED, COPY = "signed", "public"
MOST_BYTES = 5 * 1024 * 1024


class Refused(Exception):
    """It cannot be done; `why` is a word for the door: `state`, `papers`, `parties`, `over`, `reason`, `kind`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Terms:
    """What a memorandum says, as its form holds it."""

    house: Organization
    parties: Sequence[Organization]
    campaigns: Sequence[Campaign]
    division: str
    for_network: bool
    subject_fa: str
    subject_en: str
    terms_fa: str
    terms_en: str
    starts_on: date
    ends_on: date


def draft(terms: Terms, author: User) -> Memorandum:
    """A new draft; nobody outside the house sees it."""
    memorandum = Memorandum(author=author)
    _write(memorandum, terms)
    db.session.add(memorandum)
    db.session.flush()
    return memorandum


def rewrite(memorandum: Memorandum, terms: Terms, marks: Mapping[str, Any] | None = None) -> None:
    """Changes a draft. Raises `Refused("state")`: what was agreed is ended and written anew, never changed."""
    if memorandum.state != State.DRAFT:
        raise Refused("state")
    _write(memorandum, terms)
    note_marks(memorandum, marks)
    db.session.flush()


def note_marks(memorandum: Memorandum, marks: Mapping[str, Any] | None) -> None:
    """Remembers what was taken out of fields that nobody could see."""
    if marks:
        memorandum.hidden_marks = {**(memorandum.hidden_marks or {}), **marks}


def attach(memorandum: Memorandum, use: str, raw: bytes, who: User) -> None:
    """Keeps a PDF with a draft, in place of an earlier one. Raises `Refused`: `state`, `kind` (no PDF that fits)."""
    if memorandum.state != State.DRAFT:
        raise Refused("state")
    if not is_pdf(raw):
        raise Refused("kind")
    paper = db.session.get(MemorandumPaper, (memorandum.id, use))
    if paper is None:
        paper = MemorandumPaper(memorandum_id=memorandum.id, use=use)
        db.session.add(paper)
    paper.content, paper.size, paper.sha256 = raw, len(raw), sha256(raw).digest()
    paper.added_by_id, paper.added_at = who.id, now()
    db.session.flush()


def is_pdf(raw: bytes) -> bool:
    """By what is inside, and small enough to be kept."""
    return len(raw) <= MOST_BYTES and raw.startswith(b"%PDF-") and b"%%EOF" in raw[-1024:]


def missing(memorandum: Memorandum) -> list[str]:
    """What has to be there before it can be sent: words for the door. Empty: it is ready."""
    kept = set(
        db.session.scalars(select(MemorandumPaper.use).where(MemorandumPaper.memorandum_id == memorandum.id))
    )
    lacking = [use for use in (SIGNED, COPY) if use not in kept]
    if not memorandum.parties:
        lacking.append("parties")
    if memorandum.ends_on < tehran_day(now()):
        lacking.append("over")
    return lacking


def send(memorandum: Memorandum, actor: User) -> None:
    """From now on it waits for a moderator. Raises `Refused`, `states.WrongMove`."""
    if missing(memorandum):
        raise Refused("papers")
    move(memorandum, Move.SEND, actor)
    memorandum.submitted_at = now()


def approve(memorandum: Memorandum, actor: User) -> None:
    """Everybody may read it; in force if its first day has come."""
    move(memorandum, Move.APPROVE, actor)
    memorandum.approved_at = now()
    if memorandum.starts_on <= tehran_day(now()):
        move(memorandum, Move.BEGIN, None)


def end_early(memorandum: Memorandum, actor: User, reason: str) -> None:
    """Ends it today; the reason stands on its page. Raises `Refused`: `reason` missing, `over` already."""
    if not reason.strip():
        raise Refused("reason")
    if states.state_on(memorandum, tehran_day(now())) not in RUNNING:
        raise Refused("over")
    move(memorandum, Move.END_EARLY, actor, reason.strip())
    memorandum.state_reason = reason.strip()


def move(memorandum: Memorandum, step: Move, actor: User | None, reason: str = "") -> None:
    """One step of the state table, written down. Raises `states.WrongMove`."""
    before, memorandum.state = memorandum.state, states.after(memorandum.state, step).value
    memorandum.state_changed_at = now()
    db.session.add(
        MemorandumMove(
            memorandum_id=memorandum.id,
            actor_id=actor.id if actor else None,
            before=before,
            after=memorandum.state,
            reason=reason,
        )
    )
    db.session.flush()
    if {before, memorandum.state} & set(states.PUBLIC):
        changed(memorandum)


def changed(memorandum: Memorandum) -> None:
    """The pages that show it are drawn anew: its own, the lists, and the campaigns it serves."""
    stamps.bump(stamps.PORTAL, *(stamps.of_campaign(campaign.id) for campaign in memorandum.campaigns))


def follow_calendar() -> int:
    """Writes down what the calendar did: begun on their first day, ended after their last. Returns how many."""
    today = tehran_day(now())
    query = select(Memorandum).where(Memorandum.state.in_([state.value for state in RUNNING]))
    begins = (Memorandum.state == State.AGREED.value) & (Memorandum.starts_on <= today)
    due = db.session.scalars(
        query.where(begins | (Memorandum.ends_on < today))
        .order_by(Memorandum.id)
        .with_for_update(skip_locked=True, of=Memorandum)
    ).all()
    for memorandum in due:
        if memorandum.state == State.AGREED:
            move(memorandum, Move.BEGIN, None)
        if memorandum.ends_on < today:
            move(memorandum, Move.RUN_OUT, None)
    return len(due)


def _write(memorandum: Memorandum, terms: Terms) -> None:
    for name, value in vars(terms).items():
        setattr(memorandum, name, list(value) if name in {"parties", "campaigns"} else value)
