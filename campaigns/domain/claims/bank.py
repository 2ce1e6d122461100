"""Accounts that receive transfers: written down by one person, shown to donors once another has looked. None of these
commit.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.errors import Refused
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.claims.states import AccountState

STAMP = "transfers"
"""Moves whenever what donors may transfer to changes: processes keep what they read until then."""
S = AccountState


@dataclass(frozen=True)
class Receiving:
    """An account as donors are shown it."""

    id: int
    organization_id: int | None
    card_number: str | None
    sheba: str | None
    holder: str
    bank: str


def propose(
    organization_id: int | None,
    card_number: str | None,
    sheba: str | None,
    holder: str,
    bank: str,
    actor: User,
) -> BankAccount:
    """Written down; donors do not see it yet. Raises `Refused("taken")`: a number of it stands here already."""
    account = BankAccount(
        organization_id=organization_id,
        card_number=card_number,
        sheba=sheba,
        holder=holder,
        bank=bank,
        created_by_id=actor.id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        raise Refused("taken") from None
    return account


def switch_on(account: BankAccount, actor: User) -> None:
    """From now on donors see it. Raises `Refused`: `own`, written down by the same person; `moved`."""
    if account.created_by_id == actor.id:
        raise Refused("own")
    confirmed = {"confirmed_by_id": actor.id, "confirmed_at": now()}
    _move(account, (S.PROPOSED, S.OFF), S.ON, **confirmed)


def switch_off(account: BankAccount) -> None:
    """Donors no longer see it; what they transfer to it all the same is still found. Raises `Refused("moved")`."""
    _move(account, (S.ON,), S.OFF)


def refuse(account: BankAccount) -> None:
    """It was written down wrongly: its numbers may be written down anew. Raises `Refused("moved")`."""
    _move(account, (S.PROPOSED,), S.REFUSED)


def receiving() -> list[Receiving]:
    """The accounts that donors see, in the order they were written down."""
    query = select(BankAccount).where(BankAccount.state == S.ON.value).order_by(BankAccount.id)
    return [
        Receiving(row.id, row.organization_id, row.card_number, row.sheba, row.holder, row.bank)
        for row in db.session.scalars(query)
    ]


def _move(account: BankAccount, before: tuple[AccountState, ...], after: AccountState, **values: Any) -> None:
    """Once, whoever else tries."""
    moved = db.session.execute(
        update(BankAccount)
        .where(BankAccount.id == account.id, BankAccount.state.in_([state.value for state in before]))
        .values(state=after.value, **values)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("moved")
    db.session.refresh(account)
    stamps.bump(STAMP)
