"""A double goes back to its sponsor's pool with the gift it doubled, and comes again when the gift stands again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.funds import actions as funds
from campaigns.domain.funds.actions import Plan
from campaigns.domain.insights.open_book import corrections
from campaigns.domain.invariants import watch
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.matching.models import MatchPool
from campaigns.domain.matching.queries import Match, matches_of
from campaigns.domain.payments.models import ReviewItem
from campaigns.domain.payments.moves import reversible_until
from campaigns.domain.payments.settlement import settle
from campaigns.domain.refunds.actions import approve, fail, request, send
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import Reason
from campaigns.domain.refunds.reversals import ask
from campaigns.domain.refunds.states import WrongStep
from tests.domain.matching.test_worker import left, opened, worked
from tests.domain.refunds.money import agreed, bar, farid, negar, paid
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import look


@pytest.fixture
def campaign(app):
    return live_campaign("sadaqah", "zakat")


@pytest.fixture
def people(app) -> tuple[User, User]:
    return farid(), negar()


def doubled(app, campaign, rials: int = GIFT, **wish: str):
    """Sara's gift, doubled as far as the pools go."""
    attempt = paid(app, pledged(campaign, rials, **wish))
    worked()
    return attempt


def adds_up() -> None:
    assert watch.look(watch.everything()) == []
    db.session.rollback()


def test_with_the_whole_gift_the_whole_double_goes_back_and_the_cap_is_free(app, campaign, people):
    pool = opened(people, 2 * GIFT)
    attempt = doubled(app, campaign)
    assert (bar(campaign), left(pool)) == ((2 * GIFT, 1), GIFT)
    agreed(attempt, *people)
    worked()
    assert (bar(campaign), left(pool), matches_of(f"cap:{attempt.public_id}")) == ((0, 0), 2 * GIFT, [])
    doubled(app, campaign, 2 * GIFT)
    assert left(pool) == 0
    adds_up()


def test_everybody_reads_of_both(app, campaign, people):
    opened(people, GIFT)
    agreed(doubled(app, campaign), *people)
    worked()
    rows, _older = corrections(1, "en")
    assert [(row.kind, row.rials, row.corrects is not None) for row in rows] == [
        ("unmatch", -GIFT, True),
        ("whole_refund", -GIFT, False),
    ]


def test_of_a_gift_that_went_back_in_part_the_rest_stays_doubled(app, campaign, people):
    pool = opened(people, 3 * GIFT)
    attempt = doubled(app, campaign)
    agreed(attempt, *people, 2_000_000)
    worked()
    assert (bar(campaign), left(pool)) == ((6_000_000, 1), 3 * GIFT - 3_000_000)
    assert matches_of(f"cap:{attempt.public_id}") == [Match("فولاد کویر", 3_000_000)]
    agreed(attempt, *people, 3_000_000)
    worked()
    assert (bar(campaign), left(pool)) == ((0, 0), 3 * GIFT)
    adds_up()


def test_a_double_smaller_than_what_is_left_of_the_gift_stays(app, campaign, people):
    pool = opened(people, 1_000_000)
    attempt = doubled(app, campaign)
    agreed(attempt, *people, 2_000_000)
    worked()
    assert (bar(campaign), left(pool)) == ((4_000_000, 1), 0)


def test_it_goes_back_to_each_pool_what_each_gave_the_last_first(app, campaign, people):
    first, second = opened(people, 2_000_000), opened(people, GIFT, position=2, sponsor="مس کرمان")
    attempt = doubled(app, campaign)
    assert (left(first), left(second)) == (0, 2_000_000)
    agreed(attempt, *people, 4_000_000)
    worked()
    assert (left(first), left(second)) == (1_000_000, GIFT)
    assert matches_of(f"cap:{attempt.public_id}") == [Match("فولاد کویر", 1_000_000)]
    adds_up()


def test_a_gift_that_stands_again_is_doubled_again(app, campaign, people):
    pool = opened(people, GIFT)
    attempt = doubled(app, campaign)
    refund = agreed(attempt, *people)
    worked()
    fail(refund, people[0], "the card is closed")
    db.session.commit()
    worked()
    assert (bar(campaign), left(pool)) == ((2 * GIFT, 1), 0)
    agreed(attempt, *people)
    worked()
    assert (bar(campaign), left(pool)) == ((0, 0), GIFT)
    adds_up()


def test_it_stands_again_without_its_double_where_others_have_used_the_pool_up(app, campaign, people):
    pool = opened(people, GIFT)
    refund = agreed(doubled(app, campaign), *people)
    worked()
    doubled(app, campaign)
    fail(refund, people[0], "the card is closed")
    db.session.commit()
    worked()
    assert (bar(campaign), left(pool)) == ((3 * GIFT, 2), 0)


def test_a_payment_that_the_bank_takes_back_takes_its_double_along(paying, campaign, people):
    pool = opened(people, GIFT)
    attempt_id = paying.attempt(pledged(campaign))
    paying.press(attempt_id)
    settle(attempt_id, paying.gateway, "callback", {})
    worked()
    attempt = look(attempt_id)
    until = reversible_until(attempt, paying.gateway)
    refund = request(attempt, people[0], GIFT, Reason.DONOR, "-", until)
    approve(refund, people[1])
    db.session.commit()
    worked()
    assert (bar(campaign), left(pool)) == ((2 * GIFT, 1), 0)
    ask(refund.id, paying.gateway)
    worked()
    assert (bar(campaign), left(pool)) == ((0, 0), GIFT)
    adds_up()


def test_what_is_spent_of_a_double_stays_and_people_are_told(app, campaign, people):
    pool = opened(people, GIFT)
    attempt = doubled(app, campaign, intent="zakat")
    plan = Plan(Intent.SADAQAH, Purpose.PROJECT, 4_000_000, "فروشگاه کویر", "شصت پتو", "F-1")
    funds.approve(funds.propose(campaign, plan, people[0]), people[1])
    db.session.commit()
    agreed(attempt, *people)
    worked()
    assert (left(pool), balance(accounts.campaign(campaign.id, "sadaqah"))) == (1_000_000, 0)
    item = db.session.query(ReviewItem).one()
    assert (item.kind, item.detail, item.attempt_id) == ("match_spent", {"rials": 4_000_000}, attempt.id)
    adds_up()


stories = st.lists(
    st.tuples(
        st.sampled_from(["gift", "gift", "pool", "ask", "ask", "approve", "approve", "fail", "work"]),
        st.integers(0, 5),
        st.sampled_from([20_000, 30_000, 50_000, 70_000]),
    ),
    max_size=24,
)


@settings(max_examples=25)
@given(story=stories)
def test_whatever_comes_and_goes_back_a_gift_is_doubled_by_no_more_than_it_is(app, database_house, story):
    db.session.remove()
    database_house.clear()
    campaign, people = live_campaign(), (farid(), negar())
    attempts, pools = [], []
    for number, (verb, which, rials) in enumerate(story):
        refunds = db.session.query(Refund).order_by(Refund.id).all()
        if verb == "gift":
            attempts.append(paid(app, pledged(campaign, rials)))
        elif verb == "pool":
            pools.append(opened(people, rials, position=number))
        elif verb == "ask" and attempts:
            tried(
                lambda w=which, r=rials: request(attempts[w % len(attempts)], people[0], r, Reason.DONOR, "-")
            )
        elif verb == "work":
            worked()
        elif refunds:
            refund = refunds[which % len(refunds)]
            act = {"approve": approve, "fail": fail}.get(verb, send)
            tried(lambda r=refund, a=act: a(r, people[1], "the bank says so"))
        agrees(pools)
    worked()
    agrees(pools)
    for attempt in attempts:
        gone = [
            row.rials for row in db.session.query(Refund).filter_by(attempt_id=attempt.id, state="approved")
        ]
        twice = sum(one.rials for one in matches_of(f"cap:{attempt.public_id}"))
        assert twice <= attempt.captured_rials - sum(gone)
    bar(campaign)
    adds_up()


def tried(act) -> None:
    """What may not be is not done."""
    try:
        act()
        db.session.commit()
    except (Refused, WrongStep):
        db.session.rollback()


def agrees(pools: list[MatchPool]) -> None:
    db.session.expire_all()
    assert all(0 <= left(pool) <= pool.cap_rials for pool in pools)
