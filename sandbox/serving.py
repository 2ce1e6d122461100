"""One call of a gateway's API, from its faults to its answer, whatever protocol it speaks."""

import re
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from flask import Response, jsonify

from sandbox import sessions
from sandbox.bank import Bank, the_bank
from sandbox.spoil import refused_early, spoiled

ADDRESS = re.compile(r"https?://[\w.:-]+(?:[/?#][!-~]*)?", re.ASCII)
Body = dict[str, Any]
Said = tuple[Body, int]
Faults = dict[str, int]
Work = Callable[[Bank, sqlite3.Connection, Faults], Said]


def served(operation: str, authority: str | None, too_many: Body, work: Work) -> Response:
    """`work` in one transaction, struck by the faults of this operation; `too_many` is how a 429 reads."""
    bank = the_bank()
    faults = bank.faults.take(operation, authority)
    time.sleep(faults.get("delay_ms", 0) / 1000)
    if early := refused_early(faults, too_many):
        return early
    with bank.store.transaction() as db:
        sessions.age(db, bank.clock.now())
        said, status = work(bank, db, faults)
    response = jsonify(said)
    response.status_code = status
    return spoiled(response, said, faults)


def writable(text: str) -> bool:
    """Half a surrogate pair cannot be written down."""
    return text.encode("utf-8", "ignore").decode() == text


def is_amount(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_address(value: object) -> bool:
    return isinstance(value, str) and bool(ADDRESS.fullmatch(value))
