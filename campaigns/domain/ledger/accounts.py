"""The accounts of the book, by code. Made when first needed; two who make one at once both find the same."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.base.extensions import db
from campaigns.domain.ledger.models import LedgerAccount

UNALLOCATED = "liability:unallocated"


def clearing(gateway: str) -> str:
    """Money a gateway has taken for us and not yet settled."""
    return f"asset:clearing:{gateway}"


def fee(gateway: str) -> str:
    return f"expense:fee:{gateway}"


def campaign(campaign_id: int, intent: str) -> str:
    """What is held for a campaign under one intent. All of a campaign's accounts together are its bar."""
    return f"liability:campaign:{campaign_id}:{intent}"


def account_id(code: str) -> int:
    """The row id of an account, made if it is new. The kind is the first word of the code."""
    found = db.session.scalar(select(LedgerAccount.id).where(LedgerAccount.code == code))
    if found is not None:
        return found
    kind, *rest = code.split(":")
    of_campaign = int(rest[1]) if rest[0] == "campaign" else None
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = insert(LedgerAccount).values(code=code, kind=kind, campaign_id=of_campaign, currency="IRR")
    db.session.execute(row.on_conflict_do_nothing(index_elements=[LedgerAccount.code]))
    return db.session.execute(select(LedgerAccount.id).where(LedgerAccount.code == code)).scalar_one()
