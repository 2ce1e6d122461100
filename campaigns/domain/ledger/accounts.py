"""The accounts of the book, by code. Made when first needed; two who make one at once both find the same."""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Select, bindparam, or_, select

from campaigns.base.conflicts import insert_first
from campaigns.base.extensions import db
from campaigns.domain.ledger.models import LedgerAccount

UNALLOCATED = "liability:unallocated"
REFUND_PAYABLE = "liability:refund_payable"
PAYABLE = "liability:payable"
"""What was spent and the bank has not paid yet."""
GENERAL_GOODS = "liability:campaign_goods:none"
"""What goods are worth that nobody brought for a campaign."""


def clearing(terminal: str) -> str:
    """Money a terminal of a gateway (`zarinpal`, `zarinpal:7`) has taken for us and not yet settled."""
    return f"asset:clearing:{terminal}"


def fee(gateway: str) -> str:
    """What a gateway keeps for its work."""
    return f"expense:fee:{gateway}"


def campaign(campaign_id: int, intent: str) -> str:
    """What is held for a campaign under one intent. All of a campaign's accounts together are its bar."""
    return f"liability:campaign:{campaign_id}:{intent}"


def bank(sheba: str) -> str:
    """Money on an account of ours at a bank."""
    return f"asset:bank:{sheba}"


def pool(public_id: str) -> str:
    """What a sponsor has paid in to double gifts, and no gift has used yet."""
    return f"liability:pool:{public_id}"


def cash(office: str) -> str:
    """What lies in the drawer of an office."""
    return f"asset:cash:{office}"


def transit(office: str) -> str:
    """Cash that has left an office, and that nobody has seen at the bank yet."""
    return f"asset:transit:{office}"


def over_short(office: str) -> str:
    """What was missing when the cash of an office was counted, less what was too much."""
    return f"expense:cash_over_short:{office}"


def card_reader(number: str) -> str:
    """Money a card reader of ours has taken and its bank has not settled yet."""
    return clearing(f"pos-{number}")


def goods(warehouse: str) -> str:
    """What the goods of a warehouse are worth, on its shelves and in its boxes until they are delivered."""
    return f"asset:goods:{warehouse}"


def campaign_goods(public_id: str) -> str:
    """What goods are worth that are held for a campaign, by its public id. It is no account of the bar: no money."""
    return f"liability:campaign_goods:{public_id}"


def hold(code: str) -> None:
    """Nobody else holds this account before the transaction ends. Who only posts to it does not wait.

    On SQLite whoever writes is alone anyway.
    """
    row = select(LedgerAccount.id).where(LedgerAccount.id == account_id(code))
    db.session.execute(row.with_for_update(key_share=True))


def account_ids(codes: Iterable[str]) -> dict[str, int]:
    """Row ids by code; new accounts are made, in one order for everybody: nobody deadlocks."""
    wanted = sorted(set(codes))
    found = _known(wanted)
    missing = [_row(code) for code in wanted if code not in found]
    if not missing:
        return found
    db.session.execute(insert_first(LedgerAccount, "code"), missing)
    return _known(wanted)


def account_id(code: str) -> int:
    """The row id of one account, made if it is new."""
    return account_ids([code])[code]


def _known(codes: Sequence[str]) -> dict[str, int]:
    named = {f"code_{place}": code for place, code in enumerate(codes)}
    return {row.code: row.id for row in db.session.execute(_by_codes(len(codes)), named)}


@cache
def _by_codes(number: int) -> Select[str, int]:
    """Made once for each number of codes: making a statement costs several times what running it does."""
    account = LedgerAccount.__table__.c
    names = [account.code == bindparam(f"code_{place}") for place in range(number)]
    return select(account.code, account.id).where(or_(*names))


def _row(code: str) -> dict[str, object]:
    """The kind of an account is the first word of its code."""
    kind, name, *rest = code.split(":")
    owner = int(rest[0]) if name == "campaign" else None
    return {"code": code, "kind": kind, "campaign_id": owner, "currency": "IRR"}
