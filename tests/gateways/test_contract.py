"""What every gateway promises, tried over each plug against the practice bank. Sara gives."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from campaigns.domain.payments.contract import Outcome
from campaigns.domain.payments.errors import GatewayError, InvalidRequest, Unavailable
from campaigns.gateways import PLUGS
from sandbox.magic import Magic
from tests.gateways.practice import PRACTICES, Practice, ask, wish

GARBLES = ["html_body", "truncated_json", "bad_types"]
SILENCES = ["http_500", "drop_response_after_commit", "rate_limit"]


def test_every_plug_can_be_practised() -> None:
    assert set(PRACTICES) == set(PLUGS)


def test_sara_pays_and_her_money_is_verified_once(practice: Practice) -> None:
    begun = practice.begin()
    assert practice.gateway.inquire(ask(begun)).outcome == Outcome.PENDING
    pressed = practice.press(begun, "pay")
    assert pressed.status_code == 303
    assert practice.gateway.inquire(ask(begun)).outcome == Outcome.PAID_UNVERIFIED
    first, second = practice.gateway.verify(ask(begun)), practice.gateway.verify(ask(begun))
    assert (first.outcome, second.outcome) == (Outcome.PAID, Outcome.ALREADY)
    assert first.receipt_ref
    assert second.receipt_ref == first.receipt_ref
    assert practice.gateway.inquire(ask(begun)).outcome == Outcome.ALREADY


def test_each_session_has_its_own_name_and_an_address_at_the_bank(practice: Practice) -> None:
    begun = [practice.begin() for _ in range(5)]
    assert len({one.gateway_ref for one in begun}) == 5
    for one in begun:
        assert one.redirect.method == practice.gateway.capabilities().redirect_method
        assert one.redirect.url.startswith(practice.base_url)
        assert one.gateway_ref in one.redirect.url + "".join(one.redirect.fields.values())


def test_nothing_is_verified_before_sara_pays(practice: Practice) -> None:
    assert practice.gateway.verify(ask(practice.begin())).outcome == Outcome.NOT_PAID


@pytest.mark.parametrize("button", ["cancel", "wrong_pin", "insufficient"])
def test_a_refused_payment_is_a_definite_no(practice: Practice, button: str) -> None:
    begun = practice.begin()
    hint = practice.bring_back(practice.press(begun, button))
    assert (hint.gateway_ref, hint.hint) == (begun.gateway_ref, "cancelled")
    assert practice.gateway.verify(ask(begun)).outcome == Outcome.NOT_PAID
    assert practice.gateway.inquire(ask(begun)).outcome == Outcome.NOT_PAID


def test_the_way_back_names_the_session_and_claims_success(practice: Practice) -> None:
    begun = practice.begin()
    hint = practice.bring_back(practice.press(begun, "pay"))
    assert (hint.gateway_ref, hint.hint) == (begun.gateway_ref, "ok")


def test_a_callback_by_post_says_the_same(practice: Practice) -> None:
    begun = practice.begin()
    practice.fault("callback_method")
    page = practice.press(begun, "pay").text
    assert 'method="post"' in page
    form = {"AUTHORITY": [begun.gateway_ref], "status": ["ok"]}
    hint = practice.gateway.parse_callback("POST", {}, form, None)
    assert (hint.gateway_ref, hint.hint) == (begun.gateway_ref, "ok")


def test_a_payer_who_closes_the_tab_is_found_in_the_list(practice: Practice) -> None:
    if not practice.gateway.capabilities().unverified_list:
        pytest.skip("this gateway has no such list")
    begun, other = practice.begin(), practice.begin(700_000)
    pressed = practice.press(begun, "pay_and_close")
    assert "Location" not in pressed.headers
    (item,) = practice.gateway.list_unverified()
    assert (item.gateway_ref, item.rials) == (begun.gateway_ref, 500_000)
    assert item.paid_at is not None
    assert abs(item.paid_at.timestamp() - practice.bank.clock.now()) < 60
    practice.press(other, "pay")
    practice.gateway.verify(ask(begun))
    assert [item.gateway_ref for item in practice.gateway.list_unverified()] == [other.gateway_ref]


def test_another_amount_is_a_mismatch_and_takes_nothing(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    for rials in (499_990, 5_000_000, 50_000):
        assert practice.gateway.verify(ask(begun, rials)).outcome == Outcome.MISMATCH
    assert practice.gateway.verify(ask(begun)).outcome == Outcome.PAID


def test_money_that_the_bank_changed_is_a_mismatch(practice: Practice) -> None:
    begun = practice.begin()
    practice.fault("tamper_amount", value=-10)
    practice.press(begun, "pay")
    assert practice.gateway.inquire(ask(begun)).outcome == Outcome.MISMATCH
    assert practice.gateway.verify(ask(begun)).outcome == Outcome.MISMATCH


def test_another_merchants_session_is_a_mismatch(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    assert practice.another().verify(ask(begun)).outcome == Outcome.MISMATCH
    assert practice.another().list_unverified() == []


def test_a_session_that_never_was_is_not_paid(practice: Practice) -> None:
    stranger = replace(ask(practice.begin()), gateway_ref="S" + "0" * 35)
    assert practice.gateway.verify(stranger).outcome == Outcome.NOT_PAID


def test_many_verifies_at_once_agree_on_one_receipt(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(practice.gateway.verify, [ask(begun)] * 64))
    assert Counter(one.outcome for one in results) == {Outcome.PAID: 1, Outcome.ALREADY: 63}
    assert len({one.receipt_ref for one in results}) == 1


def test_a_bank_that_says_paid_twice_is_believed_twice(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.fault("verify_flip", calls=3)
    results = [practice.gateway.verify(ask(begun)) for _ in range(3)]
    assert all(one.outcome.verified for one in results)
    assert len({one.receipt_ref for one in results}) == 1


@pytest.mark.parametrize("kind", GARBLES + SILENCES)
def test_a_broken_answer_to_verify_is_unknown_until_the_next(practice: Practice, kind: str) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.fault(kind, operation="verify", value=7)
    broken = practice.gateway.verify(ask(begun))
    assert broken.outcome == Outcome.UNKNOWN
    assert broken.retry_after_seconds == (7 if kind == "rate_limit" else None)
    assert practice.gateway.verify(ask(begun)).outcome.verified


@pytest.mark.parametrize("kind", GARBLES + SILENCES)
def test_a_broken_answer_elsewhere_is_an_error_or_unknown(practice: Practice, kind: str) -> None:
    practice.fault(kind, operation="request")
    with pytest.raises(GatewayError):
        practice.begin()
    begun = practice.begin()
    practice.fault(kind, operation="inquiry")
    assert practice.gateway.inquire(ask(begun)).outcome == Outcome.UNKNOWN
    practice.fault(kind, operation="unVerified")
    with pytest.raises(GatewayError):
        practice.gateway.list_unverified()


@pytest.mark.parametrize("rials", [0, -500_000, 9_999, 1_000_000_010, 2**63, 10**30])
def test_an_amount_out_of_bounds_never_reaches_the_bank(practice: Practice, rials: int) -> None:
    with pytest.raises(InvalidRequest):
        practice.begin(rials)
    with practice.bank.store.transaction() as db:
        assert db.execute("SELECT count(*) FROM session").fetchone()[0] == 0


def test_the_bounds_themselves_are_accepted(practice: Practice) -> None:
    can = practice.gateway.capabilities()
    for rials in (can.min_rials, can.max_rials or 10**9):
        assert practice.begin(rials).gateway_ref


def test_a_bank_that_is_away_is_unavailable(practice: Practice) -> None:
    begun = practice.begin()
    away = PRACTICES[practice.gateway.name]("http://127.0.0.1:9", practice.bank).gateway
    with pytest.raises(Unavailable):
        away.start(wish())
    with pytest.raises(Unavailable):
        away.list_unverified()
    assert away.verify(ask(begun)).outcome == Outcome.UNKNOWN
    assert away.inquire(ask(begun)).outcome == Outcome.UNKNOWN


def test_flaky_and_lost_answers_end_well(practice: Practice) -> None:
    for magic in (Magic.FLAKY, Magic.LOST_ANSWER):
        rials = 500_000 * 10 + magic
        begun = practice.begin(rials)
        practice.press(begun, "pay")
        outcomes = [practice.gateway.verify(ask(begun, rials)).outcome for _ in range(3)]
        assert outcomes[0] == Outcome.UNKNOWN
        assert outcomes[-1].verified


def test_what_is_kept_is_plain_json_without_secrets(practice: Practice) -> None:
    begun = practice.begin()
    hint = practice.bring_back(practice.press(begun, "pay"))
    kept = [
        begun.raw,
        hint.raw,
        practice.gateway.list_unverified()[0].raw,
        practice.gateway.inquire(ask(begun)).raw,
        practice.gateway.verify(ask(begun)).raw,
    ]
    text = json.dumps(kept, allow_nan=False)
    for secret in ("00000000-0000-4000-8000", "9123456789", "sara@example.org", "c0ffee"):
        assert secret not in text
    assert all(kept)


def test_the_card_is_shown_by_its_ends_only(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    assert practice.gateway.verify(ask(begun)).card_mask == "999900******0017"
