from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts
from campaigns.domain.ledger.models import LedgerTxn
from campaigns.domain.ledger.queries import balance, gifts, received
from campaigns.domain.payments.claims import Claimed, claim
from campaigns.domain.payments.contract import Outcome, VerifyResult
from campaigns.domain.payments.models import PaymentAttempt, PaymentEvent
from campaigns.domain.payments.settlement import book, note_cancelled, settle, settle_back
from campaigns.domain.payments.states import State
from campaigns.gateways.zarinpal import ZarinPal
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import MERCHANT, heard, items, later, look

CLEARING, FEE = accounts.clearing("zarinpal"), accounts.fee("zarinpal")
BANK_FEE = GIFT // 200  # the practice bank keeps half a percent


@pytest.fixture
def campaign(paying):
    return live_campaign()


@pytest.fixture
def gift(campaign):
    return pledged(campaign)


@pytest.fixture
def attempt_id(gift, paying):
    return paying.attempt(gift)


def posted() -> int:
    return db.session.scalar(select(func.count(LedgerTxn.id))) or 0


def claimed(attempt_id: int) -> Claimed:
    found = claim(attempt_id, "test", {})
    db.session.commit()
    assert found is not None
    return found


class TestPaid:
    def test_a_payment_is_booked_once_with_its_fee(self, paying, campaign, gift, attempt_id):
        paying.press(attempt_id)
        assert settle(attempt_id, paying.gateway, "callback") is State.PAID
        assert (received(campaign.id), gifts(campaign.id)) == (GIFT, 1)
        assert (balance(CLEARING), balance(FEE)) == (GIFT - BANK_FEE, BANK_FEE)
        row = look(attempt_id)
        assert (row.captured_rials, row.lease_until, row.next_check_at) == (GIFT, None, None)
        assert row.receipt_ref and row.card_mask == "999900******0017" and row.paid_at
        assert db.session.get_one(Contribution, gift.id).received_at is not None

    def test_what_a_bank_says_at_length_is_cut_to_what_is_kept(self, attempt_id):
        answer = VerifyResult(
            Outcome.PAID, rials=GIFT, receipt_ref="9", bank_ref="b" * 99, card_mask="6" * 99
        )
        assert book(claimed(attempt_id), answer) is State.PAID
        row = look(attempt_id)
        assert (row.bank_ref, row.card_mask) == ("b" * 40, "6" * 24)

    @pytest.mark.fault("F1")
    def test_asking_again_changes_nothing(self, paying, attempt_id):
        paying.press(attempt_id)
        answers = [settle(attempt_id, paying.gateway, "callback") for _ in range(3)]
        assert answers == [State.PAID] * 3
        assert posted() == 1
        assert heard(attempt_id) == [
            "start started", "callback claimed", "verify paid", "callback repeated", "callback repeated",
        ]  # fmt: skip

    @pytest.mark.fault("F21")
    def test_a_verify_whose_answer_was_lost_is_booked_by_the_next_one(self, paying, attempt_id):
        paying.press(attempt_id)
        paying.fault("drop_response_after_commit", operation="verify")
        assert settle(attempt_id, paying.gateway, "callback") is State.VERIFYING
        assert posted() == 0
        assert settle(attempt_id, paying.gateway, "callback") is State.PAID
        assert (posted(), paying.verified_rials()) == (1, GIFT)

    @pytest.mark.fault("F22", "F23", "F24", "F25")
    @pytest.mark.parametrize("fault", ["http_500", "rate_limit", "html_body", "truncated_json", "bad_types"])
    def test_no_answer_is_never_a_no(self, paying, attempt_id, fault):
        paying.press(attempt_id)
        paying.fault(fault, value=200, operation="verify")
        assert settle(attempt_id, paying.gateway, "callback") is State.VERIFYING
        row = look(attempt_id)
        assert row.lease_until is None and row.next_check_at > now()
        assert settle(attempt_id, paying.gateway, "callback") is State.PAID

    @pytest.mark.fault("F25")
    def test_a_gateway_that_asks_for_patience_gets_it(self, paying, attempt_id):
        paying.fault("rate_limit", value=600, operation="verify")
        settle(attempt_id, paying.gateway, "callback")
        assert look(attempt_id).next_check_at > now() + timedelta(minutes=9)

    @pytest.mark.fault("F32")
    def test_a_gateway_that_answers_paid_twice_is_booked_once(self, paying, attempt_id):
        """One bank did exactly this; its merchants credited twice."""
        paying.press(attempt_id)
        paying.fault("verify_flip", calls=5)
        for _ in range(3):
            settle(attempt_id, paying.gateway, "callback")
        assert posted() == 1

    def test_money_the_bank_confirmed_by_itself_is_ours(self, paying, campaign, attempt_id):
        paying.fault("auto_verify")
        paying.press(attempt_id)
        assert settle(attempt_id, paying.gateway, "callback") is State.PAID
        assert received(campaign.id) == GIFT


class TestNotPaid:
    def test_a_forged_callback_moves_no_money(self, paying, attempt_id):
        assert settle(attempt_id, paying.gateway, "callback") is State.VERIFYING
        assert posted() == 0

    def test_a_donor_who_pays_after_a_forged_callback_has_paid(self, paying, attempt_id):
        settle(attempt_id, paying.gateway, "callback")
        paying.press(attempt_id)
        assert settle(attempt_id, paying.gateway, "callback") is State.PAID

    @pytest.mark.parametrize("button", ["cancel", "wrong_pin", "insufficient"])
    def test_a_refusal_of_the_bank_ends_the_attempt(self, paying, attempt_id, button):
        paying.press(attempt_id, button)
        assert settle(attempt_id, paying.gateway, "callback") is State.NOT_PAID
        assert look(attempt_id).next_check_at is None

    @pytest.mark.parametrize("seen", ["http_500", "truncated_json"])
    def test_a_no_that_no_inquiry_confirms_is_asked_again(self, paying, attempt_id, seen):
        paying.press(attempt_id, "cancel")
        paying.fault(seen, operation="inquiry")
        assert settle(attempt_id, paying.gateway, "callback") is State.VERIFYING

    @pytest.mark.fault("F37")
    def test_late_money_wins(self, paying, campaign, attempt_id):
        paying.press(attempt_id, "cancel")
        settle(attempt_id, paying.gateway, "callback")
        ref = look(attempt_id).gateway_ref
        with paying.bank.store.transaction() as bank:
            bank.execute("UPDATE session SET state='PAID', ref_id=77 WHERE authority = ?", (ref,))
        assert settle(attempt_id, paying.gateway, "unverified") is State.PAID
        assert received(campaign.id) == GIFT

    def test_a_gateway_without_inquiries_is_believed_only_after_its_time(self, paying, attempt_id):
        plain = WithoutInquiry(MERCHANT, paying.url, "sandbox")
        assert settle(attempt_id, plain, "callback") is State.VERIFYING
        with clock.at(later(minutes=29.5)):
            assert settle(attempt_id, plain, "callback") is State.VERIFYING
        with clock.at(later(minutes=31)):
            assert settle(attempt_id, plain, "callback") is State.NOT_PAID


class TestCancelled:
    def test_coming_back_is_only_a_hint(self, paying, attempt_id):
        note_cancelled(attempt_id, {})
        row = look(attempt_id)
        assert row.state == State.SOFT_CANCELLED and row.next_check_at is not None
        assert heard(attempt_id)[-1] == "callback cancelled"

    def test_it_is_a_hint_about_one_payment_alone(self, paying, campaign, attempt_id):
        others = paying.attempt(pledged(campaign))
        note_cancelled(attempt_id, {})
        assert look(others).state == State.REDIRECTED

    @pytest.mark.fault("F7")
    def test_a_donor_said_to_have_cancelled_who_paid_has_paid(self, paying, attempt_id):
        note_cancelled(attempt_id, {})
        paying.press(attempt_id)
        assert settle(attempt_id, paying.gateway, "callback") is State.PAID

    @pytest.mark.fault("F8")
    def test_a_forged_no_after_paying_changes_nothing(self, paying, attempt_id):
        paying.press(attempt_id)
        settle(attempt_id, paying.gateway, "callback")
        note_cancelled(attempt_id, {})
        assert look(attempt_id).state == State.PAID
        assert moves(attempt_id)[-1] == ("callback", "")

    def test_what_moved_an_attempt_is_written_beside_what_was_heard(self, attempt_id):
        note_cancelled(attempt_id, {})
        assert moves(attempt_id)[-1] == ("callback", "soft_cancelled")


class TestReview:
    def test_another_amount_at_the_bank_is_looked_at_by_a_person(self, paying, campaign, attempt_id):
        paying.fault("tamper_amount", value=10)
        paying.press(attempt_id)
        assert settle(attempt_id, paying.gateway, "callback") is State.REVIEW
        assert items() == [("mismatch", attempt_id)]
        assert (received(campaign.id), posted()) == (0, 0)

    @pytest.mark.fault("F15")
    @pytest.mark.parametrize("outcome", [Outcome.PAID, Outcome.MISMATCH])
    @pytest.mark.parametrize("took", [GIFT - 10, GIFT + 10])
    def test_money_of_another_amount_waits_unallocated(self, paying, campaign, attempt_id, outcome, took):
        answer = VerifyResult(outcome, rials=took, receipt_ref="9")
        assert book(claimed(attempt_id), answer) is State.REVIEW
        assert (balance(accounts.UNALLOCATED), received(campaign.id)) == (took, 0)
        assert look(attempt_id).captured_rials == took

    @pytest.mark.fault("F14")
    def test_a_receipt_of_another_payment_brings_no_new_money(self, paying, campaign, attempt_id):
        paying.press(attempt_id)
        settle(attempt_id, paying.gateway, "callback")
        other = paying.attempt(pledged(campaign))
        answer = VerifyResult(Outcome.PAID, rials=GIFT, receipt_ref=look(attempt_id).receipt_ref)
        assert book(claimed(other), answer) is State.REVIEW
        assert items() == [("duplicate_receipt", other)]
        assert (received(campaign.id), gifts(campaign.id)) == (GIFT, 1)
        assert look(other).contribution.received_at is None
        assert (look(other).captured_rials, balance(accounts.UNALLOCATED), posted()) == (0, 0, 1)

    @pytest.mark.fault("F5")
    def test_a_gift_paid_twice_is_counted_once_and_the_second_money_waits(
        self, paying, campaign, gift, attempt_id
    ):
        second = paying.attempt(gift)
        paying.press(attempt_id)
        paying.press(second)
        assert settle(second, paying.gateway, "callback") is State.PAID
        assert settle(attempt_id, paying.gateway, "callback") is State.REVIEW
        assert items() == [("second_payment", attempt_id)]
        assert (received(campaign.id), balance(accounts.UNALLOCATED)) == (GIFT, GIFT)
        assert paying.verified_rials() == 2 * GIFT

    @pytest.mark.fault("F16")
    def test_a_session_of_another_merchant_is_looked_at(self, paying, attempt_id):
        stranger = ZarinPal("11111111-1111-4111-8111-111111111111", paying.url, "sandbox")
        assert settle(attempt_id, stranger, "callback") is State.REVIEW

    @pytest.mark.fault("F38")
    def test_a_cancelled_campaign_takes_nothing_more(self, paying, campaign, attempt_id):
        paying.press(attempt_id)
        move(campaign, "cancelled")
        assert settle(attempt_id, paying.gateway, "callback") is State.REVIEW
        assert items() == [("campaign_cancelled", attempt_id)]
        assert (received(campaign.id), balance(accounts.UNALLOCATED)) == (0, GIFT)

    @pytest.mark.fault("F38")
    @pytest.mark.parametrize("state", ["paused", "ended", "submitted"])
    def test_a_campaign_that_stopped_while_the_donor_paid_still_gets_the_gift(
        self, paying, campaign, attempt_id, state
    ):
        paying.press(attempt_id)
        move(campaign, state)
        assert settle(attempt_id, paying.gateway, "callback") is State.PAID
        assert received(campaign.id) == GIFT


def test_a_session_that_was_never_opened_is_not_asked_about(paying, gift, attempt_id):
    db.session.execute(update(PaymentAttempt).values(gateway_ref=None))
    assert settle(attempt_id, paying.gateway, "callback") is State.REDIRECTED


@pytest.mark.parametrize("fee", [None, 0, -5, GIFT, GIFT + 1])
def test_a_fee_that_makes_no_sense_is_left_out(paying, campaign, attempt_id, fee):
    book(claimed(attempt_id), VerifyResult(Outcome.PAID, rials=GIFT, receipt_ref="1", fee_rials=fee))
    assert (balance(CLEARING), balance(FEE)) == (GIFT, 0)


def move(campaign: Campaign, state: str) -> None:
    campaign.state = state
    db.session.commit()


class WithoutInquiry(ZarinPal):
    def capabilities(self):
        facts = super().capabilities()
        return type(facts)(facts.min_rials, facts.max_rials, facts.verify_window)


def moves(attempt_id: int) -> list[tuple[str, str]]:
    """Who was heard about an attempt, and what state it went to; empty: it stayed."""
    rows = select(PaymentEvent).where(PaymentEvent.attempt_id == attempt_id).order_by(PaymentEvent.id)
    return [(row.source, row.after) for row in db.session.scalars(rows)]


class TestWithoutItsTerminal:
    def test_a_payment_whose_terminal_was_taken_out_stays_open_and_its_file_says_why(
        self, paying, attempt_id
    ):
        paying.press(attempt_id)
        row = look(attempt_id)
        code = settle_back(row.public_id, row.gateway, row.gateway_ref or "", {}, lambda *_terminal: None)
        row = look(attempt_id)
        assert (row.contribution.code, row.state, posted()) == (code, State.VERIFYING, 0)
        assert row.next_check_at is not None
        last = db.session.scalars(select(PaymentEvent).order_by(PaymentEvent.id.desc())).first()
        assert (last.outcome, last.payload["code"]) == (Outcome.UNKNOWN, "no_terminal")
