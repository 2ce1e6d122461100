"""What every gateway promises, tried over each plug against the practice bank. Sara gives."""

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from campaigns.domain.payments.contract import Outcome
from campaigns.domain.payments.errors import ConfigError, InvalidRequest, NotSupported, Unavailable
from campaigns.gateways import PLUGS
from sandbox.magic import Magic
from tests.gateways.practice import INQUIRING, LISTING, PRACTICES, REVERSING, Practice, wish

only_inquiring = pytest.mark.parametrize("practice", INQUIRING, indirect=True)
only_listing = pytest.mark.parametrize("practice", LISTING, indirect=True)
only_reversing = pytest.mark.parametrize("practice", REVERSING, indirect=True)
NOTHING = {Outcome.NOT_PAID, Outcome.UNKNOWN}
NOT_OURS = {Outcome.NOT_PAID, Outcome.MISMATCH}


def test_every_plug_can_be_practised() -> None:
    assert set(PRACTICES) == set(PLUGS)


def test_every_plug_does_what_it_says(practice: Practice) -> None:
    name, can = practice.gateway.name, practice.gateway.capabilities()
    assert can.inquiry == (name in INQUIRING)
    assert can.unverified_list == (name in LISTING)
    assert (can.reverse_minutes is not None) == (name in REVERSING)
    if not can.unverified_list:
        with pytest.raises(NotSupported):
            practice.gateway.list_unverified()
    if can.reverse_minutes is None:
        with pytest.raises(NotSupported):
            practice.gateway.reverse(practice.ask(practice.begin()))


def test_sara_pays_and_her_money_is_verified_once(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    first, second = practice.gateway.verify(practice.ask(begun)), practice.gateway.verify(practice.ask(begun))
    assert (first.outcome, second.outcome) == (Outcome.PAID, Outcome.ALREADY)
    assert first.receipt_ref
    assert second.receipt_ref == first.receipt_ref


@only_inquiring
def test_an_inquiry_follows_sara(practice: Practice) -> None:
    begun = practice.begin()
    seen = [practice.gateway.inquire(practice.ask(begun)).outcome]
    practice.press(begun, "pay")
    seen.append(practice.gateway.inquire(practice.ask(begun)).outcome)
    practice.gateway.verify(practice.ask(begun))
    seen.append(practice.gateway.inquire(practice.ask(begun)).outcome)
    assert seen == [Outcome.PENDING, Outcome.PAID_UNVERIFIED, Outcome.ALREADY]


def test_each_session_has_its_own_name_and_an_address_at_the_bank(practice: Practice) -> None:
    begun = [practice.begin() for _ in range(5)]
    assert len({one.gateway_ref for one in begun}) == 5
    for one in begun:
        assert one.redirect.method == practice.gateway.capabilities().redirect_method
        assert one.redirect.url.startswith(practice.base_url)
        assert one.gateway_ref in one.redirect.url + "".join(one.redirect.fields.values())


def test_nothing_is_verified_before_sara_pays(practice: Practice) -> None:
    expected = Outcome.UNKNOWN if practice.gateway.capabilities().receipt_by_callback else Outcome.NOT_PAID
    assert practice.gateway.verify(practice.ask(practice.begin())).outcome == expected


@pytest.mark.parametrize("button", ["cancel", "wrong_pin", "insufficient"])
def test_a_refused_payment_is_never_verified(practice: Practice, button: str) -> None:
    begun = practice.begin()
    hint = practice.bring_back(practice.press(begun, button))
    assert hint.names(begun.gateway_ref, practice.numbers[begun.gateway_ref])
    assert hint.hint in ({"cancelled"} if button == "cancel" else {"cancelled", "failed"})
    assert practice.gateway.verify(practice.ask(begun)).outcome in NOTHING
    if practice.gateway.capabilities().inquiry:
        assert practice.gateway.inquire(practice.ask(begun)).outcome == Outcome.NOT_PAID


@pytest.mark.parametrize("other_method", [False, True])
def test_the_way_back_names_the_session_and_claims_success(practice: Practice, other_method: bool) -> None:
    if other_method:
        practice.fault("callback_method")
    begun = practice.begin()
    pressed = practice.press(begun, "pay")
    by_post = practice.gateway.capabilities().redirect_method == "POST"
    assert (pressed.status_code == 303) == (by_post == other_method)
    hint = practice.bring_back(pressed)
    assert (hint.gateway_ref, hint.hint) == (begun.gateway_ref, "ok")
    assert (hint.receipt_ref is not None) == practice.gateway.capabilities().receipt_by_callback


@only_listing
def test_a_payer_who_closes_the_tab_is_found_in_the_list(practice: Practice) -> None:
    begun, other = practice.begin(), practice.begin(700_000)
    pressed = practice.press(begun, "pay_and_close")
    assert "Location" not in pressed.headers
    (item,) = practice.gateway.list_unverified()
    assert (item.gateway_ref, item.rials) == (begun.gateway_ref, 500_000)
    assert item.paid_at is not None
    assert abs(item.paid_at.timestamp() - practice.bank.clock.now()) < 60
    practice.press(other, "pay")
    practice.gateway.verify(practice.ask(begun))
    assert [item.gateway_ref for item in practice.gateway.list_unverified()] == [other.gateway_ref]
    assert practice.another().list_unverified() == []


def test_another_amount_than_ours_is_never_a_success(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    for rials in (499_990, 5_000_000, 50_000):
        assert practice.gateway.verify(practice.ask(begun, rials)).outcome == Outcome.MISMATCH
    assert practice.gateway.verify(practice.ask(begun)).outcome.verified


def test_many_verifies_at_once_agree_on_one_receipt(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(practice.gateway.verify, [practice.ask(begun)] * 64))
    assert Counter(one.outcome for one in results) == {Outcome.PAID: 1, Outcome.ALREADY: 63}
    assert len({one.receipt_ref for one in results}) == 1


@pytest.mark.parametrize("excess", [0, -500_000, None, 1_000_000_010, 2**63, 10**30])
def test_an_amount_out_of_bounds_never_reaches_the_bank(practice: Practice, excess: int | None) -> None:
    least = practice.gateway.capabilities().min_rials
    with pytest.raises(InvalidRequest):
        practice.begin(least - 1 if excess is None else excess)
    with practice.bank.store.transaction() as db:
        assert db.execute("SELECT count(*) FROM session").fetchone()[0] == 0


def test_the_bounds_themselves_are_accepted(practice: Practice) -> None:
    can = practice.gateway.capabilities()
    for rials in (can.min_rials, can.max_rials or 10**9):
        assert practice.begin(rials).gateway_ref


def test_a_terminal_that_is_switched_off_is_for_an_operator(practice: Practice) -> None:
    practice.fault("terminal_off")
    with pytest.raises(ConfigError) as caught:
        practice.begin()
    assert caught.value.code


def test_a_bank_that_is_away_is_unavailable(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    away = PRACTICES[practice.gateway.name]("http://127.0.0.1:9", practice.bank).gateway
    with pytest.raises(Unavailable):
        away.start(wish())
    assert away.verify(practice.ask(begun)).outcome == Outcome.UNKNOWN
    assert away.inquire(practice.ask(begun)).outcome == Outcome.UNKNOWN
    if away.capabilities().unverified_list:
        with pytest.raises(Unavailable):
            away.list_unverified()
    if away.capabilities().reverse_minutes is not None:
        assert away.reverse(practice.ask(begun)).outcome == Outcome.UNKNOWN


def test_flaky_and_lost_answers_end_well(practice: Practice) -> None:
    for magic in (Magic.FLAKY, Magic.LOST_ANSWER):
        rials = 500_000 * 10 + magic
        begun = practice.begin(rials)
        practice.press(begun, "pay")
        outcomes = [practice.gateway.verify(practice.ask(begun, rials)).outcome for _ in range(3)]
        assert outcomes[0] == Outcome.UNKNOWN
        assert outcomes[-1].verified


def test_a_magic_amount_differs_at_verify(practice: Practice) -> None:
    rials = 500_000 * 10 + Magic.MISMATCH
    begun = practice.begin(rials)
    practice.press(begun, "pay")
    assert practice.gateway.verify(practice.ask(begun, rials)).outcome == Outcome.MISMATCH


def test_what_is_kept_is_plain_json_without_secrets(practice: Practice) -> None:
    begun = practice.begin()
    hint = practice.bring_back(practice.press(begun, "pay"))
    kept = [begun.raw, hint.raw, practice.gateway.verify(practice.ask(begun)).raw]
    if practice.gateway.capabilities().inquiry:
        kept.append(practice.gateway.inquire(practice.ask(begun)).raw)
    text = json.dumps(kept, allow_nan=False)
    merchants = ("00000000-0000-4000-8000", "practice-merchant", "761940582013")
    for secret in (*merchants, "9123456789", "sara@example.org", "c0ffee", "0017", "8080"):
        assert secret not in text
    assert all(kept)


def test_the_card_is_shown_by_its_ends_only(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    mask = practice.gateway.verify(practice.ask(begun)).card_mask
    assert mask is not None
    assert re.fullmatch(r"[0-9]{6}\*{6}[0-9]{4}", mask)


def test_a_session_that_never_was_is_not_paid(practice: Practice) -> None:
    ref, receipt = practice.strange
    stranger = replace(practice.ask(practice.begin()), gateway_ref=ref, receipt_ref=receipt)
    assert practice.gateway.verify(stranger).outcome == Outcome.NOT_PAID


@only_reversing
def test_verified_money_goes_back_once(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.gateway.verify(practice.ask(begun))
    results = [practice.gateway.reverse(practice.ask(begun)).outcome for _ in range(2)]
    assert results == [Outcome.REVERSED, Outcome.REVERSED]
    assert not practice.gateway.verify(practice.ask(begun)).outcome.verified
    with practice.bank.store.transaction() as db:
        assert db.execute("SELECT state FROM session").fetchone()[0] == "REVERSED"


@pytest.mark.fault("F40")
@only_reversing
@pytest.mark.parametrize(
    ("seconds", "outcome"), [(-60, Outcome.REVERSED), (0, Outcome.REVERSED), (1, Outcome.REFUSED)]
)
def test_f40_a_reversal_has_its_window(practice: Practice, seconds: int, outcome: Outcome) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.gateway.verify(practice.ask(begun))
    minutes = practice.gateway.capabilities().reverse_minutes or 0
    with practice.bank.store.transaction() as db:
        db.execute("UPDATE session SET paid_at = ?", (practice.bank.clock.now(),))
    practice.bank.clock.ahead_seconds = minutes * 60 + seconds
    assert practice.gateway.reverse(practice.ask(begun)).outcome == outcome


@only_reversing
def test_a_bank_may_refuse_a_reversal_and_the_money_stays_ours(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.gateway.verify(practice.ask(begun))
    practice.fault("refuse_reverse")
    assert practice.gateway.reverse(practice.ask(begun)).outcome == Outcome.REFUSED
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.ALREADY


@only_reversing
@pytest.mark.parametrize("kind", ["drop_response_after_commit", "html_body", "http_500", "rate_limit"])
def test_a_reversal_without_an_answer_is_unknown_until_the_next(practice: Practice, kind: str) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.gateway.verify(practice.ask(begun))
    practice.fault(kind, operation="reverse")
    assert practice.gateway.reverse(practice.ask(begun)).outcome == Outcome.UNKNOWN
    assert practice.gateway.reverse(practice.ask(begun)).outcome == Outcome.REVERSED
