"""The accounts of the book, by code. Made when first needed; two who make one at once both find the same."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from campaigns.base.conflicts import insert
from campaigns.base.extensions import db
from campaigns.domain.ledger.models import LedgerAccount

UNALLOCATED = "liability:unallocated"


def clearing(gateway: str) -> str:
    """Money a gateway has taken for us and not yet settled."""
    return f"asset:clearing:{gateway}"


def fee(gateway: str) -> str:
    """What a gateway keeps for its work."""
    return f"expense:fee:{gateway}"


def campaign(campaign_id: int, intent: str) -> str:
    """What is held for a campaign under one intent. All of a campaign's accounts together are its bar."""
    return f"liability:campaign:{campaign_id}:{intent}"


def account_ids(codes: Iterable[str]) -> dict[str, int]:
    """Row ids by code; new accounts are made, in one order for everybody: nobody deadlocks."""
    wanted = sorted(set(codes))
    found = _known(wanted)
    missing = [_row(code) for code in wanted if code not in found]
    if not missing:
        return found
    new = insert(LedgerAccount).on_conflict_do_nothing(index_elements=["code"])
    db.session.execute(new, missing)
    return _known(wanted)


def account_id(code: str) -> int:
    """The row id of one account, made if it is new."""
    return account_ids([code])[code]


def _known(codes: Sequence[str]) -> dict[str, int]:
    rows = db.session.execute(
        select(LedgerAccount.code, LedgerAccount.id).where(LedgerAccount.code.in_(codes))
    )
    return {row.code: row.id for row in rows}


def _row(code: str) -> dict[str, object]:
    """The kind of an account is the first word of its code."""
    kind, name, *rest = code.split(":")
    owner = int(rest[0]) if name == "campaign" else None
    return {"code": code, "kind": kind, "campaign_id": owner, "currency": "IRR"}
