"""Mina does not agree with a «no»: once, in her words, and somebody else than who decided answers."""

from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.states import State
from campaigns.domain.moderation.actions import Refused, decide, take_back
from campaigns.domain.moderation.appeals import WITHIN, appeal_of, make, may_appeal
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Reason, Verdict
from tests.cast import mina, parisa, person, reza
from tests.worlds import sent_campaign

WHY = (Reason.EVIDENCE, "سند؟")


@pytest.fixture
def refused(app):
    """Mina, Reza, who has sent her campaign back, Parisa, the campaign and his decision."""
    people = mina(), reza(), parisa()
    campaign = sent_campaign(people[0])
    made = decide(find("campaign", campaign.public_id), people[1], Verdict.RETURN, *WHY)
    db.session.commit()
    return *people, campaign, made


def appealed(mina_, campaign, made):
    appeal = make(made, find("campaign", campaign.public_id), mina_, "سند همراه است")
    db.session.commit()
    return find("appeal", appeal.public_id)


def test_an_appeal_is_made_once_by_the_author_in_time(refused):
    mina_, _reza, parisa_, campaign, made = refused
    item = find("campaign", campaign.public_id)
    assert may_appeal(made, item, mina_) and not may_appeal(made, item, parisa_)
    with clock.at(now() + WITHIN + timedelta(days=1)):
        assert not may_appeal(made, item, mina_)
    assert make(made, item, mina_, "سند همراه است") and make(made, item, mina_, "باز هم") is None
    assert not may_appeal(made, item, mina_) and appeal_of(made).words == "سند همراه است"
    approved = decide(find("appeal", appeal_of(made).public_id), parisa_, Verdict.REJECT, *WHY)
    assert not may_appeal(approved, find("appeal", appeal_of(made).public_id), mina_), (
        "there is one appeal only"
    )


def test_who_decided_does_not_answer(refused):
    mina_, reza_, _parisa, campaign, made = refused
    item = appealed(mina_, campaign, made)
    for verdict in (Verdict.APPROVE, Verdict.REJECT):
        with pytest.raises(Refused, match="own_appeal"), db.session.begin_nested():
            decide(item, reza_, verdict, *WHY)
    assert item.thing.state == "waiting" and campaign.state == State.NEEDS_WORK


def test_granted_it_waits_again_for_everybody_but_who_had_decided(refused):
    mina_, reza_, parisa_, campaign, made = refused
    item = appealed(mina_, campaign, made)
    answer = decide(item, parisa_, Verdict.APPROVE)
    assert campaign.state == State.SUBMITTED and item.thing.state == "granted"
    again = find("campaign", campaign.public_id)
    with pytest.raises(Refused, match="appealed"):
        decide(again, reza_, Verdict.RETURN, *WHY)
    take_back(item, answer, parisa_)
    assert campaign.state == State.NEEDS_WORK and item.thing.state == "waiting"
    decide(item, parisa_, Verdict.APPROVE)
    for moderator in (parisa_, person("Nima")):
        decide(again, moderator, Verdict.APPROVE)
    assert campaign.state == State.LIVE


def test_what_has_moved_on_is_not_looked_at_anew(refused):
    mina_, _reza, parisa_, campaign, made = refused
    item = appealed(mina_, campaign, made)
    take_back(find("campaign", campaign.public_id), made, _reza)
    with pytest.raises(Refused, match="moved"):
        decide(item, parisa_, Verdict.APPROVE)
