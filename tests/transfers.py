"""Accounts that receive transfers, and gifts on their way to them."""

from itertools import count

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims import bank
from campaigns.domain.claims.credit import credit
from campaigns.domain.claims.declare import declare
from campaigns.domain.claims.models import BankAccount, TransferClaim
from campaigns.domain.claims.submit import Told, submit
from tests.giving import pledged

CARD = "1010202030304040"
SHEBA = "IR810000000000101020203030"
OTHER_CARD = "1212343456567870"
GIFT = 5_000_000  # rials
HOURS = 72
_lines = count(1)


def receiving(
    writer: User,
    checker: User,
    organization_id: int | None = None,
    card: str = CARD,
    sheba: str | None = SHEBA,
) -> BankAccount:
    """An account that one person wrote down and another switched on; committed."""
    account = bank.propose(organization_id, card, sheba, "سازمان ملی نیکوکاری", "بانک نمونه", writer)
    bank.switch_on(account, checker)
    db.session.commit()
    return account


def two_people() -> tuple[User, User]:
    """Farid and Negar, as rows only."""
    found = [User(name=name, email=f"{name.casefold()}@example.org") for name in ("Farid", "Negar")]
    db.session.add_all(found)
    db.session.commit()
    return found[0], found[1]


def declared(campaign: Campaign, account: BankAccount, rials: int = GIFT, **wish: object) -> TransferClaim:
    """Sara has said that she will transfer a gift; committed."""
    claim = declare(pledged(campaign, rials, **wish), [account.id], HOURS)
    db.session.commit()
    return claim


def submitted(
    campaign: Campaign, account: BankAccount, rials: int = GIFT, tracking: str | None = None
) -> TransferClaim:
    """And that she has transferred it; committed."""
    claim = declared(campaign, account, rials)
    submit(claim, Told(tracking, "1234", now()))
    db.session.commit()
    return claim


def credited(claim: TransferClaim, rials: int | None = None, line_id: int | None = None) -> int:
    """And it stands on the statement of the bank; committed."""
    rials = claim.expected_rials if rials is None else rials
    line_id = next(_lines) if line_id is None else line_id
    txn_id = credit(claim, line_id=line_id, received_rials=rials, paid_at=now(), by=None)
    db.session.commit()
    return txn_id
