"""Which declared gift a line is. Reads nothing and changes nothing: the same lines and claims give the same answer
in whatever order they came.

The rules, strongest first: our identifier in the description; the exact amount, asked of nobody else; the tracking
number; the card's last four digits with the amount within a quarter of an hour. Every rule is asked about all lines
before the next one, so no line takes a gift from one that names it. A rule counts only where it leaves one gift.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from campaigns.base.codes import LENGTH as CODE_LENGTH
from campaigns.base.codes import parse_code
from campaigns.base.digits import to_ascii
from campaigns.base.jalali import day_start, tehran_day
from campaigns.domain.claims.queries import LATE_FOR, OpenClaim
from campaigns.domain.statements.outcomes import Outcome

NEAR = timedelta(minutes=15)
A_DAY = timedelta(days=1)
SHORTEST_TRACKING = 5
_WORDS = re.compile(r"[0-9A-Za-z]+")
MOST_PARTS = 3
"""A code is shown in three groups, which a bank may part or join."""


class Rule(StrEnum):
    IDENTIFIER = "identifier"
    AMOUNT = "amount"
    TRACKING = "tracking"
    CARD = "card"


@dataclass(frozen=True)
class Seen:
    """A line as the rules see it. `id` is its row; lines are taken in the order of their moments and checksums."""

    id: int
    booked_at: datetime
    has_time: bool
    rials: int
    numbers: frozenset[str]
    codes: frozenset[str]
    last4: str
    order: tuple[object, ...] = field(compare=False, default=())


@dataclass(frozen=True)
class Known:
    """A claim with the code its donor was given."""

    claim: OpenClaim
    code: str


class Verdict(NamedTuple):
    """What a line is: VALID with its claim and the rule, NOMATCH, or AMBIGUOUS with the rule that left several."""

    line_id: int
    outcome: Outcome
    claim: OpenClaim | None = None
    rule: str = ""


def codes_in(description: str) -> frozenset[str]:
    """Tracking codes of ours that stand in a description, however they were typed."""
    words = _WORDS.findall(description)
    spans = (
        "".join(words[start : start + parts])
        for parts in range(1, MOST_PARTS + 1)
        for start in range(len(words))
    )
    return frozenset(code for span in spans if len(span) == CODE_LENGTH + 1 and (code := parse_code(span)))


def numbers_in(*texts: str) -> frozenset[str]:
    """Everything in these texts that could be a tracking number, without zeros in front."""
    words = (plain(word) for text in texts for word in _WORDS.findall(to_ascii(text)))
    return frozenset(word for word in words if len(word) >= SHORTEST_TRACKING)


def plain(number: str) -> str:
    """A tracking number without what people and banks write differently."""
    return "".join(_WORDS.findall(to_ascii(number))).upper().lstrip("0")


def fits(rule: Rule, line: Seen, known: Known) -> bool:
    """Whether one rule finds that the line is this claim's."""
    claim = known.claim
    if rule is Rule.IDENTIFIER:
        return known.code in line.codes
    if not in_window(line, claim):
        return False
    if rule is Rule.AMOUNT:
        return claim.alone and line.rials == claim.expected_rials
    if rule is Rule.TRACKING:
        return bool(claim.tracking) and plain(claim.tracking or "") in line.numbers
    same = bool(claim.last4) and claim.last4 == line.last4
    return same and line.rials in {claim.expected_rials, claim.base_rials} and is_near(line, claim)


def in_window(line: Seen, claim: OpenClaim) -> bool:
    """Whether the line was booked after the gift was declared, and not too long after it was due."""
    first = claim.declared_at - NEAR if line.has_time else day_start(tehran_day(claim.declared_at))
    return first <= line.booked_at <= claim.deadline + LATE_FOR


def is_near(line: Seen, claim: OpenClaim) -> bool:
    """Within a quarter of an hour of when the donor says it was paid; never where either says no time."""
    return line.has_time and claim.paid_at is not None and abs(line.booked_at - claim.paid_at) <= NEAR


class _Shelves:
    """Claims by what a rule looks for, so that many lines and many claims are no product."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.left = {one.claim.id: one for one in known}
        self._by: dict[tuple[Rule, object], list[Known]] = {}
        for one in known:
            for key in _keys_of_claim(one):
                self._by.setdefault(key, []).append(one)

    def fitting(self, rule: Rule, line: Seen) -> list[Known]:
        """Those left that the rule finds for the line, in the order they were declared."""
        near = {
            one.claim.id: one for key in _keys_of_line(rule, line) for one in self._by.get((rule, key), ())
        }
        return [one for number, one in sorted(near.items()) if number in self.left and fits(rule, line, one)]


def _keys_of_claim(known: Known) -> Iterator[tuple[Rule, object]]:
    claim = known.claim
    yield Rule.IDENTIFIER, known.code
    yield Rule.AMOUNT, claim.expected_rials
    yield Rule.TRACKING, plain(claim.tracking or "")
    yield Rule.CARD, claim.last4


def _keys_of_line(rule: Rule, line: Seen) -> list[object]:
    keys: dict[Rule, Callable[[], list[object]]] = {
        Rule.IDENTIFIER: lambda: [*line.codes],
        Rule.AMOUNT: lambda: [line.rials],
        Rule.TRACKING: lambda: [*line.numbers],
        Rule.CARD: lambda: [line.last4] if line.last4 else [],
    }
    return keys[rule]()


def verdicts(lines: Sequence[Seen], known: Sequence[Known]) -> list[Verdict]:
    """One for each line: the certain ones first, in the order in which they may be credited."""
    shelves, found = _Shelves(known), list[Verdict]()
    rest = sorted(lines, key=lambda line: (line.booked_at, line.order))
    for rule in Rule:
        waiting = []
        for line in rest:
            fitting = shelves.fitting(rule, line)
            if len(fitting) == 1 and not _is_contradicted(rule, line, fitting[0], shelves):
                found.append(Verdict(line.id, Outcome.VALID, fitting[0].claim, rule.value))
                del shelves.left[fitting[0].claim.id]
            else:
                waiting.append(line)
        rest = waiting
    return [*found, *(_undecided(line, shelves) for line in rest)]


def _is_contradicted(rule: Rule, line: Seen, one: Known, shelves: _Shelves) -> bool:
    """The amount says one gift and the tracking number another: a person looks."""
    other = {Rule.AMOUNT: Rule.TRACKING, Rule.TRACKING: Rule.AMOUNT}.get(rule)
    found = shelves.fitting(other, line) if other is not None else []
    return bool(found) and one not in found


def _undecided(line: Seen, shelves: _Shelves) -> Verdict:
    """Several left by some rule, or one that another rule contradicts: ambiguous. Else nobody's."""
    for rule in Rule:
        if shelves.fitting(rule, line):
            return Verdict(line.id, Outcome.AMBIGUOUS, rule=rule.value)
    return Verdict(line.id, Outcome.NOMATCH)
