"""Need to zero: whatever is promised, brought, given and taken back, the count is right and never below zero."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods import board, counting
from campaigns.domain.goods.need_models import NeedLine, NeedState
from campaigns.domain.ledger.models import CampaignRollup
from tests import cast, worlds
from tests.domain.goods.needy import need
from tests.support.crowds import at_once


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return worlds.live_campaign(cast.mina(), cast.reza(), cast.parisa())


def remaining(line: NeedLine) -> int:
    return board.board(line.campaign_id).counts[line.id].remaining


def test_a_promise_lowers_the_count_and_a_cancelled_one_gives_it_back(campaign: Campaign) -> None:
    blankets = need(campaign)
    assert counting.hold(blankets, 6)
    assert remaining(blankets) == 34
    assert counting.rehold(blankets, 6, 4)
    assert remaining(blankets) == 36
    assert counting.receive(blankets, 4, 3) == 3
    assert remaining(blankets) == 37


def test_a_gift_of_one_units_price_lowers_the_count_by_one_and_its_refund_raises_it(
    campaign: Campaign,
) -> None:
    blankets = need(campaign)
    worlds.gift(campaign, 2_000_000)
    assert remaining(blankets) == 39
    worlds.gift(campaign, 1_500_000)
    assert remaining(blankets) == 39
    worlds.gift(campaign, 500_000)
    assert remaining(blankets) == 38
    db.session.get_one(CampaignRollup, campaign.id).received_rials -= 500_000
    assert remaining(blankets) == 39


def test_money_buys_the_needs_in_their_order(campaign: Campaign) -> None:
    blankets = need(campaign, quantity=2)
    lamps = need(campaign, "چراغ", quantity=5, price=3_000_000, position=1)
    worlds.gift(campaign, 8_000_000)
    now_there = board.board(campaign.id)
    assert [now_there.counts[line.id].bought for line in (blankets, lamps)] == [2, 1]
    assert (now_there.next_id, now_there.towards_next_rials) == (lamps.id, 1_000_000)
    assert not counting.hold(blankets, 1)


def test_money_leaves_to_the_promised_what_is_promised(campaign: Campaign) -> None:
    blankets = need(campaign, quantity=2)
    assert counting.hold(blankets, 2)
    worlds.gift(campaign, 4_000_000)
    count = board.board(campaign.id).counts[blankets.id]
    assert (count.bought, count.reserved, count.remaining) == (0, 2, 0)
    assert counting.let_go(blankets, 1)
    count = board.board(campaign.id).counts[blankets.id]
    assert (count.bought, count.reserved, count.remaining) == (1, 1, 0)


def test_what_comes_beyond_the_need_is_not_counted_towards_it(campaign: Campaign) -> None:
    blankets = need(campaign, quantity=5)
    assert counting.hold(blankets, 4)
    assert counting.receive(blankets, 4, 9) == 5
    assert (blankets.reserved, blankets.received) == (0, 5)
    assert counting.take_back(blankets, 5)
    assert not counting.take_back(blankets, 1)


def test_nobody_promises_for_a_closed_need(campaign: Campaign) -> None:
    assert not counting.hold(need(campaign, state=NeedState.CLOSED.value), 1)


def test_fifty_people_race_for_the_last_five_and_five_get_one(app: Flask, campaign: Campaign) -> None:
    blankets = need(campaign, quantity=40, received=35)
    line_id = blankets.id

    def try_one(_number: int) -> bool:
        got = counting.hold(db.session.get_one(NeedLine, line_id), 1)
        db.session.commit()
        return got

    assert sum(at_once(app, 50, try_one)) == 5
    db.session.expire_all()
    assert db.session.get_one(NeedLine, line_id).reserved == 5
    assert remaining(db.session.get_one(NeedLine, line_id)) == 0


def plain_lines() -> st.SearchStrategy[list[NeedLine]]:
    def line(number: int, values: tuple[int, int, int, int, bool, bool]) -> NeedLine:
        quantity, reserved, received, price, money, shown = values
        reserved = min(reserved, quantity)
        return NeedLine(
            id=number,
            quantity=quantity,
            reserved=reserved,
            received=min(received, quantity - reserved),
            unit_price_rials=price,
            takes_money=money,
            state="shown" if shown else "closed",
            bought_when_closed=0
            if shown
            else min(3, quantity - reserved - min(received, quantity - reserved)),
        )

    count = st.integers(0, 30)
    values = st.tuples(st.integers(1, 60), count, count, st.integers(1, 50), st.booleans(), st.booleans())
    return st.lists(values, max_size=6).map(lambda rows: [line(n, row) for n, row in enumerate(rows, 1)])


@given(plain_lines(), st.integers(0, 4000))
def test_money_never_buys_more_than_it_pays_for_nor_more_than_is_open(
    lines: list[NeedLine], rials: int
) -> None:
    found = board.counted(lines, rials)
    assert all(count.remaining >= 0 and count.bought >= 0 for count in found.counts.values())
    open_lines = [line for line in lines if line.state == "shown"]
    fixed = sum(line.bought_when_closed * line.unit_price_rials for line in lines if line.state != "shown")
    spent = sum(found.counts[line.id].bought * line.unit_price_rials for line in open_lines)
    assert spent <= max(0, rials - fixed)
    if found.next_id is not None:
        reached = next(line for line in lines if line.id == found.next_id)
        one_more = board.counted(lines, rials + reached.unit_price_rials)
        assert one_more.counts[reached.id].bought == found.counts[reached.id].bought + 1 or rials < fixed
        assert found.towards_next_rials < reached.unit_price_rials


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "let_go", "receive", "take_back", "money"]),
        st.integers(1, 9),
        st.integers(0, 9),
    ),
    max_size=25,
)


@settings(max_examples=40)
@given(steps=STEPS)
def test_for_any_history_remaining_is_needed_less_received_less_live_promises_less_money(
    one_need: Callable[[], NeedLine], steps: list[tuple[str, int, int]]
) -> None:
    line = one_need()
    promised: list[int] = []
    came = rials = 0
    for what, number, other in steps:
        match what:
            case "hold" if counting.hold(line, number):
                promised.append(number)
            case "let_go" if promised:
                assert counting.let_go(line, promised.pop())
            case "receive":
                came += counting.receive(line, promised.pop() if promised else 0, other)
            case "take_back" if counting.take_back(line, number):
                came -= number
            case "money":
                rials += 700 * number - 300 * other
                db.session.get_one(CampaignRollup, line.campaign_id).received_rials = rials
        open_units = line.quantity - came - sum(promised)
        bought = min(open_units, max(0, rials) // line.unit_price_rials)
        assert (line.received, line.reserved) == (came, sum(promised))
        assert remaining(line) == open_units - bought >= 0
    db.session.rollback()


@pytest.fixture
def one_need(campaign: Campaign) -> Callable[[], NeedLine]:
    worlds.gift(campaign, 1_000_000)
    line_id = need(campaign, quantity=20, price=1_000).id

    def again() -> NeedLine:
        line = db.session.get_one(NeedLine, line_id)
        db.session.get_one(CampaignRollup, line.campaign_id).received_rials = 0
        return line

    return again
