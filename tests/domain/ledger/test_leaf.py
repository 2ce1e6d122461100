"""The line of an entry is written out by hand; the form it was promised in is that of `chain.canonical`."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.chain import canonical
from campaigns.domain.ledger.leaf import Account, Entry, Move, leaf, public_code

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PERHAPS = st.none() | WORDS
CODES = st.builds(":".join, st.lists(WORDS, min_size=2, max_size=4))
ACCOUNTS = st.builds(Account, st.just(1), CODES, st.none(), PERHAPS)
MOVES = st.builds(Move, ACCOUNTS, ACCOUNTS, st.integers(1, 10**15))
ENTRIES = st.builds(
    Entry,
    moves=st.lists(MOVES, max_size=3),
    day=st.dates(date(2000, 1, 1)),
    txn_id=st.just(1),
    public_id=WORDS,
    kind=WORDS,
    occurred_at=st.just(datetime(2026, 1, 1, tzinfo=UTC)),
    campaign_id=st.none(),
    campaign=PERHAPS,
    commitment=st.none() | st.binary(max_size=32),
    reverses=PERHAPS,
    reverses_kind=st.none(),
    reverses_campaign_id=st.none(),
)


@given(st.integers(1, 10**15), ENTRIES)
def test_whatever_stands_in_an_entry_its_line_is_the_canonical_one(seq: int, entry: Entry) -> None:
    assert leaf(seq, entry) == canonical(entry.public(seq))


@pytest.mark.parametrize("code", ["income:unallocated", "asset:clearing:zarinpal"])
def test_an_account_that_names_nobody_stands_in_the_book_as_it_is_called(code: str) -> None:
    assert public_code(Account(1, code, None, None)) == code


def test_of_an_account_that_names_somebody_only_a_mark_is_public() -> None:
    first, other = (public_code(Account(1, f"liability:pool:{who}", None, None)) for who in (7, 8))
    assert first.startswith("liability:pool:~")
    assert first != other
