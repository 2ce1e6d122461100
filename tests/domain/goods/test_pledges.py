"""Promised goods: every move of the table, what is reserved and what is free again, and fifty people at once."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.goods import pledges
from campaigns.domain.goods.pledge_expiry import expire_pledges
from campaigns.domain.goods.pledge_models import Pledge, PledgeStep
from campaigns.domain.goods.pledge_queries import steps
from campaigns.domain.goods.pledge_states import LIVE, TABLE, State
from campaigns.domain.goods.pledges import Promise, TooMuch, WrongMove, left_of
from tests.cast import mina
from tests.giving import live_campaign
from tests.promises import GRACE, all_pledges, in_days, need, promised
from tests.support.crowds import at_once


@pytest.fixture
def office(app):
    return mina().id


@pytest.fixture
def line(office):
    return need(live_campaign())


def put(pledge: Pledge, state: State, office: int) -> None:
    """Brings a new pledge of six into this state by what people do."""
    late = pledge.expires_at + timedelta(seconds=1)
    ways = {
        State.REGISTERED: [],
        State.ARRANGED: [lambda: pledges.arrange(pledge, pledge.day, "", office, GRACE)],
        State.PARTLY: [lambda: pledges.receive(pledge, 3, office)],
        State.RECEIVED: [lambda: pledges.receive(pledge, 6, office)],
        State.DELIVERED: [
            lambda: pledges.receive(pledge, 6, office),
            lambda: pledges.deliver(pledge, office),
        ],
        State.NO_SHOW: [lambda: pledges.no_show(pledge, office)],
        State.EXPIRED: [lambda: at(late, expire_pledges)],
        State.CANCELLED: [lambda: pledges.cancel(pledge)],
    }
    for step in ways[state]:
        step()
    db.session.commit()
    assert pledge.state == state


def at(moment, act):
    with clock.at(moment):
        return act()


def moves(pledge: Pledge, office: int) -> dict[State, object]:
    """What somebody would do to bring a pledge of six into each state."""
    return {
        State.REGISTERED: lambda: pledges.change(pledge, 6, in_days(9), GRACE),
        State.ARRANGED: lambda: pledges.arrange(pledge, in_days(2), "", office, GRACE),
        State.PARTLY: lambda: pledges.receive(pledge, 1, office),
        State.RECEIVED: lambda: pledges.receive(pledge, 6, office),
        State.DELIVERED: lambda: pledges.deliver(pledge, office),
        State.NO_SHOW: lambda: pledges.no_show(pledge, office),
        State.CANCELLED: lambda: pledges.cancel(pledge),
    }


CHANGES_OF_DAY = {(State.REGISTERED, State.REGISTERED)}
"""No move of the table: the giver has another day in mind, and nothing had been arranged."""


@pytest.mark.parametrize(
    ("before", "after"), [pair for pair in product(State, State) if pair[1] is not State.EXPIRED]
)
def test_a_pledge_goes_where_the_table_leads_and_nowhere_else(line, office, before, after):
    pledge = promised(line)
    put(pledge, before, office)
    act = moves(pledge, office)[after]
    if after not in TABLE[before] and (before, after) not in CHANGES_OF_DAY:
        free = left_of(line)
        with pytest.raises(WrongMove):
            act()
        db.session.rollback()
        assert (pledge.state, left_of(line)) == (before, free)
        return
    act()
    db.session.commit()
    held = pledge.quantity if pledge.state in LIVE else 0
    assert pledge.state in {after, State.RECEIVED if after is State.PARTLY else after}
    assert left_of(line) == 40 - held - pledge.received
    assert steps(pledge)[-1].before == before and steps(pledge)[-1].after == pledge.state


@pytest.mark.parametrize("before", State)
def test_only_what_is_live_expires(line, office, before):
    pledge = promised(line)
    put(pledge, before, office)
    due = before in LIVE
    assert at(pledge.expires_at + timedelta(days=30), expire_pledges) == due
    db.session.commit()
    assert pledge.state == (State.EXPIRED if due else before)
    assert (State.EXPIRED in TABLE[before]) == due


class TestReserving:
    def test_it_is_kept_at_once(self, line):
        pledge = promised(line, 6)
        assert (left_of(line), line.reserved, pledge.state) == (34, 6, State.REGISTERED)
        assert len(pledge.code) == 11

    def test_more_than_is_left_cannot_be_promised(self, line):
        promised(line, 38)
        with pytest.raises(TooMuch) as much:
            promised(line, 3)
        assert much.value.left == 2
        db.session.rollback()
        assert (left_of(line), len(all_pledges())) == (2, 1)

    def test_the_same_form_twice_is_one_pledge(self, line):
        wish = Promise(quantity=6, day=in_days(2), language="fa")
        first, is_new = pledges.pledge(line, wish, "form-of-sara", GRACE)
        again, again_new = pledges.pledge(line, wish, "form-of-sara", GRACE)
        db.session.commit()
        assert (first, is_new, again_new) == (again, True, False)
        assert (left_of(line), len(all_pledges())) == (34, 1)

    def test_the_same_form_ten_times_at_once_is_one_pledge(self, app, line):
        line_id = line.id

        def send(_number: int) -> str:
            wish = Promise(quantity=6, day=in_days(2), language="fa")
            made, _new = pledges.pledge(db.session.get_one(type(line), line_id), wish, "form-of-sara", GRACE)
            code = made.code
            db.session.commit()
            return code

        assert len(set(at_once(app, 10, send))) == 1
        assert (left_of(line), len(all_pledges())) == (34, 1)

    def test_fifty_people_race_for_the_last_five_and_five_get_them(self, app):
        line = need(live_campaign(), quantity=45)
        promised(line, 40)
        line_id = line.id

        def race(number: int) -> int:
            wish = Promise(quantity=1, day=in_days(2), language="fa")
            try:
                pledges.pledge(
                    db.session.get_one(type(line), line_id), wish, f"form-of-{number}-racer", GRACE
                )
            except TooMuch:
                db.session.rollback()
                return 0
            db.session.commit()
            return 1

        assert sum(at_once(app, 50, race)) == 5
        assert (left_of(line), line.reserved) == (0, 45)
        total = db.session.scalar(select(func.sum(Pledge.quantity)).where(Pledge.state.in_(LIVE)))
        assert total == 45

    def test_two_givers_of_one_code_at_once_leave_the_count_right(self, app, line, office):
        """One cancels, the other changes the number, the office says it came: whoever is first, the sum is right."""
        pledge = promised(line, 6)
        pledge_id = pledge.id

        def act(number: int) -> None:
            mine = db.session.get_one(Pledge, pledge_id)
            acts = (
                lambda: pledges.cancel(mine),
                lambda: pledges.change(mine, 9, mine.day, GRACE),
                lambda: pledges.receive(mine, 2, office),
            )
            try:
                acts[number % 3]()
            except WrongMove:
                db.session.rollback()
                return
            db.session.commit()

        at_once(app, 9, act)
        db.session.expire_all()
        held = pledge.quantity if pledge.state in LIVE else 0
        assert (line.reserved, line.received) == (held, pledge.received)


class TestChanging:
    def test_fewer_frees_the_rest_and_more_takes_what_is_left(self, line):
        pledge = promised(line, 6)
        pledges.change(pledge, 4, pledge.day, GRACE)
        assert left_of(line) == 36
        pledges.change(pledge, 40, pledge.day, GRACE)
        assert left_of(line) == 0
        with pytest.raises(TooMuch) as much:
            pledges.change(pledge, 41, pledge.day, GRACE)
        assert much.value.left == 40

    def test_another_day_is_arranged_anew_and_another_number_is_not(self, line, office):
        pledge = promised(line)
        pledges.arrange(pledge, in_days(6), "ساعت ۱۰", office, GRACE)
        pledges.change(pledge, 5, pledge.day, GRACE)
        assert (pledge.state, pledge.arranged_note) == (State.ARRANGED, "ساعت ۱۰")
        pledges.change(pledge, 5, in_days(20), GRACE)
        assert (pledge.state, pledge.arranged_on, pledge.arranged_note) == (State.REGISTERED, None, "")
        assert pledge.expires_at > clock.now() + timedelta(days=22)

    def test_nothing_else_is_nothing_done(self, line):
        pledge = promised(line)
        pledges.change(pledge, 6, pledge.day, GRACE)
        assert [step.verb for step in steps(pledge)] == ["pledge"]


class TestReceiving:
    def test_a_part_counts_and_the_rest_is_free(self, line, office):
        pledge = promised(line, 4)
        assert pledges.receive(pledge, 3, office) == 3
        assert (pledge.state, pledge.received, left_of(line)) == (State.PARTLY, 3, 37)
        assert (line.received, line.reserved) == (3, 0)

    def test_the_rest_may_come_after_all(self, line, office):
        pledge = promised(line, 4)
        pledges.receive(pledge, 3, office)
        assert pledges.receive(pledge, 1, office) == 1
        assert (pledge.state, left_of(line)) == (State.RECEIVED, 36)

    def test_more_than_was_promised_counts_as_far_as_it_is_needed(self, app, office):
        line = need(live_campaign(), quantity=10)
        promised(line, 5)
        pledge = promised(line, 4)
        assert pledges.receive(pledge, 9, office) == 5
        assert (pledge.received, left_of(line)) == (5, 0)

    def test_late_goods_that_nobody_needs_any_more_change_nothing(self, app, office):
        line = need(live_campaign(), quantity=10)
        late = promised(line, 10)
        pledges.no_show(late, office)
        promised(line, 10)
        assert pledges.receive(late, 10, office) == 0
        assert (late.state, late.received, left_of(line)) == (State.NO_SHOW, 0, 0)

    def test_late_goods_that_are_needed_count(self, line, office):
        late = promised(line, 6)
        at(late.expires_at + timedelta(seconds=1), expire_pledges)
        assert pledges.receive(late, 6, office) == 6
        assert (late.state, late.ended_at, left_of(line)) == (State.RECEIVED, None, 34)


class TestEnding:
    def test_what_was_promised_is_open_again_after_the_days_of_grace(self, line):
        pledge = promised(line, 6, day=in_days(1))
        assert at(clock.now() + timedelta(days=1 + GRACE), expire_pledges) == 0
        assert at(clock.now() + timedelta(days=2 + GRACE), expire_pledges) == 1
        assert (pledge.state, left_of(line)) == (State.EXPIRED, 40)
        assert steps(pledge)[-1].actor is None

    def test_an_address_is_forgotten_once_nobody_goes_there(self, line, office):
        asked = {"mobile": "+989121234567", "address": "کرمان، کوچهٔ ۳"}
        fetched, ended = (promised(line, 2, **asked) for _ in range(2))
        pledges.arrange(fetched, in_days(1), "", office, GRACE)
        assert fetched.address
        pledges.receive(fetched, 2, office)
        pledges.cancel(ended)
        assert (fetched.address, ended.address) == ("", "")

    def test_history_cannot_be_rewritten(self, line):
        step = steps(promised(line))[0]
        assert isinstance(step, PledgeStep)
        step.note = "nothing happened"
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.commit()
        db.session.rollback()
