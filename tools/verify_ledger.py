#!/usr/bin/env python3
"""Checks the public book of a Pooyesh site by yourself: nothing was changed, removed or reordered.

    python3 verify.py https://site.example             downloads everything and checks it
    python3 verify.py ledger.jsonl checkpoints.jsonl   checks files you have (the second may be left out)
    python3 verify.py --proof proof.json               checks the proof of one gift, alone
    python3 verify.py https://… --proof proof.json     and that this very entry stands in the book

--key HEX: only signatures of this key count. --earlier FILE: a ledger.jsonl you kept, which the book must begin
with. Ends with 0 when all is well, 1 when something is not, 2 when it could not check. Python 3.8 or newer.
Each line of the book is {"hash":Hn,"leaf":Ln,"prev":Hn-1}, with H0 = 32 zero bytes, Hn = SHA-256(0x00, Hn-1,
Ln), and Ln the leaf as canonical JSON (sorted keys, no spaces, UTF-8). The leaves are also those of a Merkle
tree (RFC 6962). Each day's size, root and head are signed (Ed25519, RFC 8032).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

CHUNK = 20_000
PURPOSE = b"pooyesh ledger checkpoint\n"
WORD = rb'"[^"\\\x00-\x1f]+"'  # no word of a book needs an escape
ID = rb"(?:null|" + WORD + rb")"
LEG = rb'\{"credit":' + WORD + rb',"debit":' + WORD + rb',"rials":[1-9][0-9]{0,17}\}'
LINE = re.compile(
    rb'\{"hash":"([0-9a-f]{64})","leaf":(\{"campaign":%b,"commitment":%b,"day":%b,"kind":%b,"legs":\[(%b(?:,%b)*)\],'
    rb'"reverses":%b,"seq":([1-9][0-9]{0,17}),"txn":%b\}),"prev":"([0-9a-f]{64})"\}\r?\n?'
    % (ID, ID, WORD, WORD, LEG, LEG, ID, WORD)
)  # the hash, the leaf, its legs, its number, the hash before
MOVES = re.compile(rb'"credit":"([^":]+:[^"]+)","debit":"([^":]+:[^"]+)","rials":([0-9]+)')
UNFIT = (ValueError, KeyError, TypeError, IndexError, AttributeError)  # what strange JSON may raise
encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


class Breach(Exception):
    """What is wrong, with the first entry it is wrong in."""


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


class Book:
    """Reads the lines in order and raises `Breach` at the first that is not what it must be. `peaks`: the roots
    of the complete subtrees so far, largest first; all that a growing tree needs."""

    def __init__(self, checkpoints: list[Any], shown: dict[int, bytes]) -> None:
        self.size, self.signed, self.head = 0, 0, b"0" * 64
        self.peaks: list[bytes] = []
        self.received: dict[str, int] = {}
        self.waiting, self.shown = checkpoints[::-1], shown

    def read(self, lines: Iterable[bytes]) -> None:
        lines = iter(lines)
        for line in lines:
            self.line(line, lines)
        if self.waiting:
            day, size = self.waiting[0]["day"], self.waiting[0]["size"]
            raise Breach(f"entry {self.size + 1} was removed: on {day}, {size} entries were signed")

    def line(self, line: bytes, rest: Iterator[bytes]) -> None:
        number = self.size + 1
        found = LINE.fullmatch(line)
        after, text, legs, seq, before = found.groups() if found else (b"", b"", b"", b"0", b"")
        moves = MOVES.findall(legs)
        if not moves or len(moves) != legs.count(b"{") or any(credit == debit for credit, debit, _ in moves):
            raise Breach(f"entry {number} was changed: its line is not a line of a book")
        if int(seq) != number:
            raise Breach(displaced(number, seq, rest))
        made = sha256(b"\x00", bytes.fromhex(before.decode()), text)
        if made.hex().encode() != after:
            raise Breach(f"entry {number} was changed: it does not give the hash that stands beside it")
        if before != self.head:
            raise Breach(
                f"entry {self.size or 1} was changed with its hash, or the next one: they do not join"
            )
        if self.shown.get(number, text) != text:
            raise Breach(f"entry {number} was changed: it is not the one that was proved to you")
        self.head = after
        self.grow(text)
        for credit, debit, rials in moves:
            self.count(credit.split(b":"), int(rials))
            self.count(debit.split(b":"), -int(rials))
        self.compare()

    def grow(self, text: bytes) -> None:
        node, count = sha256(b"\x00", text), self.size
        while count & 1:
            node, count = sha256(b"\x01", self.peaks.pop(), node), count >> 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        node = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            node = sha256(b"\x01", peak, node)
        return node

    def count(self, words: list[bytes], rials: int) -> None:
        if words[1] == b"campaign":  # what it received: credits of its accounts less debits
            name = words[2].decode()
            self.received[name] = self.received.get(name, 0) + rials

    def compare(self) -> None:
        """With the checkpoints that end here."""
        while self.waiting and self.waiting[-1]["size"] <= self.size:
            one = self.waiting.pop()
            if (one["root"], one["head"]) != (self.root().hex(), self.head.decode()):
                span = f"entry {self.signed + 1} or one after it up to {one['size']}"
                raise Breach(f"{span} was changed: the book is not what was signed on {one['day']}")
            self.signed = one["size"]


def displaced(number: int, there: bytes, rest: Iterable[bytes]) -> str:
    """The sentence for an entry in whose place another one stands. Reads on to find it."""
    stands = f"entry {there.decode()} stands in its place"
    for distance, line in enumerate(rest, 1):
        found = LINE.fullmatch(line)
        if found and int(found[4]) == number:
            return f"entry {number} was moved {distance} lines on: {stands}"
    return f"entry {number} was removed or repeated: {stands}"


def check_checkpoints(lines: Iterable[bytes], key: str = "") -> list[Any]:
    """The checkpoints, when they are in order and each has a good signature."""
    checkpoints = [json.loads(line) for line in lines]
    days, sizes = [one["day"] for one in checkpoints], [one["size"] for one in checkpoints]
    if days != sorted(set(days)) or sizes != sorted(sizes):
        raise Breach("the checkpoints are out of order, or the book had shrunk")
    for one in checkpoints:
        check_signature(one, key)
    return checkpoints


def check_signature(one: dict[str, Any], key: str = "") -> None:
    if key and one["key"] != key:
        raise Breach(f"the checkpoint of {one['day']} was signed with another key, {one['key']}")
    message = PURPOSE + encode({name: one[name] for name in ("day", "head", "root", "size")}).encode()
    if not verified(bytes.fromhex(one["key"]), bytes.fromhex(one["signature"]), message):
        raise Breach(f"the signature of the checkpoint of {one['day']} is wrong: its figures were changed")


def check_proof(proof: dict[str, Any], key: str = "") -> dict[int, bytes]:
    """The entries of one gift by number, each shown to be in a tree."""
    found: dict[int, bytes] = {}
    if not proof["entries"]:
        raise Breach(f"the gift {proof['code']} is not in the book")
    sealed = hashlib.sha256(bytes.fromhex(proof["salt"]) + proof["code"].encode()).hexdigest()
    for entry in proof["entries"]:
        number, text, one = entry["leaf"]["seq"], encode(entry["leaf"]).encode(), entry["checkpoint"]
        if entry["leaf"]["commitment"] != sealed:
            raise Breach(f"entry {number} does not belong to the receipt {proof['code']}")
        path = [bytes.fromhex(step) for step in entry["path"]]
        if included(text, number - 1, entry["size"], path).hex() != entry["root"]:
            raise Breach(f"the path of entry {number} does not lead to the root")
        if one and (one["size"], one["root"]) != (entry["size"], entry["root"]):
            raise Breach(f"the path of entry {number} does not lead to the root that was signed")
        if one:
            check_signature(one, key)
        found[number] = text
    return found


def included(text: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that an audit path gives (RFC 9162, 2.1.3.2); empty where the path does not fit."""
    node, last = sha256(b"\x00", text), size - 1
    for step in path:
        if last == 0:
            return b""
        if index & 1 or index == last:
            node = sha256(b"\x01", step, node)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = sha256(b"\x01", node, step)
        index, last = index >> 1, last >> 1
    return node if last == 0 else b""


P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
BASE = (4 * pow(5, P - 2, P) % P).to_bytes(32, "little")


def verified(key: bytes, signature: bytes, message: bytes) -> bool:
    """Ed25519 (RFC 8032, 5.1.7). Points are four numbers, in extended coordinates."""
    public, commit = point(key), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or commit is None or scalar >= ORDER or len(signature) != 64:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    one, other = times(scalar, point(BASE)), plus(commit, times(challenge, public))
    return all((one[axis] * other[2] - other[axis] * one[2]) % P == 0 for axis in (0, 1))


def point(data: bytes) -> Any:
    """The point of 32 bytes; None when there is no such point."""
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x * ROOT_OF_MINUS_ONE % P if (x * x - square) % P else x
    if len(data) != 32 or y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def plus(p: Any, q: Any) -> Any:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar: int, p: Any) -> Any:
    found = (0, 1, 1, 0)
    while scalar:
        found = plus(found, p) if scalar & 1 else found
        p, scalar = plus(p, p), scalar >> 1
    return found


def get(address: str) -> Iterator[bytes]:
    """The lines of a page, or of a file; none of no address."""
    if address.startswith(("https://", "http://")):
        with urlopen(address, timeout=120) as answer:  # noqa: S310 -- http(s) only
            yield from answer
    elif address:
        with Path(address).open("rb") as file:
            yield from file


def alike(lines: Iterable[bytes], earlier: Iterator[bytes]) -> Iterator[bytes]:
    """The lines, as long as they are those of an earlier copy."""
    number = 0
    for number, line in enumerate(lines, 1):
        if next(earlier, line).rstrip() != line.rstrip():
            raise Breach(f"entry {number} was changed: it is not what it was in the copy you kept")
        yield line
    if next(earlier, None) is not None:
        raise Breach(f"entry {number + 1} was removed: the copy you kept has it")


def pages(site: str, entries: int) -> Iterator[bytes]:
    for first in range(1, entries + 1, CHUNK):
        yield from get(f"{site}/ledger.jsonl?from={first}&to={min(first + CHUNK - 1, entries)}")


def check_book(asked: argparse.Namespace, shown: dict[int, bytes]) -> None:
    site = asked.where.rstrip("/") if "://" in asked.where else ""
    days = get(f"{site}/ledger/checkpoints.jsonl" if site else asked.checkpoints)
    signed = check_checkpoints(days, asked.key)
    totals = json.loads(b"".join(get(f"{site}/ledger/totals.json"))) if site else None
    book = Book(signed, shown)
    book.read(alike(pages(site, totals["entries"]) if totals else get(asked.where), get(asked.earlier)))
    if totals and (totals["entries"], totals["head"]) != (book.size, book.head.decode()):
        raise Breach(f"entry {book.size} is not the one the site names as its newest")
    if totals and totals["received"] != {name: rials for name, rials in book.received.items() if rials}:
        raise Breach("the sums the site shows are not those of the book")
    print(f"{book.size} entries, none changed, removed or moved. Newest hash: {book.head.decode()}")
    print(f"{len(signed)} signed days cover {book.signed} of them. Keys:", *{one["key"] for one in signed})
    print(f"{len(book.received)} campaigns have received {sum(book.received.values())} rials.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("where", "checkpoints"):
        parser.add_argument(name, nargs="?", default="")
    for name in ("--proof", "--key", "--earlier"):
        parser.add_argument(name, default="")
    asked = parser.parse_args()
    try:
        shown = check_proof(json.loads(b"".join(get(asked.proof))), asked.key) if asked.proof else {}
        print(*(f"Entry {number} is proved." for number in shown), end="\n" if shown else "")
        if asked.where:
            check_book(asked, shown)
    except Breach as breach:
        print(f"NOT AS IT WAS: {breach}.")
        return 1
    except (OSError, *UNFIT) as error:
        print(f"Could not check: {error!r}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
