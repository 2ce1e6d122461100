"""In whatever order and however often everything is heard, the book says the same (I17)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.domain.payments.settlement import note_cancelled, settle_back
from tests.domain.money.giving import Giving
from tests.domain.money.seen import Seen
from tests.support.effort import effort

GIFT = 100_000
CHARGED = {"pay": GIFT, "more": GIFT + 10_000, "less": GIFT - 10_000}
payments = st.lists(
    st.tuples(
        st.sampled_from(["zarinpal", "zarinpal", "sep"]),
        st.sampled_from(["pay", "pay", "pay", "more", "less", "refused", "left"]),
        st.booleans(),  # in a second tab as well
    ),
    min_size=1,
    max_size=4,
)
heard = st.lists(
    st.tuples(st.sampled_from(["back", "back", "no", "junk", "sweep", "list", "minute"]), st.integers(0, 7)),
    max_size=20,
)


@pytest.mark.timeout(7200)
@effort(examples=8, steps=1)
@given(payments=payments, before=heard, after=heard)
def test_the_order_and_number_of_events_changes_nothing(app, database_house, payments, before, after):
    Giving.app, Giving.house = app, database_house
    once = [("back", number) for number in range(2 * len(payments))]
    assert told(payments, before, [*after, *once]) == told(payments, [], once)


def told(payments: Sequence[Any], before: Sequence[Any], after: Sequence[Any]) -> Counter[Any]:
    """What the book says when these things are heard before and after the donors pay."""
    story, wanted = Giving(), dict[int, str]()
    for bank, what, twice in payments:
        story.somebody_gives(place=0, intent="sadaqah", rials=GIFT, bank=bank)
        story.look()
        if twice:
            story.the_same_gift_once_more(number=0, bank=bank)
        wanted = {row.id: what for row in story.look().attempts} | wanted
    for event, number in before:
        hear(story, event, number)
    for number, what in enumerate(wanted[row.id] for row in story.seen.attempts):
        pay(story, number, what)
    for event, number in after:
        hear(story, event, number)
    for hours in (0.02, 1.1, 73, 2):
        story.passes(hours=hours)
        story.the_worker_asks_for_the_lists()
        story.the_worker_sweeps()
    return in_the_book(story.look())


def pay(story: Giving, number: int, what: str) -> None:
    attempt = story.seen.attempts[number]
    session = story.banks[attempt.gateway].sessions[attempt.gateway_ref]
    if what == "refused":
        session.state = "failed"
    elif what != "left":
        story.pay(attempt, CHARGED[what], "gives")


def hear(story: Giving, event: str, number: int) -> None:
    attempt = story.seen.attempts[number % len(story.seen.attempts)]
    bank = story.banks[attempt.gateway]
    if event == "back":
        story.come_back(attempt)
    elif event == "no":
        story.does(lambda: note_cancelled(attempt.id, {}))
    elif event == "junk" and bank.by_receipt:
        story.does(lambda: story.hear(attempt, "forged"))
    elif event == "junk":
        story.does(lambda: settle_back(attempt.public_id, bank.name, "forged", {}, lambda *_: bank))
    elif event == "sweep":
        story.the_worker_sweeps()
    elif event == "list":
        story.the_worker_asks_for_the_lists()
    else:
        story.passes(seconds=61)


def in_the_book(seen: Seen) -> Counter[Any]:
    """Of every gift what was posted, whichever of its payments brought it."""
    gift_of = {row.id: row.contribution_id for row in seen.attempts}
    gifts = {gift_id: number for number, gift_id in enumerate(sorted(seen.gifts))}
    return Counter(
        (gifts[gift_of[txn.reference_id]], txn.kind, tuple(move.rials for move in seen.moves[txn.id]))
        for txn in seen.txns.values()
    )
