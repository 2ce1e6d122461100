"""Whatever comes, goes back and is settled, in any order: the days, the ages and the book say the same."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.invariants.watch import everything, look
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.queries import balance
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.settlements.clearing import holding, open_captures
from tests.domain.refunds.money import farid, negar
from tests.domain.settlements.held import SHEBA, TODAY, advice, ago, gave_back, held, noon, paid_out, took
from tests.giving import live_campaign
from tests.support.effort import effort

day = st.integers(0, 9)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("take"), day, st.integers(10_000, 90_000), st.integers(0, 700)),
        st.tuples(st.just("return"), day, st.integers(20_000, 40_000), st.integers(0, 9)),
        st.tuples(st.just("settle"), day, st.integers(1, 150_000), st.integers(0, 9)),
    ),
    max_size=9,
)


@effort(examples=10, steps=1)
@given(story=steps)
def test_after_any_story_the_days_add_up(app, database_house, story):
    db.session.remove()
    database_house.clear()
    campaign, one, other = live_campaign(), farid(), negar()
    came, back, settled, taken = 0, 0, 0, []
    for verb, days, rials, more in story:
        if verb == "take":
            taken.append(took(app, campaign, ago(days), rials, more))
            came += rials - more
        elif verb == "return" and taken:
            try:
                gave_back(taken[more % len(taken)], ago(days), rials, one, other)
                back += rials
            except Refused:
                db.session.rollback()
        elif verb == "settle" and taken:
            paid_out(advice(rials, ago(days) - timedelta(days=more), ago(days)), one, other)
            settled += rials
        agrees(came, back, settled)


def agrees(came: int, back: int, settled: int) -> None:
    with clock.at(noon(TODAY)):
        one = holding("zarinpal")
        assert held() == came - back - settled == one.balance == sum(one.ages())
        assert balance(accounts.bank(SHEBA)) == settled
        for capture in open_captures(one, 99):
            assert 0 < capture.left <= capture.rials
        open_by_day = sum(min(day.left, day.came - day.fees) for day in one.days if day.left > 0 and day.came)
        assert sum(capture.left for capture in open_captures(one, 99)) == open_by_day
        assert [found for found in look(everything()) if found.name != "I6"] == []
