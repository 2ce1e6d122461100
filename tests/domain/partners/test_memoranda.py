"""A memorandum through its states: written, sent, agreed, in force, and how it ends."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import day_start
from campaigns.domain.accounts.models import Organization
from campaigns.domain.moderation.actions import Refused as ModerationRefused
from campaigns.domain.moderation.actions import decide, take_back
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Reason, Verdict
from campaigns.domain.partners import actions, profiles, queries, states
from campaigns.domain.partners.models import Memorandum, MemorandumMove
from campaigns.domain.partners.queries import Filters, in_state
from campaigns.domain.partners.states import Move, State, WrongMove, state_on
from tests.cast import leila, mina, parisa, reza
from tests.partnership import PDF, agreed, approve, draft, partner, picture, said, sent, terms, today
from tests.queueing import waiting
from tests.worlds import live_campaign


@pytest.fixture
def leila_(app):
    return leila()


@pytest.fixture
def nurses(leila_) -> Organization:
    return partner(leila_).organization


def at(day):
    """The middle of a Tehran day."""
    return clock.at(day_start(day) + timedelta(hours=12))


def test_every_pair_of_state_and_move_is_as_the_table_says():
    leads = {
        "draft": {"send": "waiting", "reopen": "waiting"},
        "waiting": {"withdraw": "draft", "return": "draft", "refuse": "refused", "approve": "agreed"},
        "refused": {"reopen": "waiting"},
        "agreed": {"reopen": "waiting", "begin": "in_force", "end_early": "ended_early"},
        "in_force": {"reopen": "waiting", "run_out": "ended", "end_early": "ended_early"},
        "ended": {},
        "ended_early": {},
    }
    for state, move in product(State, Move):
        if move.value in leads[state]:
            assert states.after(state, move) == leads[state][move.value]
        else:
            with pytest.raises(WrongMove):
                states.after(state, move)


def test_it_holds_from_its_first_day_to_the_end_of_its_last(leila_, nurses):
    begins, ends = today() + timedelta(days=2), today() + timedelta(days=4)
    memorandum = agreed(leila_, reza(), [nurses], starts_on=begins, ends_on=ends)
    assert memorandum.state == State.AGREED
    for after_today, shown, written in (
        (1, State.AGREED, State.AGREED),
        (2, State.IN_FORCE, State.IN_FORCE),
        (4, State.IN_FORCE, State.IN_FORCE),
        (5, State.ENDED, State.ENDED),
    ):
        day = today() + timedelta(days=after_today)
        assert state_on(memorandum, day) == shown
        with at(day):
            actions.follow_calendar()
            db.session.commit()
        assert memorandum.state == written
    moved = db.session.scalars(select(MemorandumMove).order_by(MemorandumMove.id)).all()
    assert [row.after for row in moved] == ["waiting", "agreed", "in_force", "ended"]
    assert [row.actor_id for row in moved][2:] == [None, None]
    assert actions.follow_calendar() == 0


def test_a_worker_that_slept_through_it_all_writes_both_moves_down(leila_, nurses):
    day = today()
    memorandum = agreed(
        leila_, reza(), [nurses], starts_on=day + timedelta(days=1), ends_on=day + timedelta(days=2)
    )
    with at(day + timedelta(days=9)):
        assert actions.follow_calendar() == 1
    assert memorandum.state == State.ENDED


def test_lists_and_pages_agree_on_the_state_of_any_day(leila_, nurses):
    """`in_state` asks the database what `state_on` says of one row."""
    row = draft(leila_, [nurses])

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sampled_from(State), st.integers(-3, 3), st.integers(0, 3), st.integers(-4, 8))
    def agree(state, begins, lasts, on):
        row.state = state.value
        row.starts_on = today() + timedelta(days=begins)
        row.ends_on = row.starts_on + timedelta(days=lasts)
        db.session.flush()
        day = today() + timedelta(days=on)
        for wanted in queries.SHOWN_STATES:
            found = db.session.scalar(select(Memorandum.id).where(in_state(wanted, day)))
            assert (found is not None) == (state_on(row, day) == wanted)

    agree()


def test_nothing_is_sent_without_both_papers(leila_, nurses):
    memorandum = actions.draft(terms([nurses]), leila_)
    assert actions.missing(memorandum) == [actions.SIGNED, actions.COPY]
    actions.attach(memorandum, actions.SIGNED, PDF, leila_)
    with pytest.raises(actions.Refused):
        actions.send(memorandum, leila_)
    with pytest.raises(actions.Refused) as why:
        actions.attach(memorandum, actions.COPY, b"GIF89a", leila_)
    assert why.value.why == "kind"
    actions.attach(memorandum, actions.COPY, PDF, leila_)
    actions.send(memorandum, leila_)
    assert memorandum.state == State.WAITING


def test_what_was_sent_is_not_changed_any_more(leila_, nurses):
    memorandum = sent(leila_, [nurses])
    for step in (
        lambda: actions.rewrite(memorandum, terms([nurses])),
        lambda: actions.attach(memorandum, actions.COPY, PDF, leila_),
    ):
        with pytest.raises(actions.Refused) as why:
            step()
        assert why.value.why == "state"


def test_ending_early_needs_a_reason_and_happens_once(leila_, nurses):
    memorandum = agreed(leila_, reza(), [nurses])
    with pytest.raises(actions.Refused):
        actions.end_early(memorandum, leila_, "  ")
    actions.end_early(memorandum, leila_, "پرستار کافی نبود.")
    assert (memorandum.state, memorandum.state_reason) == ("ended_early", "پرستار کافی نبود.")
    with pytest.raises(actions.Refused):
        actions.end_early(memorandum, leila_, "دوباره")


def test_one_whose_last_day_is_over_is_not_ended_early_even_before_the_worker_came(leila_, nurses):
    memorandum = agreed(leila_, reza(), [nurses], ends_on=today())
    with at(today() + timedelta(days=1)), pytest.raises(actions.Refused) as why:
        actions.end_early(memorandum, leila_, "چون")
    assert why.value.why == "over"


def test_a_moderator_cannot_agree_to_one_that_is_over(leila_, nurses):
    reza_, memorandum = reza(), sent(leila_, [nurses], ends_on=today())
    with at(today() + timedelta(days=1)), pytest.raises(ModerationRefused) as why:
        decide(find("memorandum", memorandum.public_id), reza_, Verdict.APPROVE)
    assert why.value.why == "expired"


def test_sent_back_it_is_a_draft_and_a_new_round_begins_when_it_comes_again(leila_, nurses):
    reza_, memorandum = reza(), sent(leila_, [nurses])
    item = find("memorandum", memorandum.public_id)
    decide(item, reza_, Verdict.RETURN, Reason.NUMBERS, "تاریخ؟")
    assert memorandum.state == State.DRAFT
    actions.send(memorandum, leila_)
    made = decide(item, reza_, Verdict.APPROVE)
    assert made.round == 2
    take_back(item, made, reza_)
    assert memorandum.state == State.WAITING
    assert [one.kind for one in waiting("memorandum")] == ["memorandum"]


def test_partners_of_a_campaign_are_those_whose_memorandum_holds_today(leila_, nurses):
    reza_, parisa_ = reza(), parisa()
    campaign = live_campaign(mina(), reza_, parisa_)
    approve("partner", profiles.newest(nurses.id).public_id, reza_)
    first = agreed(leila_, reza_, [nurses], campaigns=[campaign])
    agreed(leila_, reza_, [nurses], campaigns=[campaign])
    draft(leila_, [nurses], campaigns=[campaign])
    assert behind(campaign, today()) == ["nurses"]
    assert queries.stood_behind(nurses.id) == [campaign.id]
    assert behind(campaign, first.ends_on + timedelta(days=1)) == []
    assert behind(campaign, first.starts_on - timedelta(days=1)) == []


def behind(campaign, day):
    return [row.slug for row in db.session.execute(queries.behind_query(campaign.id, day))]


def test_lists_are_narrowed_by_division_and_state(leila_, nurses):
    reza_ = reza()
    ended = agreed(leila_, reza_, [nurses], division="culture", ends_on=today())
    holds = agreed(leila_, reza_, [nurses])
    sent(leila_, [nurses], division="culture")
    tomorrow = today() + timedelta(days=1)

    def found(**wanted):
        rows, total = queries.public_memoranda(Filters(**wanted), tomorrow)
        assert len(rows) == total
        return {row.public_id for row in rows}

    assert found() == {ended.public_id, holds.public_id}
    assert found(division="culture") == found(state="ended") == {ended.public_id}
    assert found(division="health", state="in_force") == {holds.public_id}
    assert found(division="construction") == set()
    houses, total = queries.public_houses(Filters(division="culture"), tomorrow)
    assert (total, {one.organization.slug for one in houses}) == (2, {"nurses", "nikookari"})
    assert {(one.memoranda, one.in_force) for one in houses} == {(2, 1)}


def test_what_others_signed_neither_counts_for_an_organization_nor_shows_it(leila_, nurses):
    reza_ = reza()
    hidden = partner(leila_, slug="not-yet-read").organization
    other = partner(leila_, slug="shown-alone")
    approve("partner", other.public_id, reza_)
    agreed(leila_, reza_, [nurses])
    assert queries.house_with_page(hidden.slug) is None
    houses, total = queries.public_houses(Filters(), today())
    assert {one.organization.slug: (one.memoranda, one.in_force) for one in houses} == {
        "nikookari": (1, 1),
        "nurses": (1, 1),
        "shown-alone": (0, 0),
    }
    narrowed, total = queries.public_houses(Filters(state="in_force"), today())
    assert (total, {one.organization.slug for one in narrowed}) == (2, {"nikookari", "nurses"})


def test_an_organization_is_hidden_until_a_moderator_has_agreed(leila_, nurses):
    assert queries.house_with_page("nurses") is None
    approve("partner", profiles.newest(nurses.id).public_id, reza())
    assert queries.house_with_page("nurses").id == nurses.id


def test_a_new_version_waits_and_the_shown_one_stays_until_it_is_approved(leila_, nurses):
    reza_ = reza()
    first = profiles.newest(nurses.id)
    approve("partner", first.public_id, reza_)
    second = profiles.write(nurses, said(about_fa="نو"), leila_)
    third = profiles.write(nurses, said(about_fa="نوتر", logo=profiles.painted(picture())), leila_)
    db.session.commit()
    assert (second.state, queries.shown_profile(nurses.id).id) == ("replaced", first.id)
    item = find("partner", third.public_id)
    made = decide(item, reza_, Verdict.APPROVE)
    assert (first.state, queries.shown_profile(nurses.id).id) == ("replaced", third.id)
    take_back(item, made, reza_)
    assert (third.state, queries.shown_profile(nurses.id).id) == ("waiting", first.id)
    fourth = profiles.write(nurses, said(), leila_)
    assert queries.logo_of(fourth) == queries.logo_of(third)


def test_a_logo_is_painted_anew_and_nothing_else_is_taken():
    made = profiles.painted(picture((1000, 10)) + b"hidden words")
    assert b"hidden" not in made
    for wrong in (b"", b"<svg/>", b"%PDF-1.4", picture()[:40], b"x" * (profiles.MOST_LOGO_BYTES + 1)):
        with pytest.raises(profiles.NotALogo):
            profiles.painted(wrong)


def test_an_address_belongs_to_one_organization(leila_, nurses):
    with pytest.raises(profiles.Taken):
        partner(leila_)
    db.session.rollback()


def test_a_memorandum_lies_in_the_province_of_the_house_that_signs(leila_, nurses):
    kerman = partner(leila_, slug="kerman-house", province_code="IR-08").organization
    memorandum = draft(leila_, [nurses], house=kerman)
    assert queries.where_is(memorandum).province_codes == {"IR-08"}
    assert now() >= memorandum.created_at
