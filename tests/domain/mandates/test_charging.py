"""Once a month, once at the bank, once in the book: whatever is lost, repeated, raced or killed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.months import after, day_in, month_of
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.mandates import actions
from campaigns.domain.mandates.charges import take_due
from campaigns.domain.mandates.due import begin_due
from campaigns.domain.mandates.states import RETRIES, Why
from campaigns.domain.matching import pools
from campaigns.domain.matching.worker import match
from campaigns.domain.payments.queries import paid_attempts
from campaigns.domain.payments.settlement import settle
from campaigns.domain.refunds import actions as refunds
from campaigns.domain.refunds.reasons import Reason
from campaigns.web.letterlinks import link
from tests.cast import person
from tests.domain.mandates.house import (
    RIALS,
    Debits,
    attempts,
    book_of,
    charges,
    letters,
    states,
    steps,
    today,
)
from tests.giving import live_campaign
from tests.support.crowds import at_once
from tests.support.paying import heard


@pytest.fixture
def campaign(app):
    return live_campaign()


def test_the_first_gift_is_taken_on_the_day_of_signing_and_stands_in_the_book(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.work()
    assert states(mandate) == ["paid"]
    assert debits.money() == [RIALS]
    assert book_of(campaign) == RIALS
    assert letters() == ["signed", str(month_of(today()))]
    [attempt] = attempts()
    assert heard(attempt.id) == ["start started", "checkout done", "checkout claimed", "verify already"]
    assert steps(mandate) == ["drawn_up", "opened", "signed", "month_begun", "month_paid"]


def test_a_year_of_months_takes_one_gift_each(debits: Debits, campaign):
    mandate = debits.signed(campaign, day=31)
    debits.work()
    month = month_of(today())
    for _ in range(5):
        month = after(month)
        day = day_in(month, 31)
        for more in (-1, 0, 0, 1):
            debits.work_on(day + timedelta(days=more))
    assert states(mandate) == ["paid"] * 6
    assert debits.money() == [RIALS] * 6
    assert book_of(campaign) == RIALS * 6
    assert len({charge.month for charge in charges(mandate)}) == 6


@pytest.mark.fault("M1")
def test_several_workers_at_once_take_one_gift(app, debits: Debits, campaign):
    mandate = debits.signed(campaign)

    def work(_number: int) -> None:
        for _ in range(3):
            begin_due(debits.gateways, link)
            take_due(debits.gateways, link)

    at_once(app, 4, work)
    debits.work(minutes=5)
    assert states(mandate) == ["paid"]
    assert debits.money() == [RIALS]
    assert book_of(campaign) == RIALS
    assert db.session.scalar(select(func.count()).select_from(Contribution)) == 1
    assert db.session.scalar(select(func.count()).select_from(LedgerTxn)) == 1


def test_an_answer_that_was_lost_is_asked_about_and_nothing_is_taken_again(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.fault("drop_response_after_commit", operation="checkout")
    debits.work()
    assert (states(mandate), debits.money()) == (["open"], [RIALS])
    debits.work(minutes=2)
    assert states(mandate) == ["paid"]
    assert debits.money() == [RIALS] and book_of(campaign) == RIALS
    assert heard(attempts()[0].id).count("checkout unknown") == 1
    assert "checkout done" not in heard(attempts()[0].id)


@pytest.mark.parametrize("kind", ["http_500", "rate_limit", "html_body", "truncated_json", "bad_types"])
def test_whatever_the_gateway_says_instead_of_an_answer_one_gift_is_taken(debits: Debits, campaign, kind):
    mandate = debits.signed(campaign)
    debits.fault(kind, operation="checkout", calls=2)
    for minutes in (0, 2, 6, 12, 20):
        debits.work(minutes=minutes)
    assert states(mandate) == ["paid"]
    assert debits.money() == [RIALS]
    assert book_of(campaign) == RIALS
    assert len(attempts()) == 1


def test_while_the_outcome_is_not_known_nothing_is_sent_again(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.fault("drop_response_after_commit", operation="checkout")
    debits.fault("http_500", operation="inquiry", calls=50)
    debits.fault("http_500", operation="verify", calls=50)
    for minutes in (0, 2, 5, 10, 30, 60):
        debits.work(minutes=minutes)
    assert states(mandate) == ["open"]
    assert [word for word in heard(attempts()[0].id) if word.startswith("checkout ")].count(
        "checkout unknown"
    ) == 1
    debits.work_on(day_in(after(month_of(today())), 5))  # not even a month later
    assert len(attempts()) == 1
    debits.bank.faults.clear()
    debits.work(days=33)
    assert states(mandate)[0] == "paid"
    assert debits.money()[0] == RIALS


def test_no_funds_is_tried_again_on_later_days_and_taken_once_there_are(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    start = day_in(after(month_of(today())), 5)
    debits.work()
    debits.fault("no_funds", calls=2)
    for days in range(6):
        debits.work_on(start + timedelta(days=days))
    assert states(mandate) == ["paid", "paid"]
    assert debits.money() == [RIALS, RIALS]
    assert charges(mandate)[0].refusals == 2
    assert "not" not in " ".join(letters())


def test_no_funds_for_good_is_told_once_and_next_month_is_another_month(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.work()
    start = day_in(after(month_of(today())), 5)
    debits.fault("no_funds", calls=RETRIES + 1)
    for days in range(20):
        debits.work_on(start + timedelta(days=days))
    assert states(mandate) == ["paid", "failed"]
    assert debits.money() == [RIALS]
    assert letters()[-1] == f"{month_of(start)}:not"
    assert mandate.state == "active"
    debits.work_on(day_in(after(month_of(start)), 5))
    assert states(mandate) == ["paid", "failed", "paid"]


def test_a_contract_revoked_at_the_bank_stops_the_mandate_with_a_letter(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.fault("revoked")
    debits.work()
    assert states(mandate) == ["failed"]
    assert (mandate.state, mandate.why) == ("stopped", Why.REFUSED.value)
    assert letters() == ["signed", "stopped"]
    debits.work(minutes=5)
    assert mandate.ended_at_gateway is not None and mandate.sealed is None
    assert debits.money() == []


def test_a_campaign_that_has_ended_ends_the_mandate_and_names_another(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.work()
    campaign.state = "ended"
    db.session.commit()
    debits.work_on(day_in(after(month_of(today())), 5))
    assert (mandate.state, mandate.why) == ("stopped", "campaign")
    assert states(mandate) == ["paid"] and letters()[-1] == "stopped"
    debits.work_on(day_in(after(month_of(today())), 6))
    assert debits.contract_states() == ["CANCELLED"]


def test_a_campaign_that_rests_pauses_the_mandate_with_a_letter(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.work()
    campaign.state = "paused"
    db.session.commit()
    debits.work_on(day_in(after(month_of(today())), 5))
    assert (mandate.state, mandate.why) == ("paused", "rests")
    assert letters()[-1].startswith("rests:")
    assert debits.money() == [RIALS]
    assert actions.resume(mandate)
    db.session.commit()
    assert mandate.next_on > day_in(month_of(today()), 31)


@pytest.mark.fault("M2")
def test_stopping_during_a_running_charge_takes_nothing_after_it_and_loses_nothing(debits: Debits, campaign):
    """Sara ends it while the bank is taking the money: that gift is hers and in the book, and it is the last."""
    mandate = debits.signed(campaign)
    debits.fault("drop_response_after_commit", operation="checkout")
    debits.work()
    assert states(mandate) == ["open"]
    assert actions.stop(mandate, Why.DONOR, "donor")
    db.session.commit()
    debits.work(minutes=3)
    assert states(mandate) == ["paid"] and book_of(campaign) == RIALS
    assert debits.contract_states() == ["CANCELLED"]
    debits.work(days=40)
    assert debits.money() == [RIALS]


def test_stopping_before_the_checkout_takes_nothing(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    begin_due(debits.gateways, link)
    take_due(debits.gateways, link)
    assert attempts()[0].gateway_ref
    actions.stop(mandate, Why.DONOR, "donor")
    db.session.commit()
    debits.work(minutes=5)
    assert states(mandate) == ["dropped"]
    assert debits.money() == [] and book_of(campaign) == 0


def test_stopping_and_charging_at_the_same_moment_never_charges_afterwards(app, debits: Debits, campaign):
    mandate = debits.signed(campaign)
    mandate_id = mandate.id

    def act(number: int) -> None:
        if number:
            for _ in range(3):
                begin_due(debits.gateways, link)
                take_due(debits.gateways, link)
        else:
            row = db.session.get_one(type(mandate), mandate_id)
            while not actions.stop(row, Why.DONOR, "donor"):
                db.session.rollback()
            db.session.commit()

    at_once(app, 3, act)
    for minutes in (3, 6, 12):
        debits.work(minutes=minutes)
    money = debits.money()
    assert money in ([], [RIALS])
    assert book_of(campaign) == sum(money)
    debits.work(days=40)
    assert debits.money() == money
    assert states(mandate) in (["paid"], ["dropped"], [])


def test_a_sweep_that_finds_the_money_first_is_as_good(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.fault("drop_response_after_commit", operation="checkout")
    begin_due(debits.gateways, link)
    for _ in range(2):
        take_due(debits.gateways, link)
    assert settle(attempts()[0].id, debits.gateway, "sweeper") == "paid"
    debits.work(minutes=5)
    assert states(mandate) == ["paid"] and debits.money() == [RIALS]
    assert book_of(campaign) == RIALS


def test_a_gateway_that_opens_no_session_is_asked_again(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.fault("http_500", operation="request", calls=2)
    for minutes in (0, 2, 5, 10):
        debits.work(minutes=minutes)
    assert states(mandate) == ["paid"]
    assert debits.money() == [RIALS]
    assert [attempt.state for attempt in attempts()] == ["request_failed", "request_failed", "paid"]


def test_a_contract_that_is_over_its_year_ends_with_a_letter(debits: Debits, campaign):
    mandate = debits.signed(campaign)
    debits.work()
    with clock.at(now() + timedelta(days=366)):
        begin_due(debits.gateways, link)
    assert (mandate.state, mandate.why) == ("stopped", "expired")
    assert debits.money() == [RIALS]


def test_a_sponsor_doubles_it_and_it_can_go_back_as_any_gift(debits: Debits, campaign):
    farid, negar = person("Farid", Role.FINANCE), person("Negar", Role.FINANCE)
    offer = pools.Offer("فولاد کویر", None, RIALS * 9, 1, today(), today() + timedelta(days=9))
    pools.open_pool(pools.propose(offer, farid), negar, "IR062960000000100324200001", "B-1")
    db.session.commit()
    mandate = debits.signed(campaign)
    debits.work()
    assert book_of(campaign) == RIALS
    match()
    assert book_of(campaign) == RIALS * 2
    [attempt] = paid_attempts(charges(mandate)[0].gift_id)
    refunds.approve(refund := refunds.request(attempt, farid, RIALS, Reason.DONOR, "-"), negar)
    db.session.commit()
    assert refund.state == "approved"
