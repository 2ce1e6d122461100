"""Gifts that a bank is asked to take back."""

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.invariants import watch
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.models import PaymentAttempt
from campaigns.domain.payments.moves import reversible_until
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.actions import approve, request
from campaigns.domain.refunds.models import Refund
from campaigns.domain.refunds.reasons import Reason
from tests.giving import GIFT, pledged
from tests.support.paying import Paying, look


def given(paying: Paying, campaign, rials: int = GIFT) -> PaymentAttempt:
    """Sara's gift, paid at the practice bank and verified."""
    attempt_id = paying.attempt(pledged(campaign, rials))
    paying.press(attempt_id)
    assert settle(attempt_id, paying.gateway, "callback", {}) is State.PAID
    return look(attempt_id)


def wanted(attempt: PaymentAttempt, by: User, gateway: Gateway) -> Refund:
    until = reversible_until(attempt, gateway)
    refund = request(attempt, by, attempt.captured_rials, Reason.DONOR, "she called", until)
    db.session.commit()
    return refund


def decided(attempt: PaymentAttempt, one: User, other: User, gateway: Gateway) -> Refund:
    refund = wanted(attempt, one, gateway)
    approve(refund, other)
    db.session.commit()
    return refund


def at_the_bank(paying: Paying) -> str:
    with paying.bank.store.transaction() as book:
        return str(book.execute("SELECT state FROM session").fetchone()["state"])


def adds_up() -> None:
    assert watch.look(watch.everything()) == []
    db.session.rollback()
