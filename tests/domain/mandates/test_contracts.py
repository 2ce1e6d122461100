"""A contract is opened, signed and ended; its signature is never readable, and its end is final on our side."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.mandates import actions, contracts, signatures
from campaigns.domain.mandates.models import Mandate, MandateStep
from campaigns.domain.mandates.states import Why
from campaigns.domain.payments.models import PaymentEvent
from campaigns.web.letterlinks import link
from tests.domain.mandates.house import Debits, letters, states, steps
from tests.giving import live_campaign


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.mark.fault("M3")
def test_a_signature_is_kept_sealed_and_written_nowhere_else(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    signature = signatures.opened(mandate)
    assert signature and len(signature) == 200
    assert mandate.sealed is not None and signature not in mandate.sealed
    assert mandate.contract_ref is None
    debits.work()
    written = [row.payload for row in db.session.scalars(select(PaymentEvent))]
    written += [row.detail for row in db.session.scalars(select(MandateStep))]
    assert signature not in json.dumps(written) and "payman_" not in json.dumps(written)


def test_a_sealed_signature_of_another_mandate_opens_nothing(debits: Debits, campaign):
    one, two = debits.signed(campaign, "form-1"), debits.signed(campaign, "form-2")
    two.sealed = one.sealed
    db.session.commit()
    assert signatures.opened(two) is None


def test_a_lost_answer_and_a_closed_tab_are_found_by_the_worker(debits: Debits, campaign):
    mandate = debits.drawn_up(campaign)
    debits.press(mandate, "sign_and_close")
    debits.fault("drop_response_after_commit", operation="payman_verify")
    debits.work(minutes=3)
    assert mandate.state == "signing"
    debits.work(minutes=6)
    assert mandate.state == "active" and mandate.sealed
    assert letters()[0] == "signed"


def test_who_refuses_or_never_signs_is_not_charged_and_not_asked_for_ever(debits: Debits, campaign):
    refused, idle = debits.drawn_up(campaign, "form-1"), debits.drawn_up(campaign, "form-2")
    debits.press(refused, "refuse")
    debits.work(minutes=3)
    assert (refused.state, idle.state) == ("lapsed", "signing")
    debits.work(hours=25)
    assert (idle.state, idle.check_at) == ("lapsed", None)
    assert states(idle) == [] and letters() == []


def test_ending_it_is_final_at_once_and_the_gateway_hears_of_it_when_it_is_back(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.work()
    debits.fault("http_500", operation="cancelContract", calls=3)
    assert actions.stop(mandate, Why.DONOR, "donor")
    db.session.commit()
    contracts.see_to(mandate.id, debits.gateways, link)
    assert (mandate.state, mandate.ended_at_gateway) == ("stopped", None)
    assert debits.contract_states() == ["SIGNED"]
    for minutes in (2, 5, 11, 22, 43):
        debits.work(minutes=minutes)
    assert debits.contract_states() == ["CANCELLED"]
    assert mandate.ended_at_gateway is not None and mandate.sealed is None
    assert steps(mandate).count("not_ended") == 3 and steps(mandate)[-1] == "ended"


def test_a_cancellation_whose_answer_was_lost_is_not_asked_for_ever(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.fault("drop_response_after_commit", operation="cancelContract")
    actions.stop(mandate, Why.DONOR, "donor")
    db.session.commit()
    debits.work()
    debits.work(minutes=3)
    assert mandate.ended_at_gateway is not None
    assert debits.contract_states() == ["CANCELLED"]


def test_one_that_was_ended_before_it_was_known_to_be_signed_is_ended_at_the_gateway_too(
    debits: Debits, campaign
):
    mandate = debits.drawn_up(campaign)
    actions.stop(mandate, Why.DONOR, "donor")
    db.session.commit()
    debits.work()
    assert mandate.ended_at_gateway is None  # she may still sign
    debits.press(mandate)
    debits.work(minutes=10)
    assert debits.contract_states() == ["CANCELLED"]
    assert mandate.state == "stopped" and debits.money() == []


def test_pausing_keeps_the_contract_and_takes_nothing(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    assert actions.pause(mandate)
    db.session.commit()
    debits.work()
    with clock.at(now() + timedelta(days=40)):
        debits.work_now()
    assert debits.money() == [] and states(mandate) == []
    assert debits.contract_states() == ["SIGNED"]
    assert not actions.pause(mandate)


def test_an_amount_beyond_the_contract_is_refused_by_the_row_itself(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    assert actions.change(mandate, mandate.max_rials, 9)
    db.session.commit()
    with pytest.raises(Exception, match="within_contract"):
        actions.change(mandate, mandate.max_rials + 10, 9)
    db.session.rollback()


def test_the_same_form_draws_up_one_mandate(debits: Debits, campaign):
    first = debits.drawn_up(campaign, "form-1")
    wish = actions.Wish(rials=1_000_000, intent="sadaqah", language="fa")
    again = actions.draw_up(
        campaign.id, wish, actions.Terms("+989120000000", "x@example.org", 3), debits.gateway, 0, "form-1"
    )
    assert again.id == first.id and again.rials == first.rials
    assert len(db.session.scalars(select(Mandate)).all()) == 1
