"""Asking to be forgotten, and deciding about it. None of these commit."""

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.administrators import LastAdministrator
from campaigns.domain.accounts.models import User
from campaigns.domain.audit.recording import record
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.erasure import donors, people
from campaigns.domain.erasure.donors import Giving
from campaigns.domain.erasure.models import ErasureRequest


class CannotErase(Exception):
    """`why` is a word for the door: `decided` meanwhile, one's `own`, or what stands in the way: `mandate`, `pledge`
    (`donors.obstacle`), `last` administrator of the country.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def ask(thing: Giving | User) -> ErasureRequest:
    """The request of this person; who asks again gets the one that waits, or has a refused one looked at anew."""
    place = {_column(thing): thing.id}
    request = db.session.scalar(select(ErasureRequest).filter_by(**place).with_for_update())
    if request is None:
        request = ErasureRequest(**place)
        db.session.add(request)
    elif request.state == "refused":
        request.state, request.asked_at, request.reason = "waiting", now(), ""
        request.decided_at = request.decided_by_id = None
    db.session.flush()
    return request


def find(public_id: str) -> ErasureRequest | None:
    return db.session.scalar(select(ErasureRequest).where(ErasureRequest.public_id == public_id))


def waiting() -> list[ErasureRequest]:
    """Longest first."""
    query = select(ErasureRequest).where(ErasureRequest.state == "waiting").order_by(ErasureRequest.id)
    return list(db.session.scalars(query))


def erase(public_id: str, by: User) -> None:
    """Takes the person's data out for good. Raises `CannotErase`."""
    request = _held(public_id, by)
    thing = subject(request)
    if isinstance(thing, User):
        try:
            people.forget(thing, by)
        except LastAdministrator:
            raise CannotErase("last") from None
    else:
        why = donors.obstacle(thing)
        if why:
            raise CannotErase(why)
        donors.forget(thing)
    _decide(request, "done", by)
    record("erase", thing.__tablename__, thing.public_id)


def refuse(public_id: str, by: User, reason: str) -> None:
    """Leaves everything as it is; `reason` is for who asked. Raises `CannotErase`."""
    request = _held(public_id, by)
    request.reason = reason
    _decide(request, "refused", by)


def subject(request: ErasureRequest) -> Giving | User:
    """Whose data it is about."""
    found = request.gift or request.pledge or request.user
    assert found is not None, "one_person"
    return found


def _held(public_id: str, by: User) -> ErasureRequest:
    query = select(ErasureRequest).where(ErasureRequest.public_id == public_id)
    request = db.session.scalar(query.with_for_update(of=ErasureRequest))
    if request is None or request.state != "waiting":
        raise CannotErase("decided")
    if request.user_id == by.id:
        raise CannotErase("own")
    return request


def _decide(request: ErasureRequest, state: str, by: User) -> None:
    request.state, request.decided_by_id, request.decided_at = state, by.id, now()


def _column(thing: Giving | User) -> str:
    if isinstance(thing, User):
        return "user_id"
    return "gift_id" if isinstance(thing, Contribution) else "pledge_id"
