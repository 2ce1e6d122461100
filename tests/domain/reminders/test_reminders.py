"""One letter a month, on the day Sara chose, until she or something else says stop."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.months import month_of
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.notices.models import Letter
from campaigns.domain.reminders import actions, links, worker
from campaigns.domain.reminders.models import Reminder
from campaigns.web.letterlinks import link
from tests.domain.reminders.donors import SARA, asked, jalali, letters, months, on, worker_on
from tests.giving import live_campaign, pledged
from tests.support.crowds import at_once

BEGUN = jalali(1405, 7, 20)


@pytest.fixture
def reminder(app):
    with on(BEGUN):
        return asked(live_campaign())


def test_the_first_letter_comes_next_month_on_the_day_she_chose(reminder):
    for day in range(1, 16):
        worker_on(BEGUN + timedelta(days=day - 1))
    assert letters() == []
    worker_on(jalali(1405, 8, 5))
    [letter] = letters()
    assert letter.to == SARA
    assert reminder.next_on == jalali(1405, 9, 5)
    assert f"/c/{reminder.campaign.slug}/give?other=500000&intent=sadaqah&again=" in letter.body
    assert letter.unsubscribe_url and letter.unsubscribe_url in letter.body


def test_however_often_the_worker_looks_there_is_one_letter_a_month(reminder):
    day = jalali(1405, 8, 1)
    while day < jalali(1405, 11, 1):
        worker_on(day)
        worker_on(day)
        day += timedelta(days=1)
    assert months(reminder) == [(140508, "written"), (140509, "written"), (140510, "written")]
    assert len(letters()) == 3


def test_two_workers_at_once_write_one_letter(app, reminder):
    def look(_number: int) -> None:
        with on(jalali(1405, 8, 5)):
            worker.remind_due(link)

    at_once(app, 4, look)
    assert len(letters()) == 1
    assert months(reminder) == [(140508, "written")]


def test_a_worker_that_dies_while_writing_leaves_nothing_and_the_next_one_writes(reminder):
    def die(*_args: object, **_values: object) -> str:
        raise SystemExit

    with on(jalali(1405, 8, 5)):
        with pytest.raises(SystemExit):
            worker.remind_due(die)
        db.session.rollback()
        assert letters() == [] and months(reminder) == [] and reminder.covered == 140507
        worker.remind_due(link)
    assert len(letters()) == 1


def test_after_a_long_silence_of_the_worker_one_letter_is_enough(reminder):
    worker_on(jalali(1405, 11, 12))
    assert months(reminder) == [(140511, "written")]
    assert reminder.next_on == jalali(1405, 12, 5)


def test_the_last_day_stands_in_for_one_that_a_month_does_not_have(app):
    with on(jalali(1405, 6, 31)):
        reminder = asked(live_campaign(), day=31)
    seen = []
    for _ in range(8):
        seen.append(reminder.next_on)
        worker_on(reminder.next_on)
        if reminder.next_on is None:
            break
    assert seen[:3] == [jalali(1405, 7, 30), jalali(1405, 8, 30), jalali(1405, 9, 30)]


def test_three_letters_without_a_gift_and_the_fourth_says_goodbye(reminder):
    for month in (8, 9, 10, 11, 12):
        worker_on(jalali(1405, month, 5))
    assert [outcome for _month, outcome in months(reminder)] == ["written"] * 3 + ["unanswered"]
    assert (reminder.state, reminder.why, reminder.email) == ("stopped", "unanswered", None)
    assert len(letters()) == 4
    assert letters("end")[0].to == SARA


def test_a_gift_that_arrived_is_an_answer_and_one_that_did_not_is_none(reminder):
    worker_on(jalali(1405, 8, 5))
    worker_on(jalali(1405, 9, 5))
    letter = links.month_of(links.of_month(reminder, 140509))
    assert letter is not None
    lost, found = pledged(reminder.campaign), pledged(reminder.campaign)
    actions.answered(letter.public_id, letter.month, lost.id)
    db.session.commit()
    worker_on(jalali(1405, 10, 5))
    actions.answered(letter.public_id, letter.month, found.id)
    found.received_at = now()
    db.session.commit()
    worker_on(jalali(1405, 11, 5))
    assert [outcome for _month, outcome in months(reminder)] == ["written"] * 4


def test_a_campaign_that_has_ended_says_thanks_and_names_another_of_the_same_topic(reminder):
    other = live_campaign(title="یک جهیزیهٔ دیگر")
    live_campaign("zakat", title="برای نیتی دیگر")
    reminder.campaign.state = "ended"
    db.session.commit()
    worker_on(jalali(1405, 8, 5))
    [letter] = letters()
    assert "یک جهیزیهٔ دیگر" in letter.body and f"/c/{other.slug}" in letter.body
    assert (reminder.state, reminder.why, reminder.email) == ("stopped", "campaign", None)


def test_the_last_day_of_a_campaign_ends_it_though_nobody_wrote_it_down(reminder):
    reminder.campaign.ends_on = jalali(1405, 8, 4)
    db.session.commit()
    worker_on(jalali(1405, 8, 5))
    assert reminder.why == "campaign"
    assert len(letters("end")) == 1


def test_while_a_campaign_rests_no_letter_comes_and_then_they_come_again(reminder):
    reminder.campaign.state = "paused"
    db.session.commit()
    worker_on(jalali(1405, 8, 5))
    assert letters() == []
    reminder.campaign.state = "live"
    db.session.commit()
    worker_on(jalali(1405, 8, 20))
    worker_on(jalali(1405, 9, 5))
    assert months(reminder) == [(140508, "skipped"), (140509, "written")]


def test_a_gift_that_never_arrived_begins_nothing(app):
    with on(BEGUN):
        reminder = asked(live_campaign(), received=False)
        worker.welcome(link)
    worker_on(jalali(1405, 8, 5))
    assert letters() == []
    assert (reminder.state, reminder.why, reminder.email) == ("stopped", "unpaid", None)


def test_a_welcome_comes_once_with_a_link_of_her_own(reminder):
    for _ in range(3):
        worker.welcome(link)
        db.session.commit()
    [letter] = letters()
    assert letter.dedupe_key.endswith(":welcome")
    token = letter.body.partition("/monthly/")[2].split()[0]
    assert links.owned(token) == reminder


def test_stopping_wins_over_the_letter_of_the_day(reminder):
    assert actions.stop(reminder)
    assert not actions.stop(reminder)
    db.session.commit()
    worker_on(jalali(1405, 8, 5))
    assert letters() == []
    assert reminder.email is None and reminder.next_on is None
    assert not actions.resume(reminder) and not actions.pause(reminder)


def test_a_letter_that_is_not_on_its_way_yet_is_taken_back_when_she_stops(reminder):
    worker_on(jalali(1405, 8, 5))
    assert len(letters()) == 1
    actions.stop(reminder)
    db.session.commit()
    assert letters() == []


def test_a_pause_keeps_the_letters_back_and_brings_patience_anew(reminder):
    for month in (8, 9, 10):
        worker_on(jalali(1405, month, 5))
    with on(jalali(1405, 10, 6)):
        assert actions.pause(reminder)
        db.session.commit()
    worker_on(jalali(1405, 11, 5))
    with on(jalali(1405, 11, 6)):
        assert actions.resume(reminder)
        db.session.commit()
    assert reminder.next_on == jalali(1405, 12, 5)
    worker_on(jalali(1405, 12, 5))
    assert months(reminder)[-1] == (140512, "written")


def test_another_day_in_a_month_that_had_its_letter_brings_no_second_one(reminder):
    worker_on(jalali(1405, 8, 5))
    with on(jalali(1405, 8, 6)):
        assert actions.change(reminder, 7_000_000, 20)
        db.session.commit()
    assert (reminder.rials, reminder.next_on) == (7_000_000, jalali(1405, 9, 20))


def test_a_form_sent_twice_at_once_makes_one_reminder(app):
    campaign = live_campaign()
    gift = pledged(campaign)
    gift_id, campaign_id = gift.id, campaign.id
    wish = actions.Asked(5_000_000, "sadaqah", "fa", SARA, 5)

    def send(_number: int) -> str:
        public_id, _new = actions.ask(gift_id, campaign_id, wish)
        db.session.commit()
        return public_id

    assert len(set(at_once(app, 4, send))) == 1
    assert len(db.session.scalars(select(Reminder)).all()) == 1


steps = st.lists(
    st.tuples(
        st.integers(0, 45), st.sampled_from(["look", "pause", "resume", "change", "give"]), st.integers(1, 31)
    ),
    max_size=25,
)


@settings(max_examples=25)
@given(st.dates(date(2026, 1, 1), date(2060, 1, 1)), st.integers(1, 31), steps)
def test_whatever_she_does_no_month_has_two_letters(app, begun, number, steps):
    """Days go by, the worker looks or not, she pauses, changes the day, gives."""
    db.session.execute(Letter.__table__.delete())
    with on(begun):
        reminder = asked(live_campaign(), day=number)
    day = begun
    for wait, step, other in steps:
        day += timedelta(days=wait)
        worker_on(day)
        with on(day):
            act(reminder, step, other)
    written = [
        letter for letter in letters() if letter.dedupe_key.startswith(f"reminder:{reminder.public_id}:1")
    ]
    keys = [letter.dedupe_key for letter in written]
    assert len(keys) == len(set(keys)) == len([one for one in months(reminder) if one[1] == "written"])
    assert all(int(key.rpartition(":")[2]) > month_of(begun) for key in keys)
    assert reminder.next_on is None or month_of(reminder.next_on) > reminder.covered


def act(reminder: Reminder, step: str, other: int) -> None:
    if step == "pause":
        actions.pause(reminder)
    elif step == "resume":
        actions.resume(reminder)
    elif step == "change":
        actions.change(reminder, 6_000_000, other)
    elif step == "give" and months(reminder):
        gift = pledged(reminder.campaign)
        db.session.get_one(Contribution, gift.id).received_at = now()
        actions.answered(reminder.public_id, months(reminder)[-1][0], gift.id)
    db.session.commit()
