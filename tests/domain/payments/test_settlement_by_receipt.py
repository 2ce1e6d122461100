"""Where only the donor's browser brings what a bank is asked about."""

from dataclasses import replace

import pytest

from campaigns.base import clock
from campaigns.domain.payments.contract import Outcome, VerifyRequest, VerifyResult
from campaigns.domain.payments.receipts import hear, waiting
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import State
from campaigns.gateways.zarinpal import ZarinPal
from tests.giving import GIFT, live_campaign, pledged
from tests.support.paying import MERCHANT, later


@pytest.fixture
def attempt_id(paying):
    return paying.attempt(pledged(live_campaign()))


def asked(paying, attempt_id, *answers: VerifyResult, source: str = "callback") -> list[State]:
    """What comes of the bank's answers, one after the other."""
    gateway = ByReceipt(paying.url, list(answers))
    return [settle(attempt_id, gateway, source) for _ in answers]


def test_given_back_is_the_end_where_nobody_asked_before(paying, attempt_id):
    hear(attempt_id, "R1")
    assert asked(paying, attempt_id, said(Outcome.REVERSED)) == [State.NOT_PAID]


def test_given_back_is_no_answer_where_an_earlier_question_had_none(paying, attempt_id):
    hear(attempt_id, "R1")
    answers = said(Outcome.UNKNOWN), said(Outcome.REVERSED)
    assert asked(paying, attempt_id, *answers) == [State.VERIFYING] * 2
    assert waiting(attempt_id) is not None  # and it is asked about again


def test_a_no_to_one_receipt_leaves_room_for_another(paying, attempt_id):
    hear(attempt_id, "R1")
    hear(attempt_id, "R2")
    assert asked(paying, attempt_id, said(Outcome.REVERSED)) == [State.VERIFYING]
    paid = VerifyResult(Outcome.PAID, rials=GIFT, receipt_ref="R1")
    assert asked(paying, attempt_id, paid) == [State.PAID]


def test_a_no_is_the_end_once_nobody_can_bring_another(paying, attempt_id):
    hear(attempt_id, "R1")
    assert asked(paying, attempt_id, said(Outcome.NOT_PAID)) == [State.VERIFYING]
    with clock.at(later(minutes=46)):
        hear(attempt_id, "R2")
        assert asked(paying, attempt_id, said(Outcome.NOT_PAID)) == [State.NOT_PAID]


class ByReceipt(ZarinPal):
    """A bank that has only receipts to go by, with these answers."""

    def __init__(self, url: str, answers: list[VerifyResult]) -> None:
        super().__init__(MERCHANT, url, "sandbox")
        self._answers = answers

    def capabilities(self):
        facts = super().capabilities()
        return replace(facts, inquiry=False, receipt_by_callback=True)

    def verify(self, request: VerifyRequest) -> VerifyResult:
        return self._answers.pop(0)


def said(outcome: Outcome) -> VerifyResult:
    return VerifyResult(outcome)
