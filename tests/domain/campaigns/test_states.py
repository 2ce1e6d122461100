"""The table of states, every pair of it; and the calendar that walks it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.history import CampaignMove
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.campaigns.states import EDITABLE, TABLE, Move, State, WrongMove, after
from campaigns.domain.campaigns.steering import MOVE_LABELS, possible_moves
from tests.cast import mina
from tests.worlds import change, empty_draft, ready_draft

PAIRS = [(state, move) for state in State for move in Move]


@pytest.mark.parametrize(("state", "move"), PAIRS)
def test_every_pair_is_in_the_table_or_refused(app, state, move):
    campaign = empty_draft(mina())
    campaign.state = state.value
    db.session.commit()
    if (state, move) in TABLE:
        actions.move(campaign, move, campaign.author, "چون")
        assert campaign.state == TABLE[state, move]
        kept = db.session.scalars(select(CampaignMove)).one()
        assert (kept.before, kept.after, kept.reason) == (state, TABLE[state, move], "چون")
        return
    with pytest.raises(WrongMove):
        actions.move(campaign, move, campaign.author)
    assert campaign.state == state and not db.session.scalars(select(CampaignMove)).all()


def test_a_word_that_is_no_state_is_an_error():
    with pytest.raises(ValueError, match="sleeping"):
        after("sleeping", Move.START)


def test_what_is_over_stays_over():
    assert not [move for state, move in TABLE if state is State.ENDED]
    assert [move for state, move in TABLE if state is State.CANCELLED] == [Move.REOPEN]


def test_every_state_can_be_reached():
    reached, frontier = set(), {State.DRAFT}
    while frontier:
        reached |= frontier
        frontier = {end for (start, _move), end in TABLE.items() if start in reached} - reached
    assert reached == set(State)


def test_texts_are_changed_at_once_only_where_nobody_reads_them():
    assert {State.DRAFT, State.NEEDS_WORK} == EDITABLE


@pytest.mark.parametrize("state", State)
def test_a_campaign_is_steered_only_along_the_table(app, state):
    campaign = empty_draft(mina())
    campaign.state = state.value
    assert [step for step, _label in possible_moves(campaign)] == [
        step for step in MOVE_LABELS if (state, step) in TABLE
    ]


def approved(starts, ends):
    """A campaign that was approved, with its first and last Tehran day."""
    author = mina()
    campaign = ready_draft(author)
    days = {"starts_on": starts.isoformat() if starts else None, "ends_on": ends.isoformat()}
    change(campaign, Part.BASICS, author, **days)
    actions.move(campaign, Move.SUBMIT, author)
    actions.approve(campaign, author)
    return campaign


def test_a_campaign_without_a_first_day_opens_when_it_is_approved(app):
    assert approved(None, tehran_day(now())).state == State.LIVE


def test_it_opens_and_ends_with_the_days_of_tehran(app):
    with clock.at(datetime(2026, 11, 20, tzinfo=UTC)):
        campaign = approved(date(2026, 11, 23), date(2026, 11, 24))
    tehran_midnight = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    story = (
        (tehran_midnight - timedelta(seconds=1), State.APPROVED),
        (tehran_midnight, State.LIVE),
        (tehran_midnight + timedelta(days=2, seconds=-1), State.LIVE),
        (tehran_midnight + timedelta(days=2), State.ENDED),
    )
    for moment, state in story:
        with clock.at(moment):
            moved = actions.follow_calendar()
            assert campaign.state == state, moment
            assert actions.follow_calendar() == 0, "looking twice moves nothing"
            assert moved == (moment.second == 0)


def test_a_paused_campaign_ends_on_its_last_day_too(app):
    campaign = approved(None, tehran_day(now()))
    actions.move(campaign, Move.PAUSE, campaign.author, "چون")
    with clock.at(now() + timedelta(days=2)):
        actions.follow_calendar()
    assert campaign.state == State.ENDED


def test_the_public_reads_only_of_what_was_agreed_to(app):
    campaign = ready_draft(mina())
    seen = {}
    for move in (Move.SUBMIT, Move.APPROVE, Move.START, Move.PAUSE, Move.RESUME, Move.END):
        actions.move(campaign, move, campaign.author)
        db.session.commit()
        seen[State(campaign.state)] = by_slug(campaign.slug) is not None
    assert [state for state, page in seen.items() if not page] == [State.SUBMITTED]
