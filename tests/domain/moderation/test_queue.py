"""The queue: due in working hours, held by one person at a time, decided once."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import TEHRAN
from campaigns.domain.accounts.access import Scope
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import Move
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.moderation.actions import Refused, decide
from campaigns.domain.moderation.arrivals import gather
from campaigns.domain.moderation.holds import HELD_FOR, claim, claim_first, held, let_go
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.queue import Wanted, page_of, tally
from campaigns.domain.moderation.verdicts import Reason, Verdict
from campaigns.domain.moderation.versions import version_of
from tests.cast import mina, parisa, person, reza
from tests.support.crowds import at_once
from tests.worlds import change, gift, live_campaign, sent_campaign

EVERYWHERE = Scope(everywhere=True, province_codes=frozenset(), campaign_ids=frozenset(), own=False)
SATURDAY_NINE = datetime(2026, 11, 28, 9, tzinfo=TEHRAN)


@pytest.fixture
def cast(app):
    return mina(), reza(), parisa()


def entries(user, **wanted):
    return page_of(EVERYWHERE, user, Wanted(**wanted))[0]


def news(campaign, author, number):
    """So many pieces of news that wait."""
    for place in range(number):
        db.session.add(
            CampaignUpdate(
                campaign=campaign, author=author, title=f"خبر {place}", body="در بم", language="fa"
            )
        )
    db.session.commit()


def test_each_class_is_due_in_its_working_hours(cast):
    mina_, reza_, parisa_ = cast
    with clock.at(SATURDAY_NINE):
        calm = live_campaign(mina_, reza_, parisa_)
        crisis = live_campaign(mina_, reza_, parisa_, slug="flood-relief")
        crisis.topic = "crisis"
        change(calm, Part.STORY, mina_, story={"fa": "سی", "en": ""})
        change(crisis, Part.STORY, mina_, story={"fa": "سی", "en": ""})
        sent_campaign(mina_, "third-one")
        gift(calm, message="خدا قوت")
        found = [(row.kind, row.service, row.due_at) for row in entries(reza_)]
    hours = {
        "crisis": 2,
        "edit": 24,
        "campaign": 72,
        "message": 72,
    }  # a working day ends where the next begins
    assert [(kind, service) for kind, service, _due in found] == [
        *(("edit", "crisis"), ("edit", "edit")),
        *(("campaign", "campaign"), ("message", "message")),
    ]
    assert [due for _kind, _service, due in found] == [
        SATURDAY_NINE + timedelta(hours=hours[service]) for _kind, service, _due in found
    ]
    with clock.at(SATURDAY_NINE + timedelta(hours=3)):
        counted = tally(EVERYWHERE)
        assert (counted.waiting, counted.overdue, counted.today) == (4, 1, 0)
        assert [row.service for row in entries(reza_, overdue=True)] == ["crisis"]


def test_what_is_withdrawn_replaced_or_decided_leaves_and_the_worker_finds_what_was_written_past_the_session(
    cast,
):
    mina_, reza_, parisa_ = cast
    live = live_campaign(mina_, reza_, parisa_)
    sent = sent_campaign(mina_, "second-one")
    change(live, Part.STORY, mina_, story={"fa": "سی", "en": ""})
    newer = change(live, Part.STORY, mina_, story={"fa": "بیست", "en": ""})
    given = gift(live, message="خدا قوت")
    assert {row.public_id for row in entries(reza_)} == {sent.public_id, newer.public_id, given.public_id}
    actions.move(sent, Move.WITHDRAW, mina_)
    decide(find("edit", newer.public_id), reza_, Verdict.APPROVE)
    db.session.flush()
    assert [row.public_id for row in entries(reza_)] == [given.public_id]
    shown = Contribution.__table__.update().values(message_state="shown")
    db.session.execute(shown)
    assert gather() == 1 and not entries(reza_)
    db.session.execute(Contribution.__table__.update().values(message_state="waiting"))
    assert gather() == 1 and gather() == 0
    assert [row.public_id for row in entries(reza_)] == [given.public_id]


def test_one_person_holds_a_thing_for_a_quarter_of_an_hour(cast):
    mina_, reza_, parisa_ = cast
    sent = sent_campaign(mina_)
    item = find("campaign", sent.public_id)
    assert claim("campaign", sent.public_id, reza_) and not claim("campaign", sent.public_id, parisa_)
    assert held(item).user.id == reza_.id and [row.kind for row in entries(reza_, mine=True)] == ["campaign"]
    with pytest.raises(Refused, match="held"):
        decide(item, parisa_, Verdict.APPROVE)
    with clock.at(now() + HELD_FOR + timedelta(seconds=1)):
        assert held(item) is None and claim("campaign", sent.public_id, parisa_)
        let_go("campaign", sent.public_id, parisa_)
        assert held(item) is None
    claim("campaign", sent.public_id, reza_)
    decide(item, reza_, Verdict.APPROVE)
    assert held(item) is None, "the first of two has decided: it is free for the second"
    assert claim_first(reza_) is None and claim_first(parisa_) == ("campaign", sent.public_id)


def test_a_decision_on_what_one_has_not_read_is_not_taken(cast):
    mina_, reza_, parisa_ = cast
    live = live_campaign(mina_, reza_, parisa_)
    change(live, Part.STORY, mina_, story={"fa": "سی", "en": ""})
    item = find(*(entries(reza_)[0].kind, entries(reza_)[0].public_id))
    seen = version_of(item)
    actions.apply_edit(item.thing)  # somebody agreed, took it back, and the page says something else now
    item.thing.state = "waiting"
    db.session.flush()
    with pytest.raises(Refused, match="changed"):
        decide(item, reza_, Verdict.APPROVE, seen=seen)
    decide(item, reza_, Verdict.REJECT, Reason.NUMBERS, "منبع؟", seen=version_of(item))


def test_a_goal_moved_by_more_than_a_fifth_needs_two_people(cast):
    mina_, reza_, parisa_ = cast
    live = live_campaign(mina_, reza_, parisa_)
    small = change(live, Part.GOAL, mina_, unit_count=48)
    decide(find("edit", small.public_id), reza_, Verdict.APPROVE)
    assert live.unit_count == 48
    for count in (58, 38):  # each more than a fifth from 48
        large = change(live, Part.GOAL, mina_, unit_count=count)
        assert entries(reza_)[0].hints == ["goal"]
        decide(find("edit", large.public_id), reza_, Verdict.APPROVE)
        assert live.unit_count != count
        with pytest.raises(Refused, match="twice"):
            decide(find("edit", large.public_id), reza_, Verdict.APPROVE)
        decide(find("edit", large.public_id), parisa_, Verdict.APPROVE)
        assert live.unit_count == count
        live.unit_count = 48
        db.session.commit()


def test_steps_of_less_than_a_fifth_add_up_until_two_people_have_agreed(cast):
    mina_, reza_, parisa_ = cast
    live = live_campaign(mina_, reza_, parisa_)

    def approved(count, *people):
        edit = change(live, Part.GOAL, mina_, unit_count=count)
        for one in people:
            assert live.unit_count != count
            decide(find("edit", edit.public_id), one, Verdict.APPROVE)
        db.session.commit()
        return live.unit_count == count

    assert approved(47, reza_)  # of the forty at first
    assert not approved(54, reza_), "a small step more, and more than a third in all"
    assert approved(54, reza_, parisa_)
    assert approved(62, reza_), "from here on the fifty-four count"
    assert not approved(70, parisa_)
    assert approved(51, parisa_)
    assert approved(43, parisa_, reza_), "down as well as up"


def test_fifty_moderators_at_one_queue_decide_each_thing_once(app, cast):
    mina_, reza_, parisa_ = cast
    news(live_campaign(mina_, reza_, parisa_), mina_, 60)
    crowd = [person(f"moderator{number}", Role.MODERATOR).id for number in range(50)]

    def work(number):
        decided = 0
        while True:
            user = db.session.get_one(User, crowd[number])
            found = claim_first(user)
            db.session.commit()
            if found is None:
                return decided
            decide(find(*found), user, Verdict.APPROVE)
            db.session.commit()
            decided += 1

    assert sum(at_once(app, 50, work)) == 60
    rows = db.session.scalars(select(Decision).where(Decision.subject_kind == "update")).all()
    assert len(rows) == 60 and set(Counter(row.subject_id for row in rows).values()) == {1}
    assert not entries(reza_)


def test_fifty_at_the_same_thing_and_one_decides(app, cast):
    mina_, reza_, parisa_ = cast
    news(live_campaign(mina_, reza_, parisa_), mina_, 1)
    crowd = [person(f"moderator{number}", Role.MODERATOR).id for number in range(50)]
    wanted = entries(reza_)[0].public_id

    def press(number):
        user = db.session.get_one(User, crowd[number])
        try:
            decide(find("update", wanted), user, Verdict.APPROVE)
            db.session.commit()
        except Refused as refusal:
            db.session.rollback()
            return refusal.why
        return "done"

    assert Counter(at_once(app, 50, press)) == {"done": 1, "decided": 49}
