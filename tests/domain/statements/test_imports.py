"""A statement comes in whole, once; gifts are credited with what came; everything else waits for people."""

from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import TEHRAN
from campaigns.domain.claims.decisions import refuse as refuse_claim
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts as book
from campaigns.domain.ledger.queries import balance, received
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds import decisions
from campaigns.domain.refunds.queries import outcomes as item_outcomes
from campaigns.domain.refunds.queries import standing_proposal, waiting_rials
from campaigns.domain.statements import hands
from campaigns.domain.statements.checking import check, check_waiting
from campaigns.domain.statements.columns import Column, Layout
from campaigns.domain.statements.errors import Refused, Unreadable
from campaigns.domain.statements.files import read
from campaigns.domain.statements.imports import bring, carry_in, content, discard, layout_of, tell
from campaigns.domain.statements.models import StatementLine
from campaigns.domain.statements.outcomes import What
from tests.domain.statements.papers import (
    Move,
    as_csv,
    as_xlsx,
    days_only,
    declared,
    imported,
    lines,
    moved,
    outcomes,
    signed,
    sound,
    two_columns,
)
from tests.giving import live_campaign


def test_a_declared_gift_is_credited_with_what_came(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    one = imported(account, as_csv(two_columns([moved(claim.expected_rials)])), farid)
    assert (one.new_lines, one.known_lines) == (1, 0)
    line = lines()[0]
    assert (line.outcome, line.rule, line.claim_id) == ("valid", "amount", claim.id)
    assert received(campaign.id) == balance(account.ledger_code) == claim.expected_rials
    assert db.session.get(Contribution, claim.contribution_id).received_at is not None
    sound()


def test_what_was_declared_is_not_what_counts(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    paid = moved(4_200_000, description=f"سارا {claim.contribution.code}")
    imported(account, as_csv(two_columns([paid])), farid)
    assert received(campaign.id) == 4_200_000
    sound()


@pytest.mark.fault("O4")
def test_the_same_file_again_changes_nothing(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    moves = [moved(claim.expected_rials), moved(900_000, "2"), moved(-300_000, "3")]
    imported(account, as_csv(two_columns(moves)), farid)
    before = outcomes(), balance(book.UNALLOCATED), received(campaign.id)
    again = imported(account, as_csv(two_columns(moves)), farid)
    as_workbook = imported(account, as_xlsx(two_columns(moves, above=False)), farid)
    assert (again.new_lines, again.known_lines) == (as_workbook.new_lines, as_workbook.known_lines) == (0, 3)
    assert (outcomes(), balance(book.UNALLOCATED), received(campaign.id)) == before
    sound()


@pytest.mark.fault("O3")
def test_two_genuine_equal_gifts_on_one_day_stay_two(account, farid):
    same = Move(now().astimezone(TEHRAN), 1_000_000, "کمک")
    imported(account, as_csv(days_only([same, same])), farid)
    again = imported(account, as_csv(days_only([same, same])), farid)
    assert (again.new_lines, again.known_lines) == (0, 2)
    assert balance(book.UNALLOCATED) == 2_000_000
    sound()


def test_money_nobody_declared_waits_with_somebody_who_looks_at_it(account, farid):
    imported(account, as_csv(two_columns([moved(900_000)])), farid)
    item = db.session.query(ReviewItem).one()
    assert (item.kind, waiting_rials(item)) == ("bank_line", 900_000)
    assert balance(book.UNALLOCATED) == balance(account.ledger_code) == 900_000
    sound()


def test_two_people_give_it_to_a_campaign(account, campaign, farid, negar):
    imported(account, as_csv(two_columns([moved(900_000)])), farid)
    item = db.session.query(ReviewItem).one()
    decisions.propose(item, farid, "allocate", "a note of the donor", campaign, "sadaqah")
    db.session.commit()
    decisions.agree(item, negar, standing_proposal(item).public_id)
    db.session.commit()
    assert (received(campaign.id), balance(book.UNALLOCATED)) == (900_000, 0)
    claim = declared(campaign, account, 890_000)
    check(account.id, farid)
    db.session.commit()
    assert outcomes() == [(900_000, "nomatch")]  # what people decided stays decided
    with pytest.raises(Refused):
        hands.propose(lines()[0], What.GIFT, claim, farid, "seen", two_people=False)
    sound()


def test_debits_are_kept_and_never_a_gift(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    imported(account, as_csv(two_columns([moved(-claim.expected_rials)])), farid)
    assert outcomes() == [(-claim.expected_rials, "outgoing")]
    assert received(campaign.id) == balance(account.ledger_code) == 0
    sound()


def test_late_money_for_an_expired_or_refused_gift_still_wins(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    refuse_claim(claim, farid, "nothing was to be seen on the receipt")
    db.session.commit()
    imported(account, as_csv(two_columns([moved(claim.expected_rials)])), farid)
    assert received(campaign.id) == claim.expected_rials
    sound()


def test_a_gift_that_is_told_of_later_finds_its_money(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    imported(account, as_csv(two_columns([moved(5_000_000, "1", description="پیگیری 445566")])), farid)
    assert outcomes() == [(5_000_000, "nomatch")]
    item = db.session.query(ReviewItem).one()
    claim.tracking = "445566"
    db.session.commit()
    assert check(account.id, farid) == 1
    assert check(account.id, farid) == 0
    db.session.commit()
    assert outcomes() == [(5_000_000, "valid")]
    assert (received(campaign.id), balance(book.UNALLOCATED), waiting_rials(item)) == (5_000_000, 0, 0)
    assert item.state == "closed" and item_outcomes(item) == ()
    sound()


def test_the_gift_of_a_cancelled_campaign_waits_and_says_why(account, farid):
    campaign = live_campaign()
    claim = declared(campaign, account, 5_000_000)
    campaign.state = "cancelled"
    db.session.commit()
    imported(account, as_csv(two_columns([moved(claim.expected_rials)])), farid)
    line = lines()[0]
    assert (line.outcome, line.rule, balance(book.UNALLOCATED)) == ("error", "campaign", claim.expected_rials)
    assert check(account.id, farid) == 0
    sound()


def test_a_second_transfer_for_the_same_gift_waits(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    code = claim.contribution.code
    twice = [moved(3_000_000, "1", description=code), moved(2_000_000, "2", description=code)]
    imported(account, as_csv(two_columns(twice)), farid)
    assert received(campaign.id) + balance(book.UNALLOCATED) == 5_000_000
    assert sorted(outcome for _rials, outcome in outcomes()) == ["nomatch", "valid"]
    sound()


def test_the_same_money_told_by_a_file_of_another_kind_is_not_booked_twice(account, farid, negar):
    at = now().astimezone(TEHRAN).replace(second=0)
    one = Move(at, 900_000, "کمک", "77", 5_000_000, "123456")
    imported(account, as_csv(two_columns([one])), farid)
    imported(account, as_csv(signed([one])), farid)
    assert sorted(outcome for _rials, outcome in outcomes()) == ["duplicate", "nomatch"]
    assert balance(book.UNALLOCATED) == 900_000
    other = next(line for line in lines() if line.outcome == "duplicate")
    assert not hands.propose(other, What.OWN, None, farid, "the bank says there were two", two_people=True)
    hands.agree(other, hands.standing(other).public_id, negar)
    db.session.commit()
    assert balance(book.UNALLOCATED) == 1_800_000
    sound()


def test_a_file_with_one_unclear_row_imports_nothing(account, farid):
    rows = [*two_columns([moved(900_000)]), ["9", "۱۴۰۵/۱۳/۴۱", "", "1", "", "", "10", ""]]
    one = bring(account, "s.csv", as_csv(rows), farid)
    db.session.commit()
    with pytest.raises(Refused, match="problems"):
        carry_in(one, farid)
    db.session.rollback()
    assert (lines(), one.state) == ([], "draft")


def test_a_file_is_imported_once_and_a_discarded_one_never(account, farid):
    one, other = (bring(account, "s.csv", as_csv(two_columns([moved(900_000)])), farid) for _ in range(2))
    carry_in(one, farid)
    discard(other, farid)
    db.session.commit()
    for draft in (one, other):
        with pytest.raises(Refused, match="moved"):
            carry_in(draft, farid)
        db.session.rollback()


def test_the_file_itself_is_kept_with_its_sum(account, farid):
    data = as_csv(two_columns([moved(900_000)]))
    one = bring(account, "s.csv", data, farid)
    db.session.commit()
    assert content(one) == data
    with pytest.raises(Unreadable):
        bring(account, "s.pdf", b"%PDF", farid)


def test_what_the_columns_mean_is_remembered_for_the_account(account, farid):
    rows = [["a", "b", "c"], ["1405/08/29", "x", "500,000"]]
    one = bring(account, "s.csv", as_csv(rows), farid)
    table = read(content(one))
    assert layout_of(one, table) is None
    with pytest.raises(Refused, match="columns"):
        carry_in(one, farid)
    with pytest.raises(Refused, match="date"):
        tell(one, Layout(1, (Column.NONE, Column.NONE, Column.AMOUNT)), table, farid)
    tell(one, Layout(1, (Column.DATE, Column.DESCRIPTION, Column.AMOUNT), "toman"), table, farid)
    db.session.commit()
    later = bring(account, "t.csv", as_csv([["above"], *rows]), farid)
    assert layout_of(later, read(content(later))) == Layout(
        2, (Column.DATE, Column.DESCRIPTION, Column.AMOUNT), "toman"
    )
    carry_in(later, farid)
    db.session.commit()
    assert [line.rials for line in lines()] == [5_000_000]


def test_a_large_file_is_looked_at_by_the_worker(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    moves = [moved(100_000 + number, str(number)) for number in range(120)] + [
        moved(claim.expected_rials, "x")
    ]
    imported(account, as_csv(two_columns(moves)), farid, check_all=False)
    assert received(campaign.id) == claim.expected_rials  # what is certain comes first
    waiting = db.session.query(StatementLine).filter_by(outcome="unchecked").count()
    assert waiting == 21
    assert check_waiting() == 21
    db.session.commit()
    assert check_waiting() == 0
    sound()


def test_lines_from_before_a_gift_was_declared_are_not_it(account, campaign, farid):
    with clock.at(now() - timedelta(days=3)):
        early = moved(5_000_010)
    claim = declared(campaign, account, 5_000_000)
    early = early._replace(rials=claim.expected_rials)
    imported(account, as_csv(two_columns([early])), farid)
    assert outcomes() == [(claim.expected_rials, "nomatch")]
