"""The bank takes a gift back from a screen of finance: Farid asks, Negar approves, the donor's receipt says so."""

from datetime import timedelta

import pytest

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.payments.settlement import settle
from campaigns.domain.payments.states import State
from campaigns.domain.refunds.models import Refund
from tests.cast import mina, parisa, person, reza
from tests.domain.refunds.money import bar, farid, item_of, negar
from tests.giving import GIFT, pledged
from tests.support.paying import look
from tests.web.officehands import Hands
from tests.worlds import live_campaign

LIST = "/en/finance/refunds"


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def given(paying, gift) -> int:
    attempt_id = paying.attempt(gift)
    paying.press(attempt_id)
    settle(attempt_id, paying.gateway, "callback", {})
    return attempt_id


@pytest.fixture
def attempt(paying, campaign):
    return look(given(paying, pledged(campaign, donor_name="سارا", hide_name=False)))


def asked(hands: Hands, attempt, **more: str) -> str:
    sent = hands.fill(f"{LIST}/of/{attempt.public_id}", **{"reason": "donor", "text": "she called", **more})
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"]


def approved(hands: Hands, address: str) -> str:
    return hands.after(hands.fill(address, f"{address}/approve"))


def receipt(client, attempt) -> str:
    return client.get(f"/en/r/{attempt.contribution.code}").text


def test_two_people_and_the_bank_takes_it_back_at_once(app, client, campaign, attempt):
    one, other = Hands(app, farid()), Hands(app, negar())
    assert "takes the whole payment back at once" in one.seen(f"{LIST}/of/{attempt.public_id}")
    page = approved(other, asked(one, attempt))
    assert "The bank has taken the payment back" in page
    assert "Taken back by the bank" in page
    assert (look(attempt.id).state, bar(campaign)) == (State.REVERSED, (0, 0))
    said = receipt(client, attempt)
    assert "The bank has given it back to the card" in said
    assert "Given back" in said
    shown = client.get("/en/corrections").text
    assert "Gift taken back" in shown
    assert "The donor asked for it" in shown
    assert "she called" not in shown


def test_without_an_answer_nobody_says_that_it_failed(app, client, campaign, paying, attempt):
    one, other = Hands(app, farid()), Hands(app, negar())
    paying.fault("http_500", operation="reverse")
    address = asked(one, attempt)
    page = approved(other, address)
    assert "has not answered" in page
    assert "We have asked the bank to give your gift back" in receipt(client, attempt)
    page = other.after(other.fill(address, f"{address}/again"))
    assert "The bank has taken the payment back" in page
    assert bar(campaign) == (0, 0)


def test_the_bank_says_no_and_the_thanks_stand(app, client, campaign, paying, attempt):
    paying.fault("refuse_reverse", operation="reverse")
    page = approved(Hands(app, negar()), asked(Hands(app, farid()), attempt))
    assert "The bank does not take it back" in page
    assert "Thank you. Your gift has arrived." in receipt(client, attempt)
    assert bar(campaign) == (GIFT, 1)


def test_an_ordinary_refund_can_be_chosen_and_then_nothing_else(app, attempt):
    one = Hands(app, farid())
    asked(one, attempt, way="refund", amount="100000")
    assert db.session.query(Refund).one().reverse_until is None
    assert "How it goes back" not in one.seen(f"{LIST}/of/{attempt.public_id}")


def test_after_the_time_of_the_bank_only_a_refund_is_offered(app, attempt):
    attempt.paid_at = now() - timedelta(minutes=29)
    db.session.commit()
    assert "How it goes back" not in Hands(app, farid()).seen(f"{LIST}/of/{attempt.public_id}")


def test_a_part_goes_back_by_a_refund_and_the_sentence_says_so(app, attempt):
    sent = Hands(app, farid()).fill(
        f"{LIST}/of/{attempt.public_id}", amount="100000", reason="donor", text="she called"
    )
    assert sent.status_code == 422
    assert "a part of it goes back by an ordinary refund" in sent.text


def test_who_waits_too_long_with_the_second_word_is_told_what_to_do(app, attempt):
    address = asked(Hands(app, farid()), attempt)
    other = Hands(app, negar())
    db.session.query(Refund).one().reverse_until = now() - timedelta(seconds=1)
    db.session.commit()
    sent = other.fill(address, f"{address}/approve")
    assert sent.status_code == 422
    assert "Ask for an ordinary refund" in sent.text
    assert look(attempt.id).state == State.PAID


def test_a_second_payment_is_taken_back_from_its_own_page(app, client, campaign, paying, attempt):
    second = look(given(paying, attempt.contribution))
    address = f"/en/finance/items/{item_of(second).public_id}"
    one, other = Hands(app, farid()), Hands(app, negar())
    one.after(one.fill(address, f"{address}/propose", outcome="reverse", evidence="she called"))
    other.after(other.fill(address, f"{address}/answer", answer="agree"))
    assert (look(second.id).state, look(attempt.id).state) == (State.REVERSED, State.PAID)
    assert "Thank you. Your gift has arrived." in receipt(client, attempt)


def test_an_auditor_asks_no_bank(app, attempt):
    address = asked(Hands(app, farid()), attempt)
    auditor = Hands(app, person("Simin", Role.AUDITOR))
    assert auditor.post(f"{address}/again", {"csrf_token": auditor.token}).status_code == 404
