"""The gateway pays to our bank: what it pays for leaves its account, what does not fit stays, with its age."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.refunds.decisions import close
from campaigns.domain.settlements.actions import Refused, ask_about_old, confirm, enter, refuse
from campaigns.domain.settlements.clearing import Day, holding, open_captures, parts_of, terminals
from campaigns.domain.settlements.models import Settlement
from campaigns.domain.settlements.queries import batch_of, parts_by_day
from tests.domain.refunds.money import farid, negar
from tests.domain.settlements.held import TODAY, advice, ago, gave_back, held, noon, paid_out, took
from tests.giving import live_campaign


@pytest.fixture
def people(app):
    return farid(), negar()


def at_noon():
    return clock.at(noon(TODAY))


def test_a_settlement_that_fits_leaves_nothing_open(app, people):
    campaign = live_campaign()
    for day in (2, 2, 1):
        took(app, campaign, ago(day), 1_000_000, 5_000)
    settlement = paid_out(advice(2_985_000, ago(2), ago(1)), *people)
    assert held() == 0 and balance(accounts.bank(settlement.bank_account)) == 2_985_000
    assert balance(accounts.fee("zarinpal")) == 15_000
    assert parts_by_day(settlement) == {ago(2): 1_990_000, ago(1): 995_000}
    assert batch_of(settlement).before == 2_985_000 and batch_of(settlement).difference == 0
    with at_noon():
        assert holding("zarinpal").oldest is None and open_captures(holding("zarinpal")) == []


def test_what_is_not_paid_stays_open_with_its_age(app, people):
    campaign = live_campaign()
    first = took(app, campaign, ago(9), 1_000_000)
    took(app, campaign, ago(9), 2_000_000)
    took(app, campaign, TODAY, 500_000)
    paid_out(advice(1_600_000, ago(9), ago(9)), *people)
    with at_noon():
        one = holding("zarinpal")
        assert one.ages() == [500_000, 0, 0, 1_400_000] and one.balance == held() == 1_900_000
        second, today = open_captures(one)
    assert first.id not in {second.reference_id, today.reference_id}
    assert (second.rials, second.left, today.left) == (2_000_000, 1_400_000, 500_000)


def test_several_late_and_partial_settlements_end_at_nothing(app, people):
    campaign = live_campaign()
    took(app, campaign, ago(5), 3_000_000)
    took(app, campaign, ago(4), 1_000_000)
    for rials in (1_000_000, 1_500_000, 500_000):
        paid_out(advice(rials, ago(5), ago(5)), *people)
    last = paid_out(advice(990_000, ago(5), ago(4), fee_rials=10_000), *people)
    assert held() == 0 and parts_by_day(last) == {ago(4): 1_000_000}
    assert balance(accounts.fee("zarinpal")) == 10_000


def test_what_went_back_to_donors_is_kept_back_by_the_gateway(app, people):
    campaign = live_campaign()
    attempt = took(app, campaign, ago(5), 1_000_000)
    paid_out(advice(1_000_000, ago(5), ago(5)), *people)
    gave_back(attempt, ago(2), 400_000, *people)
    took(app, campaign, ago(1), 700_000)
    settlement = paid_out(advice(300_000, ago(2), ago(1)), *people)
    assert held() == 0 and parts_by_day(settlement) == {ago(2): -400_000, ago(1): 700_000}


def test_more_than_the_book_knows_of_stays_visible(app, people):
    took(app, live_campaign(), ago(3), 1_000_000)
    settlement = paid_out(advice(1_200_000, ago(3), ago(3)), *people)
    assert batch_of(settlement).difference == -200_000 == held()
    with at_noon():
        assert holding("zarinpal").ages() == [0, -200_000, 0, 0]


def test_parts_pay_for_losses_first_then_for_the_oldest():
    days = [Day(ago(3), came=100), Day(ago(2), went_back=30), Day(ago(1), came=50)]
    assert parts_of(90, days, ago(1)) == {ago(3): 100, ago(2): -30, ago(1): 20}
    assert parts_of(120, days, ago(1)) == {ago(3): 100, ago(2): -30, ago(1): 50}
    assert parts_of(10, [], ago(1)) == {ago(1): 10}


def test_one_person_enters_and_another_confirms_once(app, people):
    one, other = people
    took(app, live_campaign(), ago(1), 1_000_000)
    with at_noon():
        settlement = enter(advice(1_000_000, ago(1), ago(1)), one)
        db.session.commit()
        assert held() == 1_000_000
        with pytest.raises(Refused, match="own"):
            confirm(settlement, one)
        confirm(settlement, other)
        db.session.commit()
        for again in (lambda: confirm(settlement, other), lambda: refuse(settlement, other, "no")):
            with pytest.raises(Refused, match="moved"):
                again()
            db.session.rollback()
    assert held() == 0


def test_the_database_itself_wants_two_people(app, people):
    took(app, live_campaign(), ago(1), 1_000_000)
    with at_noon():
        settlement = enter(advice(1_000_000, ago(1), ago(1)), people[0])
        settlement.state, settlement.decided_by_id = "confirmed", people[0].id
        with pytest.raises(IntegrityError):
            db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"terminal": "nobody"}, "terminal"),
        ({"day": ago(-1)}, "day"),
        ({"first_day": ago(0)}, "days"),
        ({"day": ago(2)}, "days"),
    ],
)
def test_what_cannot_be_is_refused(app, people, changes, why):
    took(app, live_campaign(), ago(1), 1_000_000)
    with at_noon(), pytest.raises(Refused, match=f"^{why}$"):
        enter(advice(1_000_000, ago(1), ago(1), **changes), people[0])


def test_a_line_of_the_bank_is_entered_once_unless_it_was_refused(app, people):
    one, other = people
    took(app, live_campaign(), ago(1), 1_000_000)
    line = advice(1_000_000, ago(1), ago(1))
    with at_noon():
        first = enter(line, one)
        db.session.commit()
        with pytest.raises(Refused, match="reference"):
            enter(line, other)
        refuse(first, other, "not on the statement")
        enter(line, other)
        db.session.commit()
    assert held() == 1_000_000


def test_a_person_is_asked_once_about_money_held_for_too_long(app, people):
    took(app, live_campaign(), ago(8), 1_000_000)
    took(app, live_campaign(), ago(7), 300_000)
    with at_noon():
        for _look in range(2):
            assert ask_about_old(7) == 1
            db.session.commit()
        item = db.session.scalars(select(ReviewItem)).one()
        assert item.kind == "clearing_old" and item.detail["rials"] == 1_000_000
        close(item, people[0], "it came today")
        paid_out(advice(1_000_000, ago(8), ago(8)), *people)
        assert ask_about_old(7) == 0
    assert terminals() == ["zarinpal"]
    assert db.session.scalars(select(Settlement.state)).one() == "confirmed"
