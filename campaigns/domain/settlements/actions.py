"""Settlements: entered by one person, confirmed or refused by another. None of these commit.

Confirming takes the money out of what the gateway holds and puts it on our bank account. The clearing account is
held meanwhile, so two confirmations at once never pay for the same days; donors do not wait.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, post
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.payments.events import open_item
from campaigns.domain.settlements.clearing import holding, holdings, parts_of, terminals
from campaigns.domain.settlements.models import Settlement, SettlementPart, State

STANDS = (State.ENTERED.value, State.CONFIRMED.value)
OLD = "clearing_old"
"""The kind of the review item for money that a gateway has held for too long."""


class Refused(Exception):
    """It cannot be done. `why`: `day`, `days`, `terminal`, `reference`, `own`, `moved`, `evidence`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Advice:
    """What the bank's statement says, and which days of the gateway it is for. Rials; `bank_account` is a Sheba."""

    terminal: str
    bank_account: str
    bank_reference: str
    day: date
    rials: int
    fee_rials: int
    first_day: date
    last_day: date
    note: str = ""


def enter(advice: Advice, actor: User) -> Settlement:
    """The first person writes down what the bank says. Nothing is in the book yet. Raises `Refused`."""
    if advice.terminal not in terminals():
        raise Refused("terminal")
    if advice.day > tehran_day(now()):
        raise Refused("day")
    if not advice.first_day <= advice.last_day <= advice.day:
        raise Refused("days")
    same = select(Settlement.id).where(
        Settlement.bank_account == advice.bank_account,
        Settlement.bank_reference == advice.bank_reference,
        Settlement.state.in_(STANDS),
    )
    if db.session.scalar(same) is not None:
        raise Refused("reference")
    settlement = Settlement(**vars(advice), entered_by_id=actor.id)
    db.session.add(settlement)
    try:
        db.session.flush()
    except IntegrityError:  # somebody enters the same line at this very moment
        raise Refused("reference") from None
    return settlement


def confirm(settlement: Settlement, actor: User) -> None:
    """The second person has seen it on the bank's statement too: it is in the book. Raises `Refused`."""
    if actor.id == settlement.entered_by_id:
        raise Refused("own")
    clearing = accounts.clearing(settlement.terminal)
    accounts.hold(clearing)
    _move(settlement, State.CONFIRMED, actor)
    legs = [Leg(accounts.bank(settlement.bank_account), clearing, settlement.rials)]
    if settlement.fee_rials:
        fee = accounts.fee(settlement.terminal.partition(":")[0])
        legs.append(Leg(fee, clearing, settlement.fee_rials))
    post(
        f"settle:{settlement.public_id}",
        Kind.SETTLEMENT,
        legs,
        occurred_at=now(),
        reference=("settlement", settlement.id),
        actor_id=actor.id,
    )
    paid_for = holding(settlement.terminal).between(settlement.first_day, settlement.last_day)
    parts = parts_of(settlement.leaves_rials, paid_for, settlement.last_day)
    own = {"settlement_id": settlement.id, "terminal": settlement.terminal}
    db.session.execute(
        insert(SettlementPart), [{**own, "day": day, "rials": part} for day, part in parts.items()]
    )


def refuse(settlement: Settlement, actor: User, reason: str) -> None:
    """A second person does not find it at the bank, or the first one takes it back. Raises `Refused`."""
    if not reason.strip():
        raise Refused("evidence")
    _move(settlement, State.REFUSED, actor, reason=reason.strip())


def ask_about_old(days: int) -> int:
    """Opens an item for each terminal that has held money for more than `days` days; once for each oldest day.

    Returns how many terminals do.
    """
    today, found = tehran_day(now()), 0
    for one in holdings():
        oldest = one.oldest
        if oldest is None or today - oldest <= timedelta(days=days):
            continue
        old = sum(day.left for day in one.days if today - day.day > timedelta(days=days))
        detail = {"gateway": one.terminal.partition(":")[0], "terminal": one.terminal}
        open_item(OLD, f"{one.terminal}:{oldest}", detail | {"day": oldest.isoformat(), "rials": old})
        found += 1
    return found


def _move(settlement: Settlement, after: State, actor: User, **values: Any) -> None:
    """Once, whoever else tries."""
    statement = (
        update(Settlement)
        .where(Settlement.id == settlement.id, Settlement.state == State.ENTERED.value)
        .values(state=after.value, decided_by_id=actor.id, decided_at=now(), **values)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(settlement)
