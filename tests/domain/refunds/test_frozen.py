"""The watch over the money knows of refunds, and while something does not add up none of them is paid."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.ledger import breaches
from campaigns.domain.refunds.actions import approve, fail, finish, send
from campaigns.domain.refunds.decisions import agree, propose
from campaigns.domain.refunds.errors import Refused
from campaigns.domain.refunds.queries import standing_proposal
from tests.domain.invariants.breaking import broken
from tests.domain.refunds.money import agreed, asked, bar, farid, negar, of_another_sum, owed, whole
from tests.giving import GIFT, live_campaign


def test_while_a_breach_is_open_nobody_approves_or_sends_a_refund(app):
    campaign, one, other = live_campaign(), farid(), negar()
    approved, waiting = agreed(whole(app, campaign), one, other), asked(whole(app, campaign), one)
    breaches.keep([breaches.Found("I5", "an invented breach")], ["I5"])
    db.session.commit()
    with pytest.raises(Refused) as refusal:
        approve(waiting, other)
    assert refusal.value.why == "frozen"
    with pytest.raises(Refused) as refusal:
        send(approved, one, "PANEL-7")
    assert refusal.value.why == "frozen"
    assert (waiting.state, approved.state, owed()) == ("requested", "approved", GIFT)
    (breach,) = breaches.breaches()
    assert [breaches.clear(breach, person.id, "looked at") for person in (one, other)] == [False, True]
    send(approved, one, "PANEL-7")
    approve(waiting, other)


def test_what_two_people_allocate_and_give_back_still_adds_up(app):
    campaign, one, other = live_campaign(), farid(), negar()
    item = of_another_sum(app, campaign)
    propose(item, one, "allocate", "seen on the statement", campaign)
    agree(item, other, standing_proposal(item).public_id)
    sent, failed = (agreed(whole(app, campaign), one, other) for _ in "12")
    send(sent, one, "PANEL-7")
    finish(sent, other, "on the statement")
    fail(failed, one, "the card is closed")
    db.session.commit()
    assert bar(campaign) == (4_000_000 + GIFT, 2)
    assert not broken()
