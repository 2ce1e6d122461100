"""Cash for the bank: one person brings it there, another sees it on the account. None of these commit."""

from typing import Any

from sqlalchemy import select, update

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.counter.book import may_leave
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Deposit, DepositState, Office
from campaigns.domain.counter.offices import hold
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.actions import Leg, mirror, post
from campaigns.domain.ledger.kinds import Kind


def send(office: Office, rials: int, bank_account: str, slip: str, by: User) -> Deposit:
    """The cash has left the drawer. Raises `Refused`: `amount` is not in it, `slip` is on that account already."""
    hold(office)
    if rials <= 0 or rials > may_leave(office):
        raise Refused("amount")
    same = select(Deposit.id).where(
        Deposit.bank_account == bank_account,
        Deposit.slip == slip,
        Deposit.state != DepositState.RETURNED.value,
    )
    if db.session.scalar(same) is not None:
        raise Refused("slip")
    deposit = Deposit(
        office_id=office.id, rials=rials, bank_account=bank_account, slip=slip, sent_by_id=by.id
    )
    db.session.add(deposit)
    db.session.flush()
    leg = Leg(accounts.transit(office.code), accounts.cash(office.code), rials)
    _post(deposit, "a", Kind.CASH_SENT, leg, by)
    return deposit


def confirm(deposit: Deposit, actor: User) -> None:
    """It stands on the account. Raises `Refused`: `own`, `moved`."""
    _decide(deposit, DepositState.DONE, actor)
    leg = Leg(accounts.bank(deposit.bank_account), accounts.transit(deposit.office.code), deposit.rials)
    _post(deposit, "b", Kind.DEPOSIT, leg, actor)


def give_back(deposit: Deposit, actor: User, reason: str) -> None:
    """It never came to the bank and lies in the drawer again. Raises `Refused`: `own`, `moved`."""
    _decide(deposit, DepositState.RETURNED, actor, reason=reason)
    mirror(_key(deposit, "a"), Kind.REVERSAL, occurred_at=now(), actor_id=actor.id)


def _decide(deposit: Deposit, after: DepositState, actor: User, **more: Any) -> None:
    hold(deposit.office)
    db.session.refresh(deposit)
    if deposit.sent_by_id == actor.id:
        raise Refused("own")
    done = db.session.execute(
        update(Deposit)
        .where(Deposit.id == deposit.id, Deposit.state == DepositState.SENT.value)
        .values(state=after.value, decided_by_id=actor.id, decided_at=now(), **more)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(deposit)


def _key(deposit: Deposit, step: str) -> str:
    return f"dep:{deposit.public_id}:{step}"


def _post(deposit: Deposit, step: str, kind: Kind, leg: Leg, actor: User) -> None:
    post(
        _key(deposit, step),
        kind,
        [leg],
        occurred_at=now(),
        reference=("deposit", deposit.id),
        actor_id=actor.id,
    )
