"""A pool is closed by two people: what is left goes back to its sponsor, or with the sponsor's word to a campaign."""

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.breaches import Found, keep
from campaigns.domain.ledger.queries import balance
from campaigns.domain.ledger.rollup import place
from campaigns.domain.matching import closing
from campaigns.domain.matching.models import Outcome, PoolClosing, State
from campaigns.domain.matching.pools import NoLonger, SamePerson
from campaigns.domain.matching.queries import closings_of, offers_query
from campaigns.domain.matching.worker import match
from tests.domain.ledger.book import capture
from tests.domain.matching.test_returning import adds_up, doubled
from tests.domain.matching.test_worker import SHEBA, left, opened, proposed, worked
from tests.domain.refunds.money import agreed, bar, farid, negar
from tests.giving import GIFT, live_campaign
from tests.support.crowds import at_once

WORD = "letter of their board, number 12"


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def people(app) -> tuple[User, User]:
    return farid(), negar()


def asked(pool, people, outcome: Outcome = Outcome.RETURN, campaign=None) -> PoolClosing:
    row = closing.propose(pool, people[0], outcome, WORD, campaign)
    db.session.commit()
    return row


def test_what_is_left_is_owed_to_the_sponsor_and_paid_by_the_bank(campaign, people):
    pool = opened(people, 1_000)
    capture(campaign, 400, "cap:1")
    worked()
    row = asked(pool, people)
    closing.agree(row, people[1])
    db.session.commit()
    assert (pool.state, left(pool), row.rials) == (State.CLOSED, 0, 600)
    assert balance(accounts.PAYABLE) == 600
    closing.pay(row, people[0], SHEBA, "B-77")
    db.session.commit()
    assert (balance(accounts.PAYABLE), balance(accounts.bank(SHEBA))) == (0, 400)
    adds_up()


def test_with_the_sponsors_word_a_campaign_gets_it(campaign, people):
    pool = opened(people, 1_000)
    row = asked(pool, people, Outcome.GIVE, campaign)
    closing.agree(row, people[1])
    db.session.commit()
    assert (bar(campaign), row.state, row.word) == ((1_000, 0), "done", WORD)
    adds_up()


def test_the_pool_goes_on_until_the_second_person_agrees_and_no_longer(campaign, people):
    pool = opened(people, 1_000)
    row = asked(pool, people)
    capture(campaign, 100, "cap:1")
    worked()
    assert left(pool) == 900
    closing.agree(row, people[1])
    db.session.commit()
    capture(campaign, 100, "cap:2")
    worked()
    assert (bar(campaign), db.session.execute(offers_query(campaign.id, tehran_day(now()))).all()) == (
        (300, 2),
        [],
    )


def test_what_gifts_that_go_back_leave_behind_is_closed_again(app, campaign, people):
    pool = opened(people, GIFT)
    attempt = doubled(app, campaign)
    pool_two = opened(people, GIFT)
    with pytest.raises(closing.NothingLeft):
        asked(pool, people)
    db.session.rollback()
    first = asked(pool_two, people)
    closing.agree(first, people[1])
    agreed(attempt, *people)
    worked()
    assert (pool.state, left(pool)) == (State.OPEN, GIFT)
    closing.agree(asked(pool, people), people[1])
    db.session.commit()
    assert left(pool) == 0
    adds_up()


def test_two_people_and_once(campaign, people):
    pool = opened(people, 1_000)
    row = asked(pool, people)
    for act in (lambda: closing.agree(row, people[0]), lambda: closing.refuse(row, people[0], "-")):
        with pytest.raises(SamePerson):
            act()
    with pytest.raises(NoLonger):
        asked(pool, people)
    db.session.rollback()
    closing.refuse(row, people[1], "the sponsor has not said so")
    db.session.commit()
    with pytest.raises(NoLonger):
        closing.agree(row, people[1])
    db.session.rollback()
    assert (pool.state, left(pool), [one.state for one in closings_of(pool)]) == (
        State.OPEN,
        1_000,
        ["refused"],
    )


def test_only_to_a_campaign_that_takes_money(campaign, people):
    pool = opened(people, 1_000)
    with pytest.raises(closing.NotThere):
        asked(pool, people, Outcome.GIVE)
    row = asked(pool, people, Outcome.GIVE, campaign)
    campaign.state = "cancelled"
    db.session.commit()
    with pytest.raises(closing.NotThere):
        closing.agree(row, people[1])


def test_a_pool_of_one_campaign_is_given_to_that_one(campaign, people):
    pool = opened(people, 1_000, campaign_id=campaign.id)
    row = asked(pool, people, Outcome.GIVE, live_campaign())
    assert row.campaign_id == campaign.id


def test_nothing_goes_back_while_the_money_does_not_add_up(people):
    row = asked(opened(people, 1_000), people)
    keep([Found("I5", "an invented breach")], ["I5"])
    db.session.commit()
    with pytest.raises(closing.Frozen):
        closing.agree(row, people[1])


def test_a_pool_nobody_opened_has_nothing_to_close(people):
    with pytest.raises(NoLonger):
        asked(proposed(people[0], 1_000), people)


def test_the_worker_and_the_second_person_at_once_never_use_a_rial_twice(app, campaign, people):
    pool = opened(people, 1_000)
    row_id, actor_id = asked(pool, people).id, people[1].id
    for number in range(40):
        capture(campaign, 10, f"cap:{number}")
    place()

    def act(number: int) -> None:
        if number == 3:
            closing.agree(db.session.get_one(PoolClosing, row_id), db.session.get_one(User, actor_id))
        else:
            match()
        db.session.commit()

    at_once(app, 6, act)
    worked()
    matched = bar(campaign)[0] - 400
    assert (left(pool), balance(accounts.PAYABLE)) == (0, 1_000 - matched)
    adds_up()
