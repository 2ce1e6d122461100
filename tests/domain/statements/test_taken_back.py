"""An import is taken back as a whole, while nothing rests on its lines; then the right file may come."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts as book
from campaigns.domain.ledger.queries import balance, received
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds import decisions
from campaigns.domain.statements import hands, returning
from campaigns.domain.statements.errors import Refused
from campaigns.domain.statements.imports import bring
from campaigns.domain.statements.models import StatementImport
from campaigns.domain.statements.outcomes import What
from tests.domain.statements.papers import (
    as_csv,
    as_xlsx,
    days_only,
    declared,
    imported,
    lines,
    moved,
    outcomes,
    sound,
    two_columns,
)
from tests.support.crowds import at_once


def refused(one, actor) -> str:
    with pytest.raises(Refused) as why:
        returning.take_back(one, actor, "the wrong account")
    db.session.rollback()
    return why.value.why


def test_all_of_it_leaves_the_book_and_may_come_again(account, campaign, farid):
    moves = [moved(900_000, "2"), moved(700_000, "4"), moved(-300_000, "3")]
    one = imported(account, as_csv(two_columns(moves)), farid)
    assert balance(book.UNALLOCATED) == 1_600_000
    back = returning.take_back(one, farid, "the wrong account")
    db.session.commit()
    assert (one.state, back.lines, back.reason) == ("taken_back", 3, "the wrong account")
    assert balance(book.UNALLOCATED) == balance(account.ledger_code) == 0
    assert {row.state for row in db.session.query(ReviewItem)} == {"closed"}
    assert {line.outcome for line in lines()} == {"taken_back"}
    sound()
    again = imported(account, as_csv(two_columns(moves)), farid)
    assert (again.new_lines, again.known_lines) == (3, 0)
    assert balance(book.UNALLOCATED) == 1_600_000
    sound()


def test_a_gift_declared_afterwards_is_found_in_the_file_that_comes_again(account, campaign, farid):
    one = imported(account, as_csv(two_columns([moved(5_000_000)])), farid)
    returning.take_back(one, farid, "twice in one file")
    db.session.commit()
    claim = declared(campaign, account, 5_000_000)
    imported(account, as_csv(two_columns([moved(claim.expected_rials)])), farid)
    assert received(campaign.id) == claim.expected_rials
    sound()


def test_a_line_that_is_a_gift_keeps_it(account, campaign, farid):
    claim = declared(campaign, account, 5_000_000)
    one = imported(account, as_csv(two_columns([moved(claim.expected_rials), moved(900_000, "2")])), farid)
    before = outcomes()
    assert refused(one, farid) == returning.rests(one) == "gift"
    assert outcomes() == before and one.state == "imported"


def test_a_line_people_have_spoken_about_keeps_it(account, campaign, farid):
    one = imported(account, as_csv(two_columns([moved(900_000, "2")])), farid)
    hands.propose(lines()[0], What.ASIDE, None, farid, "interest", two_people=True)
    db.session.commit()
    assert refused(one, farid) == "hands"


def test_money_people_are_deciding_about_keeps_it(account, campaign, farid):
    one = imported(account, as_csv(two_columns([moved(900_000, "2")])), farid)
    item = db.session.query(ReviewItem).one()
    decisions.propose(item, farid, "allocate", "it was Sara", campaign, "sadaqah")
    db.session.commit()
    assert refused(one, farid) == "item"


def test_a_later_file_with_the_same_lines_goes_first(account, farid):
    same = moved(900_000, "2")
    first = imported(account, as_csv(two_columns([same])), farid)
    unlike = imported(account, as_csv(two_columns([moved(50_000, "8")])), farid)
    later = imported(account, as_csv(two_columns([same, moved(10_000, "9")])), farid)
    assert refused(first, farid) == "later"
    assert returning.rests(unlike) == ""
    returning.take_back(later, farid, "too early")
    db.session.commit()
    returning.take_back(first, farid, "too early")
    db.session.commit()
    assert balance(book.UNALLOCATED) == 50_000
    sound()


def test_a_file_of_another_kind_told_apart_by_it_goes_first(account, farid):
    moves = [moved(900_000, "2")]
    first = imported(account, as_csv(two_columns(moves)), farid)
    twin = imported(account, as_xlsx(days_only(moves)), farid)
    if "duplicate" in {line.outcome for line in lines()}:
        assert refused(first, farid) == "twin"
        returning.take_back(twin, farid, "told before")
        db.session.commit()
    returning.take_back(first, farid, "wrong")
    db.session.commit()
    sound()


def test_drafts_and_what_was_taken_back_are_not_taken_back(account, farid):
    draft = bring(account, "draft.csv", as_csv(two_columns([moved(900_000, "2")])), farid)
    db.session.commit()
    assert refused(draft, farid) == "moved"
    one = imported(account, as_csv(two_columns([moved(900_000, "2")])), farid)
    returning.take_back(one, farid, "wrong")
    db.session.commit()
    assert refused(one, farid) == "moved"


def test_taken_back_by_many_at_once_it_is_mirrored_once(app, account, farid):
    one_id = imported(account, as_csv(two_columns([moved(900_000, "2")])), farid).id
    farid_id, table = farid.id, type(farid)

    def act(_number: int) -> bool:
        try:
            one = db.session.get_one(StatementImport, one_id)
            returning.take_back(one, db.session.get_one(table, farid_id), "wrong")
            db.session.commit()
        except Refused:
            db.session.rollback()
            return False
        return True

    assert sum(at_once(app, 6, act)) == 1
    assert balance(book.UNALLOCATED) == 0
    sound()
