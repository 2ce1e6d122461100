"""Which gateway a gift goes through: Sara's choice, among those that answer, for the organization she gives to."""

import re

import pytest
from sqlalchemy import event

from campaigns.base import stamps
from campaigns.base.extensions import db
from campaigns.domain.ledger.queries import balance, received
from campaigns.domain.payments import health, terminals
from campaigns.domain.payments.errors import ConfigError, Unavailable
from campaigns.domain.payments.states import State
from sandbox.faults import Fault
from tests.cast import leila
from tests.giving import live_campaign
from tests.web.give.payer import Payer

DOWN, WRONG = Unavailable("ConnectTimeout"), ConfigError("Terminal is not active", code="-11")
TERMINAL = {"zarinpal_merchant_id": "22222222-2222-4222-8222-222222222222"}


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def sara(app, campaign, three_gateways):
    return Payer(app, campaign, three_gateways.url)


def choices(page) -> list[tuple[str, bool]]:
    """The gateways a page offers, and which of them is chosen."""
    found = re.findall(
        r'<input type="radio" id="gateway-\d" name="gateway" value="(\w+)"( checked)?>', page.text
    )
    return [(name, bool(checked)) for name, checked in found]


def fails(name: str, *errors, account_id: int = 0) -> None:
    for error in errors:
        health.failed(name, account_id, error)
    db.session.commit()


def has_own_terminal(app, campaign, values=None, gateway="zarinpal") -> int:
    account = terminals.put(
        campaign.organization_id, gateway, "sandbox", TERMINAL if values is None else values, leila().id
    )
    db.session.commit()
    return account.id


class TestTheForm:
    def test_it_offers_all_in_order_with_the_first_chosen(self, sara):
        page = sara.details()
        assert choices(page) == [("zarinpal", True), ("zibal", False), ("sep", False)]
        assert "Pay through" in page.text

    def test_who_has_no_choice_is_not_asked(self, app, sara):
        app.extensions["gateways"] = {"zibal": app.extensions["gateways"]["zibal"]}
        assert "Pay through" not in sara.details().text
        sara.send()
        assert sara.attempt().gateway == "zibal"

    def test_it_goes_through_the_one_she_chose_or_the_first(self, sara):
        sara.send(gateway="zibal")
        assert sara.attempt().gateway == "zibal"
        sara.send("key-2")
        assert sara.attempt().gateway == "zarinpal"

    def test_an_amount_that_one_does_not_take_is_not_offered_there(self, sara):
        sara.tomans = 100_000_001
        assert "The gateway takes at most" in sara.details().text

    @pytest.mark.parametrize("junk", ["payir", "../zibal", "۱", "x" * 10_000])
    def test_one_that_is_not_offered_is_not_used_and_nothing_is_typed_twice(self, sara, junk):
        answer = sara.send(gateway=junk, dedication="به یاد مادربزرگ")
        assert answer.status_code == 422
        assert choices(answer) == [("zarinpal", True), ("zibal", False), ("sep", False)]
        assert "به یاد مادربزرگ" in answer.text
        assert "does not answer just now" in answer.text


class TestHealth:
    def test_a_gateway_with_a_wrong_configuration_is_not_offered(self, sara):
        fails("zarinpal", WRONG)
        assert choices(sara.details()) == [("zibal", True), ("sep", False)]

    def test_three_silences_take_it_out_and_two_do_not(self, sara):
        fails("zarinpal", DOWN, DOWN)
        assert len(choices(sara.details())) == 3
        fails("zarinpal", DOWN)
        assert len(choices(sara.details())) == 2

    def test_when_none_answers_all_are_offered(self, sara):
        for name in ("zarinpal", "zibal", "sep"):
            fails(name, WRONG)
        assert len(choices(sara.details())) == 3

    def test_a_choice_that_has_gone_meanwhile_is_said_and_replaced(self, sara):
        sara.details()
        fails("zarinpal", WRONG)
        answer = sara.send(gateway="zarinpal")
        assert answer.status_code == 422
        assert choices(answer) == [("zibal", True), ("sep", False)]

    def test_the_donor_whose_start_failed_goes_on_with_the_next(self, sara, campaign, three_gateways):
        three_gateways.bank.faults.add(Fault("terminal_off"))
        sara.send(gateway="zarinpal", dedication="به یاد مادربزرگ")
        page = sara.hop()
        assert page.status_code == 503
        assert choices(page) == [("zibal", True), ("sep", False)]
        sara.again(gateway="zibal")
        assert sara.arrive().status_code == 200
        sara.come_back(sara.press())
        attempt = sara.attempt()
        assert (attempt.state, attempt.gateway) == (State.PAID, "zibal")
        assert attempt.contribution.dedication == "به یاد مادربزرگ"
        assert received(campaign.id) == 500_000

    def test_one_silence_keeps_it_in_the_list_with_the_next_chosen(self, sara, three_gateways):
        three_gateways.bank.faults.add(Fault("http_500", operation="request"))
        sara.send(gateway="zarinpal")
        assert choices(sara.hop()) == [("zarinpal", False), ("zibal", True), ("sep", False)]

    def test_the_last_one_is_followed_by_the_first(self, sara, three_gateways):
        three_gateways.bank.faults.add(Fault("http_500", operation="request"))
        sara.send(gateway="sep")
        assert choices(sara.hop()) == [("zarinpal", True), ("zibal", False), ("sep", False)]

    def test_a_single_gateway_that_failed_is_tried_again(self, app, sara, three_gateways):
        app.extensions["gateways"] = {"zarinpal": app.extensions["gateways"]["zarinpal"]}
        three_gateways.bank.faults.add(Fault("http_500", operation="request"))
        sara.send()
        page = sara.hop()
        assert choices(page) == []
        assert sara.again(gateway="zarinpal").status_code == 200
        assert sara.hop().status_code == 200

    def test_a_session_that_opens_makes_it_well_again(self, sara):
        fails("zarinpal", DOWN, DOWN)
        sara.send(gateway="zarinpal")
        pulse = health.pulses()["zarinpal", 0]
        assert (pulse.failures, pulse.out_until) == (0, None)
        assert pulse.worked_at is not None

    def test_a_success_is_not_written_down_for_every_gift(self, sara):
        sara.send("key-1", gateway="zibal")
        first = health.pulses()["zibal", 0].worked_at
        db.session.commit()
        sara.send("key-2", gateway="zibal")
        assert health.pulses()["zibal", 0].worked_at == first


class TestTerminals:
    def test_a_gift_goes_through_the_terminal_of_its_organization(self, app, sara, campaign, three_gateways):
        account_id = has_own_terminal(app, campaign)
        sara.send(gateway="zarinpal")
        attempt = sara.attempt()
        assert attempt.account_id == account_id
        with three_gateways.bank.store.transaction() as book:
            merchant = book.execute("SELECT merchant_id FROM session").fetchone()["merchant_id"]
        assert merchant == TERMINAL["zarinpal_merchant_id"]
        sara.come_back(sara.press())
        assert sara.attempt().state == State.PAID
        assert received(campaign.id) == 500_000
        assert balance(f"asset:clearing:zarinpal:{account_id}") > 0
        assert balance("asset:clearing:zarinpal") == 0

    def test_the_houses_own_comes_before_the_settings_and_after_the_organizations(self, app, sara, campaign):
        house = terminals.put(None, "zibal", "sandbox", {"zibal_merchant": "house"}, leila().id)
        db.session.commit()
        sara.send(gateway="zibal")
        assert sara.attempt().account_id == house.id
        sara.send("key-2", gateway="zarinpal")
        assert sara.attempt().account_id is None

    def test_a_payment_on_its_way_is_settled_by_the_terminal_it_was_begun_with(self, app, sara, campaign):
        before = has_own_terminal(app, campaign)
        sara.send(gateway="zarinpal")
        pressed = sara.press("pay_and_close")
        assert "Location" not in pressed.headers
        other = {"zarinpal_merchant_id": "33333333-3333-4333-8333-333333333333"}
        actor = sara.attempt().contribution.campaign.author_id
        terminals.put(campaign.organization_id, "zarinpal", "sandbox", other, actor)
        db.session.commit()
        sara.later(minutes=1)
        attempt = sara.attempt()
        assert (attempt.state, attempt.account_id) == (State.PAID, before)

    def test_one_that_cannot_be_read_is_not_replaced_by_another(self, app, sara, campaign):
        account_id = has_own_terminal(app, campaign)
        row = db.session.get_one(terminals.GatewayAccount, account_id)
        row.sealed = "broken"
        stamps.bump(terminals.STAMP)
        db.session.commit()
        assert choices(sara.details()) == [("zibal", True), ("sep", False)]

    def test_one_of_the_other_environment_is_none_of_ours(self, app, sara, campaign):
        terminals.put(campaign.organization_id, "zarinpal", "live", TERMINAL, leila().id)
        db.session.commit()
        sara.send(gateway="zarinpal")
        assert sara.attempt().account_id is None

    def test_each_terminal_is_out_for_itself(self, app, sara, campaign):
        account_id = has_own_terminal(app, campaign)
        fails("zarinpal", WRONG)
        assert len(choices(sara.details())) == 3
        fails("zarinpal", WRONG, account_id=account_id)
        assert len(choices(sara.details())) == 2

    def test_without_any_way_to_pay_the_page_says_so(self, app, sara):
        app.extensions["gateways"] = {}
        page = sara.details()
        assert page.status_code == 502
        assert "choose another way to pay" in page.text


def test_what_is_kept_is_read_once_for_many_visitors(app, sara, campaign):
    """The details page asks the database for nothing about gateways once it knows."""
    sara.details()
    seen = []

    def watch(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        sara.details()
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert not [statement for statement in seen if "gateway_" in statement]
