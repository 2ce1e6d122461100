"""However the files of a bank are cut, overlap or are brought, and however often: book and outcomes are the same."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import TEHRAN
from campaigns.domain.accounts.models import User
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts as book
from campaigns.domain.ledger.queries import balance, received
from campaigns.domain.ledger.rollup import place
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.queries import waiting_rials
from campaigns.domain.statements.checking import check
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.imports import bring, carry_in
from campaigns.domain.statements.models import StatementImport
from tests.domain.statements import papers
from tests.domain.statements.papers import (
    Move,
    as_csv,
    as_xlsx,
    days_only,
    declared,
    imported,
    lines,
    two_columns,
)
from tests.giving import live_campaign
from tests.support.crowds import at_once

GIFT = 5_000_000
movements = st.lists(
    st.tuples(
        st.integers(0, 3),  # days ago
        st.sampled_from(["gift", "code", "tracking", "noise", "noise", "debit"]),
        st.integers(0, 3),  # which claim
    ),
    min_size=1,
    max_size=9,
)


def world(database_house) -> tuple[BankAccount, list, User]:
    db.session.remove()
    database_house.clear()
    farid, negar = papers.farid(), papers.negar()
    account, campaign = papers.account(farid, negar), live_campaign()
    claims = [declared(campaign, account, GIFT, tracking=f"77700{number}") for number in range(4)]
    for at in (0, 1):  # first out of each other's way: what they have was chosen by chance
        for few, claim in enumerate(claims, 1):
            claim.declared_at, claim.suffix_rials = now() - timedelta(days=10), few * 10
            claim.base_rials = GIFT + (1 - at) * few * 10_000_000
            claim.expected_rials = claim.base_rials + few * 10
        db.session.flush()
    db.session.commit()
    return account, claims, farid


def told(story, claims, *, numbered: bool) -> list[Move]:
    """The movements of a story, oldest first; each claim's money comes once at most."""
    paid: set[int] = set()
    moves, standing = [], 100_000_000
    for place_, (days, what, which) in enumerate(sorted(story, key=lambda step: -step[0])):
        day = papers.this_day(days + 1)
        rials, words = 700_000, "کمک"
        if what == "debit":
            rials = -700_000
        elif what != "noise" and which not in paid:
            paid.add(which)
            claim = claims[which]
            rials = claim.expected_rials if what == "gift" else GIFT - 1_000
            words = {"code": claim.contribution.code, "tracking": claim.tracking or ""}.get(what, "کمک")
        standing += rials
        at = papers.tehran(day, 8, place_)
        number = str(9_000 + place_) if numbered else ""
        moves.append(Move(at, rials, words, number, standing if numbered else None))
    return moves


def stands() -> tuple[object, ...]:
    """Everything that has to be the same: sums of the book, and what became of each line."""
    while place():
        db.session.commit()
    assert watch.look(watch.everything()) == []
    open_items = [item for item in db.session.query(ReviewItem) if item.state == "open"]
    assert sum(map(waiting_rials, open_items)) == balance(book.UNALLOCATED)
    seen = sorted((line.booked_at, line.rials, line.document, line.outcome, line.rule) for line in lines())
    came = sum(line.rials for line in lines() if line.rials > 0)
    accounts_ = db.session.query(BankAccount).one()
    assert balance(accounts_.ledger_code) == came
    credited = [line for line in lines() if line.claim_id]
    assert len({line.claim_id for line in credited}) == len(credited)
    return (
        balance(book.UNALLOCATED),
        received(credited[0].claim.contribution.campaign_id) if credited else 0,
        seen,
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=movements, data=st.data())
def test_any_files_over_the_same_lines_give_the_same_book(app, database_house, story, data):
    account, claims, farid = world(database_house)
    moves = told(story, claims, numbered=True)
    imported(account, as_csv(two_columns(moves)), farid)
    whole = stands()
    account, claims, farid = world(database_house)
    moves = told(story, claims, numbered=True)
    ends = sorted({0, len(moves), *data.draw(st.lists(st.integers(0, len(moves)), max_size=3))})
    pieces = [moves[start:end] for start, end in pairwise(ends)]
    pieces += [
        moves[start : start + 4] for start in data.draw(st.lists(st.integers(0, len(moves) - 1), max_size=3))
    ]
    for piece in data.draw(st.permutations([piece for piece in pieces if piece])):
        write = as_xlsx if data.draw(st.booleans()) else as_csv
        imported(account, write(two_columns(piece, above=data.draw(st.booleans()))), farid)
    again = stands()
    assert again[:2] == whole[:2]
    assert [row[1:] for row in again[2]] == [row[1:] for row in whole[2]]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=movements, data=st.data())
def test_where_a_bank_numbers_nothing_files_of_whole_days_do(app, database_house, story, data):
    account, claims, farid = world(database_house)
    moves = told(story, claims, numbered=False)
    imported(account, as_csv(days_only(moves)), farid)
    came = len(lines())
    assert came == len(moves)
    days = sorted({move.at.date() for move in moves})
    for chosen in data.draw(st.lists(st.lists(st.sampled_from(days), min_size=1, unique=True), max_size=4)):
        imported(account, as_csv(days_only([move for move in moves if move.at.date() in chosen])), farid)
    assert len(lines()) == came
    stands()


def test_the_same_file_brought_by_two_people_at_once_is_credited_once(app, account, campaign, farid, negar):
    claim = declared(campaign, account, GIFT)
    at = now().astimezone(TEHRAN) + timedelta(minutes=5)
    moves = [Move(at, claim.expected_rials, "کمک", "1", 9_000_000), Move(at, 800_000, "کمک", "2", 9_800_000)]
    data, who, where, rials = (
        as_csv(two_columns(moves)),
        (farid.id, negar.id),
        account.id,
        claim.expected_rials,
    )

    def bring_it(number: int) -> int:
        actor, to = db.session.get_one(User, who[number]), db.session.get_one(BankAccount, where)
        one = bring(to, "s.csv", data, actor)
        db.session.commit()
        carry_in(one, actor)
        check(where, actor)
        new = one.new_lines
        db.session.commit()
        return new

    assert sorted(at_once(app, 2, bring_it)) == [0, 2]
    assert received(campaign.id) == rials
    assert balance(book.UNALLOCATED) == 800_000
    assert len(lines()) == 2
    stands()


def test_one_draft_imported_twice_at_once_is_imported_once(app, account, farid):
    at = now().astimezone(TEHRAN)
    one = bring(account, "s.csv", as_csv(two_columns([Move(at, 800_000, "کمک", "2", 9_800_000)])), farid)
    db.session.commit()
    number, who = one.id, farid.id

    def press(_number: int) -> str:
        actor = db.session.get_one(User, who)
        try:
            carry_in(db.session.get_one(StatementImport, number), actor)
        except Refused as why:
            db.session.rollback()
            return why.why
        db.session.commit()
        return "done"

    assert sorted(at_once(app, 2, press)) == ["done", "moved"]
    assert len(lines()) == 1
