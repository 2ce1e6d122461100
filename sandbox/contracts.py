"""Contracts of direct debit, and what a merchant may take by them.

NEW → SIGNED or REFUSED by the payer; SIGNED → CANCELLED by the merchant or REVOKED by the payer at their bank. A
contract ends by itself at `expire_at`.
"""

import re
import secrets
import sqlite3
import string
from dataclasses import dataclass

from sandbox.clock import tehran

BANKS = (
    {
        "name": "بانک تمرینی یک",
        "slug": "PracticeOne",
        "bank_code": "ONEAIR",
        "max_daily_amount": 1_000_000_000,
        "max_daily_count": 25,
    },
    {
        "name": "بانک تمرینی دو",
        "slug": "PracticeTwo",
        "bank_code": "TWOBIR",
        "max_daily_amount": 500_000_000,
        "max_daily_count": None,
    },
)
"""Invented banks; what a list answers."""
_AUTHORITY = re.compile(r"payman_[0-9a-z]{4,40}")
_LETTERS = string.ascii_lowercase + string.digits


@dataclass(frozen=True)
class Contract:
    """One row. Moments are seconds since 1970; `signature` is what moves money, none before the payer has signed."""

    authority: str
    merchant_id: str
    mobile: str
    expire_at: int
    max_daily_count: int
    max_monthly_count: int
    max_rials: int
    callback_url: str
    state: str
    bank_code: str | None
    signature: str | None
    created_at: int

    def stands(self, now: int) -> bool:
        return self.state == "SIGNED" and now < self.expire_at

    @property
    def claim(self) -> dict[str, str]:
        """What the payer's browser tells the merchant."""
        return {"payman_authority": self.authority, "status": "OK" if self.state == "SIGNED" else "NOK"}


def open_contract(db: sqlite3.Connection, facts: dict[str, object], now: int) -> str:
    """Writes a new contract down; its name."""
    authority = "payman_" + "".join(secrets.choice(_LETTERS) for _ in range(12))
    db.execute(
        "INSERT INTO contract (authority, merchant_id, mobile, expire_at, max_daily_count, max_monthly_count,"
        " max_rials, callback_url, state, created_at) VALUES (:authority, :merchant_id, :mobile, :expire_at,"
        " :max_daily_count, :max_monthly_count, :max_rials, :callback_url, 'NEW', :now)",
        facts | {"authority": authority, "now": now},
    )
    return authority


def find(db: sqlite3.Connection, authority: object) -> Contract | None:
    if not isinstance(authority, str) or not _AUTHORITY.fullmatch(authority):
        return None
    row = db.execute("SELECT * FROM contract WHERE authority = ?", (authority,)).fetchone()
    return Contract(**row) if row else None


def by_signature(db: sqlite3.Connection, signature: object) -> Contract | None:
    if not isinstance(signature, str) or not signature.isascii():
        return None
    row = db.execute("SELECT * FROM contract WHERE signature = ?", (signature,)).fetchone()
    return Contract(**row) if row else None


def sign(db: sqlite3.Connection, authority: str, bank_code: str) -> None:
    """The payer signs, once. Two hundred characters, as the real ones."""
    db.execute(
        "UPDATE contract SET state = 'SIGNED', bank_code = ?, signature = ? WHERE authority = ? AND state = 'NEW'",
        (bank_code, secrets.token_urlsafe(150), authority),
    )


def move(db: sqlite3.Connection, authority: str, before: str, after: str) -> bool:
    """False when it was not in that state."""
    changed = db.execute(
        "UPDATE contract SET state = ? WHERE authority = ? AND state = ?", (after, authority, before)
    )
    return changed.rowcount == 1


def taken(db: sqlite3.Connection, contract: Contract, now: int) -> tuple[int, int]:
    """How many payments were taken by it today and this month, by a Tehran calendar."""
    rows = db.execute(
        "SELECT paid_at FROM session WHERE contract = ? AND paid_at IS NOT NULL AND state <> 'REVERSED'",
        (contract.authority,),
    )
    moments, today = [tehran(row["paid_at"]) for row in rows], tehran(now)
    this_month = [moment for moment in moments if (moment.year, moment.month) == (today.year, today.month)]
    return sum(moment.date() == today.date() for moment in moments), len(this_month)
