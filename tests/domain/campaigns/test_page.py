"""What the page of a campaign derives from its values: faces, next units, the drawing, milestones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.domain.campaigns.page import MOST_CELLS, CampaignPage, Organizer, Phase, Wall

TODAY = date(2026, 11, 23)
MILLION = 10_000_000  # a million tomans in rials


def dowries(**changed: object) -> CampaignPage:
    """Mina's campaign: forty dowries of 150 million tomans each; 23 are paid for and a bit of the next."""
    page = CampaignPage(
        slug="kerman-jahiz",
        short_code="k7f3",
        state="live",
        state_reason="",
        state_changed_at=datetime(2026, 11, 1, tzinfo=UTC),
        text_language="fa",
        title="چهل خانهٔ تازه",
        lead="",
        story="",
        topic="marriage",
        topic_label="",
        theme="anar",
        motif="window",
        provinces=(),
        counties=(),
        organizer=Organizer("", "", "", "", "", ""),
        approved_at=None,
        starts_on=None,
        ends_on=TODAY + timedelta(days=18),
        today=TODAY,
        unit_name="جهیزیه",
        unit_price_rials=150 * MILLION,
        unit_count=40,
        costs=(),
        covers_overhead=True,
        received_rials=3480 * MILLION,
        gifts=1286,
        minimum_rials=200_000,
        presets=(),
        intents=(),
        goal_policy="continue",
        surplus_rule="",
        sibling=None,
        updates=(),
        wall=Wall((), 0),
        faq=(),
    )
    return replace(page, **changed)  # type: ignore[arg-type]


def test_the_page_says_how_far_it_is_and_what_the_next_unit_lacks() -> None:
    page = dowries()
    assert page.percent == 58
    assert page.units_done == 23
    assert page.next_unit == 24
    assert page.next_unit_left_rials == 120 * MILLION
    assert page.left_rials == 2520 * MILLION
    assert page.days_left == 19


@pytest.mark.parametrize(
    ("changed", "phase"),
    [
        ({"is_preview": True, "state": "draft"}, Phase.PREVIEW),
        ({"state": "approved"}, Phase.SCHEDULED),
        ({"received_rials": 0}, Phase.FIRST_UNIT),
        ({"received_rials": 149 * MILLION}, Phase.FIRST_UNIT),
        ({"received_rials": 150 * MILLION}, Phase.LIVE),
        ({"received_rials": 5400 * MILLION}, Phase.NEARLY),
        ({"received_rials": 5400 * MILLION - 1}, Phase.LIVE),
        ({"received_rials": 6000 * MILLION - 1}, Phase.NEARLY),
        ({"received_rials": 6000 * MILLION}, Phase.REACHED_OPEN),
        ({"received_rials": 6000 * MILLION, "goal_policy": "close"}, Phase.REACHED_CLOSED),
        ({"received_rials": 6000 * MILLION, "goal_policy": "sibling"}, Phase.REACHED_CLOSED),
        ({"state": "paused"}, Phase.PAUSED),
        ({"state": "ended"}, Phase.ENDED_SHORT),
        ({"state": "ended", "received_rials": 6000 * MILLION}, Phase.ENDED_REACHED),
        ({"state": "cancelled"}, Phase.CANCELLED),
    ],
)
def test_every_situation_has_its_face(changed: dict[str, object], phase: Phase) -> None:
    assert dowries(**changed).phase is phase


@pytest.mark.parametrize("phase", Phase)
def test_gifts_are_taken_only_while_it_is_open(phase: Phase) -> None:
    open_faces = {Phase.FIRST_UNIT, Phase.LIVE, Phase.NEARLY, Phase.REACHED_OPEN}
    faces = [
        dowries(received_rials=rials * MILLION, state=state, goal_policy=policy, is_preview=preview)
        for rials in (0, 3480, 5700, 6000)
        for state in ("live", "approved", "paused", "frozen", "ended", "cancelled")
        for policy in ("continue", "close")
        for preview in (False, True)
    ]
    shown = [page for page in faces if page.phase is phase]
    assert shown
    assert all(page.accepts_gifts == (phase in open_faces) for page in shown)


@pytest.mark.parametrize(
    ("units", "each", "cells"),
    [(1, 1, 1), (40, 1, 40), (60, 1, 60), (61, 2, 31), (120, 2, 60), (121, 5, 25), (3459, 100, 35)],
)
def test_a_large_goal_is_drawn_with_cells_of_round_size(units: int, each: int, cells: int) -> None:
    page = dowries(unit_count=units)
    assert (page.units_per_cell, page.cells) == (each, cells)


@given(units=st.integers(0, 10_000_000), price=st.integers(0, 10**12), received=st.integers(0, 10**15))
def test_the_drawing_never_shows_more_than_there_is(units: int, price: int, received: int) -> None:
    page = dowries(unit_count=units, unit_price_rials=price, received_rials=received)
    assert 1 <= page.cells <= MOST_CELLS
    assert 0 <= page.cells_lit <= page.cells
    assert (page.cells_lit == page.cells) == page.reached
    if not page.reached:
        assert page.cells_lit * page.units_per_cell <= page.units_done


@given(units=st.integers(1, 10_000), received=st.integers(0, 10**13))
def test_milestones_climb_to_the_goal_and_are_done_in_order(units: int, received: int) -> None:
    stones = dowries(unit_count=units, received_rials=received).milestones
    assert 1 <= len(stones) <= 4
    assert stones[-1].units == units
    assert [stone.units for stone in stones] == sorted({stone.units for stone in stones})
    assert [stone.done for stone in stones] == sorted((stone.done for stone in stones), reverse=True)


def test_a_campaign_without_a_goal_yet_divides_by_nothing() -> None:
    page = dowries(unit_count=0, unit_price_rials=0, received_rials=0)
    assert (page.percent, page.units_done, page.left_rials, page.reached) == (0, 0, 0, False)
    assert page.milestones == []


def test_the_last_day_counts_and_then_it_is_over() -> None:
    assert dowries(ends_on=TODAY).days_left == 1
    assert dowries(ends_on=TODAY - timedelta(days=1)).days_left == 0
    assert dowries(ends_on=None).days_left is None
