"""Promising goods and what becomes of the promise. Nothing here commits.

A pledge holds its quantity of the need from the moment it is written until it is over. Whoever moves one locks it
first, then the need: two people who press at once do one thing after the other.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start
from campaigns.domain.goods import counting
from campaigns.domain.goods.board import board
from campaigns.domain.goods.need_models import NeedLine
from campaigns.domain.goods.pledge_models import Pledge, PledgeStep
from campaigns.domain.goods.pledge_states import LIVE, State, Way, leads


class TooMuch(Exception):
    """The need does not ask for so many any more; nothing was changed. `left`: how many it still does."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class WrongMove(Exception):
    """The pledge is not, or no longer, in a state that leads there: somebody else was first."""


@dataclass(frozen=True)
class Promise:
    """A pledge as its giver filled it in, checked and cleaned. `mobile` as +989…; `day` is a Tehran day."""

    quantity: int
    day: date
    language: str
    way: Way = Way.BRING
    place_id: int | None = None
    shop_id: int | None = None
    name: str = ""
    mobile: str | None = None
    address: str = ""


def pledge(need: NeedLine, promise: Promise, form_key: str, grace_days: int) -> tuple[Pledge, bool]:
    """The pledge of this form, and whether it is new: a form sent twice, even at once, makes one. It expires
    `grace_days` after its day. Raises `TooMuch`.

    Holding the need locks it: who sends the same form at the same time comes after us, and finds what we wrote.
    """
    earlier = _of_form(form_key)
    if earlier is not None:
        return earlier, False
    held = counting.hold(need, promise.quantity)
    earlier = _of_form(form_key)
    if earlier is not None:
        if held:
            counting.let_go(need, promise.quantity)
        return earlier, False
    if not held:
        raise TooMuch(left_of(need))
    made = Pledge(
        campaign_id=need.campaign_id,
        need=need,
        form_key=form_key,
        expires_at=_deadline(promise.day, grace_days),
        **vars(promise),
    )
    db.session.add(made)
    db.session.flush()
    _write(made, "pledge", "", made.quantity)
    return made, True


def change(pledge: Pledge, quantity: int, day: date, grace_days: int) -> None:
    """The giver has another number or another day in mind. What was arranged for another day is arranged anew.

    Raises `TooMuch` and `WrongMove`.
    """
    _lock(pledge)
    if pledge.state not in LIVE:
        raise WrongMove(pledge.state)
    if (quantity, day) == (pledge.quantity, pledge.day):
        return
    if not counting.rehold(pledge.need, pledge.quantity, quantity):
        raise TooMuch(left_of(pledge.need) + pledge.quantity)
    before = pledge.state
    if day != pledge.day:
        pledge.day, pledge.expires_at = day, _deadline(day, grace_days)
        pledge.state, pledge.arranged_on, pledge.arranged_note = State.REGISTERED.value, None, ""
    pledge.quantity = quantity
    _write(pledge, "change", before, quantity)


def cancel(pledge: Pledge) -> None:
    """The giver cannot after all. Raises `WrongMove`."""
    _end(pledge, State.CANCELLED, "cancel")


def no_show(pledge: Pledge, actor_id: int, note: str = "") -> None:
    """The office says that nothing came. Raises `WrongMove`."""
    _end(pledge, State.NO_SHOW, "no_show", actor_id, note)


def arrange(pledge: Pledge, day: date, note: str, actor_id: int, grace_days: int) -> None:
    """The office and the giver have agreed on a day; `note` is for the giver to read. Raises `WrongMove`."""
    _lock(pledge)
    before = _move(pledge, State.ARRANGED)
    pledge.arranged_on, pledge.arranged_note = day, note
    pledge.expires_at = max(pledge.expires_at, _deadline(day, grace_days))
    _write(pledge, "arrange", before, pledge.quantity, actor_id, note)


def receive(pledge: Pledge, quantity: int, actor_id: int, note: str = "") -> int:
    """`quantity` good pieces of this pledge have come, all of it or a part: what did not come is free again.

    Returns how many count for the need. Late goods, and more than was promised, count as far as they are still
    needed; the rest is for the stock alone. Where none counts, as with late goods nobody needs any more, the pledge
    stays as it is. Raises `WrongMove`.
    """
    if quantity < 1:
        raise ValueError("nothing came")
    _lock(pledge)
    if not leads(pledge.state, State.PARTLY):
        raise WrongMove(pledge.state)
    held = pledge.quantity if pledge.state in LIVE else 0
    counts = counting.receive(pledge.need, held, quantity)
    if counts == 0:
        return 0
    pledge.received += counts
    before = _move(pledge, State.RECEIVED if pledge.received >= pledge.quantity else State.PARTLY)
    pledge.received_at, pledge.ended_at = pledge.received_at or now(), None
    _write(pledge, "receive", before, counts, actor_id, note)
    return counts


def deliver(pledge: Pledge, actor_id: int, note: str = "") -> None:
    """What came of it has reached people. Raises `WrongMove`."""
    _lock(pledge)
    before = _move(pledge, State.DELIVERED)
    _write(pledge, "deliver", before, pledge.received, actor_id, note)


def left_of(need: NeedLine) -> int:
    """How many of a need are still open; none of one that is not on its page any more."""
    count = board(need.campaign_id).counts.get(need.id)
    return count.remaining if count is not None else 0


def _end(pledge: Pledge, state: State, verb: str, actor_id: int | None = None, note: str = "") -> None:
    """Ends a live pledge; what it held is free again."""
    _lock(pledge)
    before = _move(pledge, state)
    counting.let_go(pledge.need, pledge.quantity)
    pledge.ended_at = now()
    _write(pledge, verb, before, pledge.quantity, actor_id, note)


def _lock(pledge: Pledge) -> None:
    locked = select(Pledge).where(Pledge.id == pledge.id).with_for_update(of=Pledge)
    db.session.scalars(locked.execution_options(populate_existing=True)).one()


def _move(pledge: Pledge, after: State) -> str:
    """Returns the state before. Where the goods are to be fetched is forgotten once nobody goes there."""
    before = pledge.state
    if not leads(before, after):
        raise WrongMove(before)
    pledge.state = after.value
    if pledge.state not in LIVE:
        pledge.address = ""
    return before


def _write(
    pledge: Pledge, verb: str, before: str, quantity: int, actor_id: int | None = None, note: str = ""
) -> None:
    """A line in the history of a pledge, as it stands now."""
    facts: dict[str, Any] = {"quantity": quantity, "actor_id": actor_id, "note": note}
    db.session.add(PledgeStep(pledge_id=pledge.id, verb=verb, before=before, after=pledge.state, **facts))
    db.session.flush()


def _of_form(form_key: str) -> Pledge | None:
    return db.session.scalar(select(Pledge).where(Pledge.form_key == form_key))


def _deadline(day: date, grace_days: int) -> datetime:
    """The end of the last day on which it may still come."""
    return day_start(day + timedelta(days=grace_days + 1))
