"""Looks at all invariants: at everything (`flask ledger check`), or every ten minutes at what is new and at a
part of what is old. To add one: write a `Look` into the file it belongs to, and its words into `INVARIANTS`.

I13 (one letter a capture) and I8 are kept by constraints that `sums.guards` watches; I17 (the order of events
does not matter) is proved by tests.
"""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from campaigns.base.clock import now
from campaigns.base.readonly import only_reading
from campaigns.domain.invariants import counter, entries, goods, payments, sums
from campaigns.domain.invariants.contract import Span
from campaigns.domain.ledger.breaches import Found
from campaigns.domain.ledger.sealing import newest

LOOKS = (*entries.LOOKS, *sums.LOOKS, *payments.LOOKS, *counter.LOOKS, *goods.LOOKS)
INVARIANTS = {
    "I1": _l("Every transaction moves money between two accounts"),
    "I2": _l("Every paid attempt is in the book, once"),
    "I3": _l("Nothing is given back that was not taken"),
    "I4": _l("No intent of a campaign is below zero"),
    "I5": _l("The bars are what the book says"),
    "I6": _l("Every transaction has its place, without gaps, within a minute"),
    "I7": _l("No entry, seal or signed day was changed, and nothing could change them"),
    "I8": _l("Receipts, transactions and letters are counted once"),
    "I9": _l("What was paid stays paid"),
    "I10": _l("The gateways took what the book says they took"),
    "I11": _l("Money without a campaign has somebody who looks at it"),
    "I12": _l("The open book shows what the bars show"),
    "I14": _l("All money is whole rials"),
    "I15": _l("Practice money and real money never meet"),
    "I16": _l("Every reversal mirrors its original exactly"),
    "I18": _l("The campaign of every account is there"),
    "I19": _l("The drawers and numbers of offices are what the book and their papers say"),
    "I20": _l("Every batch is in the book as its statement says"),
    "I21": _l("Goods in warehouses and boxes are what was moved there, and the book says their worth"),
    "I22": _l("In-kind receipts are numbered without a gap"),
}
PERIOD_SECONDS = 600
WINDOW = 20 * entries.CHUNK
"""Entries that are read one by one at each look: the newest, and as many old ones, in turn."""


def look(spans: Sequence[Span]) -> list[Found]:
    """Everything that is broken. Changes nothing and takes no writer's lock."""
    with only_reading():
        return [found for one in LOOKS for found in one(spans)]


def everything() -> list[Span]:
    with only_reading():
        return [Span(1, newest()[0])]


def in_turn() -> list[Span]:
    """The newest entries, and the window of old ones whose turn it is now: after some hours all had theirs."""
    with only_reading():
        size = newest()[0]
    start = max(0, size - WINDOW) // entries.CHUNK * entries.CHUNK
    windows = -(-start // WINDOW)
    spans = [Span(start + 1, size)]
    if windows:
        turn = int(now().timestamp()) // PERIOD_SECONDS % windows
        spans.append(Span(turn * WINDOW + 1, min((turn + 1) * WINDOW, start)))
    return spans
