"""What must be true after every step, counted from the rows by other means than the house's own; the house's own
looks (`watched`) read everything every few steps and at the end.

| | checked by | how |
|---|---|---|
| I1 I3 I4 I5 I6 | `book`, `refunds`, `bars` | here, and by the house's own looks (`watch`) |
| I2 I9 | `payments` | here, and by the looks |
| I7 | `nothing_changed` | what was seen of the book and of payment events is there, as it was; its seals by the looks |
| I8 | `payments` | no receipt of a gateway stands at two attempts |
| I10 I11 | `clearing`, `unallocated` | here, to the rial and by item; the looks ask less |
| I12 I14 I15 I16 I18 | `watch` | the house's own looks at the whole book; I12 also by the public verifier, at the end |
| I13 | nowhere here | a capture writes no letter; that each letter is written once is `notices/test_letters.py` |
| I17 | `test_replay.py` | the order and number of events does not matter |

One part of I6, that nothing waits longer than a minute for its place, is about the worker and not about the book: a
worker may sleep here as long as it likes.
"""

from collections import Counter
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts
from campaigns.domain.payments.models import PaymentEvent
from tests.domain.money.scripted import Scripted
from tests.domain.money.seen import Seen

BOOKED = ("capture", "allocated_gift", "allocation")
IN_BOOK = ("approved", "sent", "done")
SPENDING = ("spending", "unspent")
WAITED_LONG = "a transaction has waited for its place for more than a minute"


class Memory:
    """What was seen before, and must not change."""

    def __init__(self) -> None:
        self.book: dict[int, Any] = {}
        self.events: dict[int, Any] = {}
        self.paid: set[int] = set()

    def nothing_changed(self, seen: Seen) -> None:
        book = {txn_id: (tuple(txn), seen.moves.get(txn_id)) for txn_id, txn in seen.txns.items()}
        rows = db.session.execute(select(PaymentEvent.__table__))
        events = {row.id: tuple(map(str, row)) for row in rows}
        assert _kept(self.book, book)
        assert _kept(self.events, events)
        paid = {row.id for row in seen.attempts if row.state == "paid"}
        assert self.paid <= paid
        self.book, self.events, self.paid = book, events, paid


def _kept(before: dict[int, Any], after: dict[int, Any]) -> bool:
    return all(after.get(key) == value for key, value in before.items())


def everything(seen: Seen, banks: dict[str, Scripted]) -> None:
    book(seen)
    payments(seen, banks)
    refunds(seen)
    clearing(seen)
    unallocated(seen)
    bars(seen)
    gifts(seen)
    spending_and_matching(seen)


def book(seen: Seen) -> None:
    """Double entry, no account below zero, no gap (I1, I4, I6)."""
    for txn_id in seen.txns:
        assert seen.moves.get(txn_id)
    for move in (move for moves in seen.moves.values() for move in moves):
        assert type(move.rials) is int
        assert move.rials > 0
        assert move.debit != move.credit
    assert sum(seen.balances.values()) == 0
    for code in seen.balances:
        if code.startswith("liability"):
            assert seen.balance(code) >= 0, code
    assert list(seen.places) == list(range(1, len(seen.places) + 1))
    assert {*seen.places.values()} | seen.waiting == set(seen.txns)
    assert not {*seen.places.values()} & seen.waiting


def payments(seen: Seen, banks: dict[str, Scripted]) -> None:
    """Each paid attempt is in the book once and no other is; no more than the bank has given (I2, I8, I9)."""
    booked = Counter(txn.reference_id for txn in seen.of_kind(*BOOKED) if txn.reference_kind == "attempt")
    assert booked == Counter(row.id for row in seen.attempts if row.state == "paid")
    receipts = Counter((row.gateway, row.receipt_ref) for row in seen.attempts if row.receipt_ref)
    assert not receipts or max(receipts.values()) == 1
    for name, bank in banks.items():
        taken = sum(row.captured_rials for row in seen.attempts if row.gateway == name)
        assert taken <= bank.given()


def refunds(seen: Seen) -> None:
    """Nothing goes back that did not come; what is owed is what was approved and has not arrived (I3)."""
    for attempt in seen.attempts:
        asked = [row for row in seen.refunds if row.attempt_id == attempt.id]
        reserved = sum(row.rials for row in asked if row.state not in {"failed", "refused"})
        assert attempt.refund_reserved_rials == reserved <= attempt.captured_rials
    owed = sum(row.rials for row in seen.refunds if row.state in {"approved", "sent"})
    assert seen.balance(accounts.REFUND_PAYABLE) == owed


def clearing(seen: Seen) -> None:
    """What a gateway still holds is what it took, less its fees and what it gave back (I10)."""
    for name in {row.gateway for row in seen.attempts}:
        account = accounts.clearing(name)
        took = sum(row.captured_rials for row in seen.attempts if row.gateway == name)
        confirmed = [txn for txn in seen.of_kind("unallocated") if txn.reference_kind == "item"]
        took += sum(move.rials for txn in confirmed for move in seen.moves[txn.id] if move.debit == account)
        back = sum(row.rials for row in seen.refunds if row.gateway == name and row.state == "done")
        assert seen.balance(account) == took - seen.balance(accounts.fee(name)) - back


def unallocated(seen: Seen) -> None:
    """Every rial that no campaign may have yet waits with an item that somebody has to decide (I11)."""
    open_items = [item for item in seen.items if item.state in {"open", "proposed"}]
    assert seen.balance(accounts.UNALLOCATED) == sum(_waits(seen, item) for item in open_items)


def _waits(seen: Seen, item: Any) -> int:
    if item.kind == "no_answer":
        return 0
    about = ("attempt", item.attempt_id) if item.attempt_id else ("item", item.id)
    mine = [txn for txn in seen.txns.values() if (txn.reference_kind, txn.reference_id) == about]
    going = sum(
        row.rials
        for row in seen.refunds
        if row.attempt_id == item.attempt_id and row.account == accounts.UNALLOCATED and row.state in IN_BOOK
    )
    return seen.on(accounts.UNALLOCATED, mine) - going


def bars(seen: Seen) -> None:
    """The bar of each campaign is the sum of what has its place, spent or not (I5)."""
    placed = [seen.txns[txn_id] for txn_id in seen.places.values()]
    received: Counter[int] = Counter()
    number: Counter[int] = Counter()
    for txn in placed:
        if txn.kind not in SPENDING:
            for move in seen.moves[txn.id]:
                received[_owner(move.credit)] += move.rials
                received[_owner(move.debit)] -= move.rials
        number[txn.campaign_id or 0] += _counts(txn.kind)
    for campaign_id in {*received, *number, *seen.rollups} - {0}:
        rollup = seen.rollups.get(campaign_id)
        shown = (rollup.received_rials, rollup.gifts) if rollup else (0, 0)
        assert shown == (received[campaign_id], number[campaign_id])


def _owner(code: str) -> int:
    kind, name, *rest = code.split(":")
    return int(rest[0]) if (kind, name) == ("liability", "campaign") else 0


def _counts(kind: str) -> int:
    return {"capture": 1, "allocated_gift": 1, "gift_back": 1, "whole_refund": -1}.get(kind, 0)


def gifts(seen: Seen) -> None:
    """The gifts the book counts are those that were received and have not gone back."""
    counted: Counter[int] = Counter()
    for txn in seen.txns.values():
        counted[txn.campaign_id or 0] += _counts(txn.kind)
    standing = Counter(
        gift.campaign_id for gift in seen.gifts.values() if gift.received_at and not gift.refunded_at
    )
    assert +counted == standing


def spending_and_matching(seen: Seen) -> None:
    """What is owed to payees was approved; a pool has given what its row says, each gift once."""
    owed = sum(row.rials for row in seen.spendings if row.state == "approved")
    assert seen.balance(accounts.PAYABLE) == owed
    for pool in seen.pools:
        left = pool.cap_rials - pool.matched_rials if pool.state == "open" else 0
        assert seen.balance(accounts.pool(pool.public_id)) == left >= 0
    assert seen.moved("match") == sum(pool.matched_rials for pool in seen.pools)


def watched() -> None:
    """The house's own looks find nothing."""
    found = [one for one in watch.look(watch.everything()) if one.detail != WAITED_LONG]
    db.session.rollback()
    assert found == []
