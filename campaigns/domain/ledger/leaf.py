"""What the public book says of a transaction. The form is a promise: every line ever published has it.

`{"campaign","commitment","day","kind","legs":[{"credit","debit","rials"}],"reverses","seq","txn"}`: ids are
public ids, the day is Tehran's (a moment could be laid beside a wall of donors), rials are whole numbers,
what does not apply is null. Nothing in it is personal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

SPOKEN = frozenset({"clearing", "fee", "cash", "transit", "cash_over_short", "goods", "campaign_goods"})
"""Accounts whose third word is a name everybody may read."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account as entries need it. `campaign` is the public id of the campaign that owns it."""

    id: int
    code: str
    campaign_id: int | None = None
    campaign: str | None = None


class Move(NamedTuple):
    """One transfer of an entry."""

    debit: Account
    credit: Account
    rials: int


class Entry(NamedTuple):
    """A transaction of the book with its transfers, in the order of their legs. `reverses…` tell of the one it
    mirrors; `campaign` and `reverses` are public ids. `gifts` is how many it brings or takes back, if its kind does.
    """

    moves: Sequence[Move]
    day: date
    txn_id: int
    public_id: str
    kind: str
    occurred_at: datetime
    campaign_id: int | None
    campaign: str | None
    commitment: bytes | None
    reverses: str | None
    reverses_kind: str | None
    reverses_campaign_id: int | None
    gifts: int = 1

    def public(self, seq: int) -> dict[str, Any]:
        """What the line of this entry says when it is number `seq`."""
        return {
            "campaign": self.campaign,
            "commitment": self.commitment.hex() if self.commitment else None,
            "day": self.day.isoformat(),
            "kind": self.kind,
            "legs": [_leg(move) for move in self.moves],
            "reverses": self.reverses,
            "seq": seq,
            "txn": self.public_id,
        }

    def brought(self) -> Iterator[tuple[Account, int]]:
        """What each transfer does to accounts of campaigns: rials, less than zero for a debit."""
        for move in self.moves:
            if move.credit.campaign_id is not None:
                yield move.credit, move.rials
            if move.debit.campaign_id is not None:
                yield move.debit, -move.rials


def leaf(seq: int, entry: Entry) -> bytes:
    """The canonical text of the line: `chain.canonical` of `public`, written out, because books have millions."""
    legs = ",".join(
        [
            f'{{"credit":{_said(one.credit)},"debit":{_said(one.debit)},"rials":{one.rials}}}'
            for one in entry.moves
        ]
    )
    mark = f'"{entry.commitment.hex()}"' if entry.commitment else "null"
    return (
        f'{{"campaign":{_id(entry.campaign)},"commitment":{mark},"day":"{entry.day.isoformat()}",'
        f'"kind":{quoted(entry.kind)},"legs":[{legs}],"reverses":{_id(entry.reverses)},"seq":{seq},'
        f'"txn":{quoted(entry.public_id)}}}'
    ).encode()


def public_code(account: Account) -> str:
    """The code without row ids: a campaign by its public id, a gateway by its name; else a mark that tells
    one account from another and nothing more.
    """
    return _public(account.code, account.campaign)


@lru_cache(maxsize=4_096)
def _public(code: str, campaign: str | None) -> str:
    kind, name, *rest = code.split(":")
    if campaign is not None:
        return ":".join((kind, name, campaign, *rest[1:]))
    if not rest or name in SPOKEN:
        return code
    return f"{kind}:{name}:~{sha256(code.encode()).hexdigest()[:16]}"


def _said(account: Account) -> str:
    return quoted(_public(account.code, account.campaign))


def _id(public_id: str | None) -> str:
    return "null" if public_id is None else quoted(public_id)


def _leg(move: Move) -> dict[str, Any]:
    return {"credit": public_code(move.credit), "debit": public_code(move.debit), "rials": move.rials}
