"""A coordinator looks at a volunteer: verified, something is missing, or declined. None of these commit."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.evidence import papers_of
from campaigns.domain.volunteers.profile_models import (
    Verification,
    VerificationWords,
    Volunteer,
    VolunteerRequest,
)
from campaigns.domain.volunteers.profiles import change, move, place, typed_in
from campaigns.domain.volunteers.words import State

_OPEN = frozenset({State.CHECKING, State.VERIFIED, State.MORE, State.DECLINED})
MOVES = {
    State.REGISTERED: _OPEN,
    State.CHECKING: _OPEN - {State.CHECKING},
    State.MORE: _OPEN - {State.MORE},
    State.VERIFIED: frozenset({State.MORE, State.DECLINED}),
    State.DECLINED: frozenset({State.CHECKING, State.VERIFIED}),
    State.LEFT: frozenset(),
}
"""What a coordinator may decide, by where the volunteer stands. Who has left comes back by themselves only."""
NEED_A_REASON = frozenset({State.MORE, State.DECLINED})


def decide(
    volunteer: Volunteer, by: User, after: State, *, seen: str, reason: str = "", note: str = ""
) -> Verification:
    """`seen`: the state the coordinator looked at. To verify, a paper is kept or the note says what was seen.

    Raises `Refused`: `moved`, `reason`, `evidence`.
    """
    db.session.refresh(volunteer, with_for_update=True)
    if volunteer.state != seen or after not in MOVES[State(volunteer.state)]:
        raise Refused("moved")
    if after in NEED_A_REASON and not reason:
        raise Refused("reason")
    papers = len(papers_of(volunteer))
    if after is State.VERIFIED and not papers and not note:
        raise Refused("evidence")
    step = move(volunteer, after, by.id, papers)
    volunteer.reason = reason if after in NEED_A_REASON else ""
    if reason or note:
        db.session.add(VerificationWords(verification_id=step.id, reason=reason, note=note))
    place(volunteer)
    return step


def join(request: VolunteerRequest, by: User) -> Volunteer:
    """The coordinator has called the number: it is the same person, what was written now holds. Raises `Refused`."""
    db.session.refresh(request, with_for_update=True)
    if request.state != "waiting":
        raise Refused("moved")
    request.state = "joined"
    change(request.volunteer, typed_in(request))
    return request.volunteer


def refuse(request: VolunteerRequest) -> None:
    """Not the person of that number, or they want none of it. Raises `Refused`."""
    db.session.refresh(request, with_for_update=True)
    if request.state != "waiting":
        raise Refused("moved")
    request.state = "refused"


def history(volunteer: Volunteer) -> list[tuple[Verification, VerificationWords | None]]:
    """Every decision, the newest first, with its words where they are still there."""
    query = (
        select(Verification, VerificationWords)
        .outerjoin(VerificationWords, VerificationWords.verification_id == Verification.id)
        .options(joinedload(Verification.actor))
        .where(Verification.volunteer_id == volunteer.id)
        .order_by(Verification.id.desc())
    )
    return [(step, words) for step, words in db.session.execute(query)]
