"""A book on paper: lines of any length and their signed days, made without a database."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from campaigns.base import chain, merkle
from campaigns.base.signing import public_bytes, read_key

KEY = read_key("5e" * 32)
PURPOSE = b"pooyesh ledger checkpoint\n"


def leaf(seq: int, **changes: Any) -> dict[str, Any]:
    """What a capture of `seq` tomans says."""
    own = f"liability:campaign:camp{seq % 3}:sadaqah"
    return {
        "campaign": f"camp{seq % 3}",
        "commitment": hashlib.sha256(f"gift {seq}".encode()).hexdigest(),
        "day": f"2026-11-{1 + seq // 10:02}",
        "kind": "capture",
        "legs": [{"credit": own, "debit": "asset:clearing:zarinpal", "rials": seq * 10}],
        "reverses": None,
        "seq": seq,
        "txn": f"txn-{seq}",
    } | changes


def line(data: dict[str, Any], head: bytes) -> tuple[bytes, bytes]:
    """A line that is what it must be behind `head`, and the head behind it."""
    text = chain.canonical(data)
    after = chain.link(head, text)
    return json_line(text, head, after), after


def json_line(text: bytes, before: bytes, after: bytes) -> bytes:
    return b'{"hash":"%b","leaf":%b,"prev":"%b"}\n' % (after.hex().encode(), text, before.hex().encode())


@dataclass
class PaperBook:
    """Lines behind each other. `sign` closes a day."""

    lines: list[bytes] = field(default_factory=list)
    head: bytes = chain.BEGINNING
    checkpoints: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, count: int, signed: Sequence[int] = ()) -> "PaperBook":
        book = cls()
        for seq in range(1, count + 1):
            book.write(leaf(seq))
            if seq in signed:
                book.sign()
        return book

    def write(self, data: dict[str, Any]) -> None:
        made, self.head = line(data, self.head)
        self.lines.append(made)

    def sign(self) -> None:
        day = f"2026-11-{len(self.checkpoints) + 1:02}"
        figures = {"day": day, "head": self.head.hex(), "root": self.root().hex(), "size": len(self.lines)}
        signature = KEY.sign(PURPOSE + chain.canonical(figures))
        self.checkpoints.append(figures | {"key": public_bytes(KEY).hex(), "signature": signature.hex()})

    def root(self) -> bytes:
        leaves = [merkle.leaf_hash(chain.canonical(json.loads(one)["leaf"])) for one in self.lines]

        def block(level: int, index: int) -> bytes:
            return merkle.fold(leaves[index << level : (index + 1) << level])

        return merkle.root(len(leaves), block)

    def days(self) -> list[bytes]:
        return [json.dumps(one).encode() for one in self.checkpoints]
