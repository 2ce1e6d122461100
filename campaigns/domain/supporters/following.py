"""Following a campaign by e-mail: asked for, agreed to by the address itself, left with one click. None commit.

Nobody hears from an address whether it follows already: every answer is the same letter, once a day at most.
"""

from datetime import timedelta

from sqlalchemy import delete, func, select, update

from campaigns.base.clock import now
from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.supporters import letters
from campaigns.domain.supporters.letters import Link
from campaigns.domain.supporters.models import Audience, Follower, FollowState

FORGOTTEN_AFTER = timedelta(days=8)
"""A day longer than the link of the letter works."""
OPEN = FollowState.ASKED.value, FollowState.FOLLOWS.value


def ask(campaign_id: int, email: str, language: str, link: Link, gift_id: int | None = None) -> None:
    """Writes to this address that somebody wants it to follow the campaign; it follows once it says yes.

    `email`: checked and cleaned. `gift_id`: a gift that has arrived, at whose receipt it was asked; with the yes it
    belongs to the address.
    """
    row = insert(Follower).values(campaign_id=campaign_id, email=email, language=language)
    address, known = ["campaign_id", "email"], Follower.email.is_not(None)
    db.session.execute(row.on_conflict_do_nothing(index_elements=address, index_where=known))
    follower = db.session.scalars(
        select(Follower).where(Follower.campaign_id == campaign_id, Follower.email == email)
    ).one()
    today = tehran_day(now())
    brings_gift = gift_id is not None and follower.gift_id is None
    if follower.state == FollowState.ASKED or brings_gift:
        letters.ask_to_agree(follower, gift_id, link, today)
    else:
        letters.follows_already(follower, link, today)


def agree(follower: Follower, gift_id: int | None = None) -> bool:
    """The address says yes. False: it has left. Safe to do again."""
    done = db.session.execute(
        update(Follower)
        .where(Follower.id == follower.id, Follower.state.in_(OPEN))
        .values(
            state=FollowState.FOLLOWS.value,
            agreed_at=func.coalesce(Follower.agreed_at, now()),
            gift_id=func.coalesce(Follower.gift_id, gift_id),
        )
        .execution_options(synchronize_session=False)
    )
    db.session.expire(follower)
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def leave(follower: Follower) -> None:
    """For good: the address is forgotten, and what was written to it and is not on its way yet is taken back.

    Safe to do again.
    """
    db.session.execute(  # waits for a worker that is writing to this address, so that its letter is found below
        update(Follower)
        .where(Follower.id == follower.id, Follower.state.in_(OPEN))
        .values(state=FollowState.LEFT.value, email=None, left_at=now())
        .execution_options(synchronize_session=False)
    )
    letters.take_back(follower)
    db.session.expire(follower)


def forget_unanswered() -> None:
    """Addresses that never said yes are forgotten."""
    db.session.execute(
        delete(Follower).where(
            Follower.state == FollowState.ASKED.value, Follower.asked_at < now() - FORGOTTEN_AFTER
        )
    )


def count(campaign_id: int) -> dict[Audience, int]:
    """How many would get a letter, by whom it is for."""
    row = db.session.execute(
        select(func.count(), func.count(Follower.gift_id)).where(
            Follower.campaign_id == campaign_id, Follower.state == FollowState.FOLLOWS.value
        )
    ).one()
    return {Audience.ALL: row[0], Audience.DONORS: row[1]}


def of_gift(gift_id: int) -> Follower | None:
    """The address that agreed at the receipt of this gift."""
    query = select(Follower).where(Follower.gift_id == gift_id, Follower.state == FollowState.FOLLOWS.value)
    return db.session.scalar(query.order_by(Follower.id).limit(1).with_for_update(of=Follower))
