"""Payment sessions and how they move.

IN_BANK → PAID → VERIFIED, or IN_BANK → FAILED (cancelled, refused, out of time), or PAID or VERIFIED →
REVERSED. Paid money that nobody verifies in time is kept when the session asked for `auto_verify`, else it
goes back to the payer: ZarinPal documents both, by a setting of the terminal.
"""

import re
import secrets
import sqlite3
from dataclasses import dataclass

STATES = ("IN_BANK", "PAID", "VERIFIED", "FAILED", "REVERSED")
CARD_MASK = "999900******0017"
CARD_HASH = "c0ffee" * 10 + "0017"
_AUTHORITY = re.compile(r"[0-9A-Za-z]{1,40}")


@dataclass(frozen=True)
class Session:
    """One row. Moments are seconds since 1970; `due_at` is when the session next moves by itself.

    `authority` is the session's name at its gateway (trackId, token); `receipt` is the RefNum of SEP, which
    comes into being when it is paid. `lazy`: Zibal's servers bring the news, not the browser. `by_get`: the
    payer of SEP is sent back by GET. `contract`: the direct debit that paid it.
    """

    authority: str
    gateway: str
    merchant_id: str
    rials: int
    description: str
    callback_url: str
    order_id: str
    auto_verify: bool
    state: str
    reason: str
    ref_id: int | None
    verify_calls: int
    created_at: int
    due_at: int | None
    paid_at: int | None
    verified_at: int | None
    receipt: str | None
    lazy: bool
    by_get: bool
    contract: str | None

    @property
    def has_money(self) -> bool:
        return self.state in {"PAID", "VERIFIED"}

    @property
    def fee_rials(self) -> int:
        """Half a percent, 40,000 rials at most: an invented tariff."""
        return min(self.rials // 200, 40_000)


@dataclass(frozen=True)
class Wish:
    """What a merchant asked for, checked. The payer has `minutes`."""

    gateway: str
    authority: str
    merchant_id: str
    rials: int
    description: str
    callback_url: str
    order_id: str
    minutes: int
    auto_verify: bool = False
    lazy: bool = False


def open_session(db: sqlite3.Connection, wish: Wish, now: int) -> None:
    db.execute(
        "INSERT INTO session (authority, gateway, merchant_id, rials, description, callback_url, order_id,"
        " auto_verify, lazy, state, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'IN_BANK', ?, ?)",
        (
            wish.authority, wish.gateway, wish.merchant_id, wish.rials, wish.description, wish.callback_url,
            wish.order_id, wish.auto_verify, wish.lazy, now, now + wish.minutes * 60,
        ),
    )  # fmt: skip


def find(db: sqlite3.Connection, authority: str) -> Session | None:
    if not _AUTHORITY.fullmatch(authority):
        return None
    row = db.execute("SELECT * FROM session WHERE authority = ?", (authority,)).fetchone()
    return Session(**row) if row else None


def by_receipt(db: sqlite3.Connection, receipt: str) -> Session | None:
    if not receipt.isascii():
        return None
    row = db.execute("SELECT * FROM session WHERE receipt = ?", (receipt,)).fetchone()
    return Session(**row) if row else None


def age(db: sqlite3.Connection, now: int) -> None:
    """Moves every session whose time has come."""
    db.execute(
        "UPDATE session SET reason = CASE state WHEN 'IN_BANK' THEN 'expired' ELSE 'unverified' END,"
        " verified_at = CASE WHEN state = 'PAID' AND auto_verify THEN due_at END,"
        " state = CASE WHEN state = 'IN_BANK' THEN 'FAILED'"
        " WHEN auto_verify THEN 'VERIFIED' ELSE 'REVERSED' END,"
        " due_at = NULL WHERE due_at <= ?",
        (now,),
    )


def pay(db: sqlite3.Connection, authority: str, now: int, minutes: int, more_rials: int = 0) -> bool:
    """Takes the money, once. `minutes`: how long it waits for a verify. False when it was over already."""
    changed = db.execute(
        "UPDATE session SET state = 'PAID', reason = '', ref_id = ?, receipt = ?, paid_at = ?, due_at = ?,"
        " rials = rials + ? WHERE authority = ? AND state = 'IN_BANK'",
        (*_receipts(), now, now + minutes * 60, more_rials, authority),
    )
    return changed.rowcount == 1


def fail(db: sqlite3.Connection, authority: str, reason: str) -> bool:
    """Ends a session without money. False when it was over already."""
    changed = db.execute(
        "UPDATE session SET state = 'FAILED', reason = ?, due_at = NULL WHERE authority = ? AND state = 'IN_BANK'",
        (reason, authority),
    )
    return changed.rowcount == 1


def confirm(db: sqlite3.Connection, authority: str, now: int) -> bool:
    """The merchant's first successful verify: True once, then False."""
    changed = db.execute(
        "UPDATE session SET state = 'VERIFIED', verified_at = ?, due_at = NULL WHERE authority = ? AND state = 'PAID'",
        (now, authority),
    )
    return changed.rowcount == 1


def reverse(db: sqlite3.Connection, authority: str) -> bool:
    """Gives the money back, once. False when there is none."""
    changed = db.execute(
        "UPDATE session SET state = 'REVERSED', reason = 'reversed', due_at = NULL"
        " WHERE authority = ? AND state IN ('PAID', 'VERIFIED')",
        (authority,),
    )
    return changed.rowcount == 1


def by_contract(db: sqlite3.Connection, authority: str, contract: str) -> None:
    """Notes by which contract of direct debit it was paid."""
    db.execute("UPDATE session SET contract = ? WHERE authority = ?", (contract, authority))


def send_back_by_get(db: sqlite3.Connection, authority: str) -> None:
    db.execute("UPDATE session SET by_get = 1 WHERE authority = ?", (authority,))


def count_verify(db: sqlite3.Connection, authority: str) -> None:
    db.execute("UPDATE session SET verify_calls = verify_calls + 1 WHERE authority = ?", (authority,))


def force(db: sqlite3.Connection, authority: str, state: str, now: int, minutes: int) -> None:
    """Puts a session where a test wants it, as if its payer and the bank had done so."""
    ref_id, receipt = _receipts()
    db.execute(
        "UPDATE session SET state = :state, reason = 'forced',"
        " ref_id = CASE WHEN :money THEN COALESCE(ref_id, :ref_id) ELSE ref_id END,"
        " receipt = CASE WHEN :money THEN COALESCE(receipt, :receipt) ELSE receipt END,"
        " paid_at = CASE WHEN :money THEN COALESCE(paid_at, :now) ELSE paid_at END,"
        " verified_at = CASE WHEN :state = 'VERIFIED' THEN :now END,"
        " due_at = CASE WHEN :state IN ('IN_BANK', 'PAID') THEN :due END"
        " WHERE authority = :authority",
        {
            "state": state,
            "money": state in {"PAID", "VERIFIED", "REVERSED"},
            "ref_id": ref_id,
            "receipt": receipt,
            "now": now,
            "due": now + minutes * 60,
            "authority": authority,
        },
    )


def waiting(db: sqlite3.Connection, merchant_id: str) -> list[Session]:
    """Paid and not verified, newest first, 100 at most."""
    rows = db.execute(
        "SELECT * FROM session WHERE merchant_id = ? AND state = 'PAID' ORDER BY paid_at DESC LIMIT 100",
        (merchant_id,),
    )
    return [Session(**row) for row in rows]


def listed(db: sqlite3.Connection, limit: int) -> list[Session]:
    """The newest sessions of all merchants."""
    rows = db.execute("SELECT * FROM session ORDER BY created_at DESC, rowid DESC LIMIT ?", (limit,))
    return [Session(**row) for row in rows]


def totals(db: sqlite3.Connection) -> dict[str, dict[str, dict[str, int]]]:
    """merchant → state → {"sessions", "rials"}: what the bank's book says, to compare with a ledger."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for merchant, state, number, rials in db.execute(
        "SELECT merchant_id, state, count(*), sum(rials) FROM session GROUP BY merchant_id, state"
    ):
        found.setdefault(merchant, {})[state] = {"sessions": number, "rials": rials}
    return found


def _receipts() -> tuple[int, str]:
    """The number and the word by which a payment is known from now on."""
    return 10**9 + secrets.randbelow(10**12), secrets.token_urlsafe(32)
