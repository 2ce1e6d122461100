"""The faults of the payment design (F11 to F36) that a gateway's adapter must bear, over every plug."""

import json
from dataclasses import replace
from typing import Any

import pytest
import requests

from campaigns.domain.payments.contract import Outcome
from campaigns.domain.payments.errors import GatewayError, RateLimited, Unavailable
from campaigns.gateways.http import JsonClient
from campaigns.gateways.sep import Sep
from campaigns.gateways.zarinpal import ZarinPal
from campaigns.gateways.zibal import Zibal
from tests.gateways.canned import Canned
from tests.gateways.practice import MERCHANT, TERMINAL, ZIBAL_MERCHANT, Practice, wish

GARBLES = ["html_body", "truncated_json", "bad_types"]
SILENCES = ["http_500", "drop_response_after_commit"]
JUNK: list[dict[str, Any]] = [
    {},
    {"x": "y" * 10_240},
    {"trackId": "۱۲۳", "Authority": "۱۲۳", "Token": "۱۲۳", "ResNum": "۱", "RefNum": "۱۲۳۴۵۶۷۸"},
    {"Authority[]": ["a", "b"], "trackId": ["1", "2"], "Token": ["a" * 9, "b" * 9], "ResNum": ["1", "2"]},
    {"success": "1", "Status": "OK", "State": "OK"},
    {"Token": None, "trackId": True, "Authority": 1.5, "RefNum": {"a": "b"}},
    {"RefNum": "\x00\x00\x00\x00\x00\x00", "Token": "' OR 1=1 --", "trackId": "-1"},
]


@pytest.mark.fault("F11")
def test_f11_a_forged_ok_without_payment_is_not_paid(practice: Practice) -> None:
    begun = practice.begin()
    forged = practice.ask(begun)
    if practice.gateway.capabilities().receipt_by_callback:
        forged = replace(forged, receipt_ref="forged+RefNum/1")
    assert practice.gateway.verify(forged).outcome == Outcome.NOT_PAID


@pytest.mark.fault("F12")
def test_f12_the_way_back_of_another_session_names_the_other(practice: Practice) -> None:
    mine, other = practice.begin(), practice.begin()
    hint = practice.bring_back(practice.press(other, "pay"))
    assert hint.names(other.gateway_ref, practice.numbers[other.gateway_ref])
    assert not hint.names(mine.gateway_ref, practice.numbers[mine.gateway_ref])


@pytest.mark.fault("F13")
def test_f13_the_receipt_of_a_small_payment_does_not_pay_a_big_one(practice: Practice) -> None:
    small, big = practice.begin(20_000), practice.begin(50_000_000)
    practice.press(small, "pay")
    substituted = replace(practice.ask(big, 50_000_000), receipt_ref=practice.ask(small).receipt_ref)
    result = practice.gateway.verify(substituted)
    assert not result.outcome.verified
    assert practice.gateway.verify(practice.ask(small, 20_000)).outcome.verified


@pytest.mark.fault("F14")
def test_f14_the_same_receipt_on_a_second_order_has_one_name(practice: Practice) -> None:
    """SEP ties no RefNum to an order: the answer carries the one name that the house takes once."""
    first, second = practice.begin(), practice.begin()
    practice.press(first, "pay")
    reused = replace(practice.ask(second), receipt_ref=practice.ask(first).receipt_ref)
    paid, again = practice.gateway.verify(practice.ask(first)), practice.gateway.verify(reused)
    assert not again.outcome.verified or again.receipt_ref == paid.receipt_ref


@pytest.mark.fault("F15")
@pytest.mark.parametrize("more", [-10, 10, -450_000, 4_500_000])
def test_f15_money_that_the_bank_changed_is_a_mismatch(practice: Practice, more: int) -> None:
    begun = practice.begin()
    practice.fault("tamper_amount", value=more)
    practice.press(begun, "pay")
    result = practice.gateway.verify(practice.ask(begun))
    assert result.outcome == Outcome.MISMATCH
    assert result.rials in {None, 500_000 + more}
    if practice.gateway.capabilities().inquiry:
        assert practice.gateway.inquire(practice.ask(begun)).outcome == Outcome.MISMATCH


@pytest.mark.fault("F16")
def test_f16_another_merchants_session_is_not_ours(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    result = practice.another().verify(practice.ask(begun))
    assert result.outcome in {Outcome.MISMATCH, Outcome.NOT_PAID}
    assert result.rials is None
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.PAID


@pytest.mark.fault("F19")
@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("method", ["GET", "POST", "\x00"])
def test_f19_a_junk_callback_names_nobody(practice: Practice, junk: dict[str, Any], method: str) -> None:
    begun = practice.begin()
    for where in ((junk, {}, None), ({}, junk, None), ({}, {}, junk), ({}, {}, [junk]), ({}, {}, "junk")):
        hint = practice.gateway.parse_callback(method, *where)
        assert not hint.names(begun.gateway_ref, practice.numbers[begun.gateway_ref])
        assert (hint.gateway_ref, hint.receipt_ref) == (None, None)
        json.dumps(hint.raw, allow_nan=False).encode()


@pytest.mark.fault("F20")
def test_f20_a_start_without_an_answer_is_an_error_and_its_session_harmless(practice: Practice) -> None:
    practice.fault("drop_response_after_commit", operation="request")
    with pytest.raises(Unavailable):
        practice.begin()
    with practice.bank.store.transaction() as db:
        assert [row["state"] for row in db.execute("SELECT state FROM session")] == ["IN_BANK"]
    practice.press(begun := practice.begin(), "pay")
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.PAID


@pytest.mark.fault("F21")
def test_f21_a_verify_whose_answer_was_lost_is_already_ours_later(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.fault("drop_response_after_commit", operation="verify")
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.UNKNOWN
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.ALREADY


@pytest.mark.fault("F22")
def test_f22_a_verify_that_never_reached_the_bank_is_paid_later(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.fault("http_500", operation="verify")
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.UNKNOWN
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.PAID


@pytest.mark.fault("F23")
@pytest.mark.parametrize("status", [200, 500, 502])
def test_f23_a_page_of_html_says_nothing(practice: Practice, status: int) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.fault("html_body", operation="verify", value=status)
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.UNKNOWN
    practice.fault("html_body", operation="request", value=status)
    with pytest.raises(GatewayError):
        practice.begin()


@pytest.mark.fault("F24")
@pytest.mark.parametrize("kind", GARBLES + SILENCES)
def test_f24_a_broken_answer_is_unknown_or_an_error_until_the_next(practice: Practice, kind: str) -> None:
    can, begun = practice.gateway.capabilities(), practice.begin()
    practice.press(begun, "pay")
    practice.fault(kind, operation="verify")
    assert practice.gateway.verify(practice.ask(begun)).outcome == Outcome.UNKNOWN
    assert practice.gateway.verify(practice.ask(begun)).outcome.verified
    practice.fault(kind, operation="request")
    with pytest.raises(GatewayError):
        practice.begin()
    if can.inquiry:
        practice.fault(kind, operation="inquiry")
        assert practice.gateway.inquire(practice.ask(begun)).outcome == Outcome.UNKNOWN
    if can.unverified_list:
        practice.fault(kind, operation="unVerified")
        with pytest.raises(GatewayError):
            practice.gateway.list_unverified()


@pytest.mark.fault("F25")
def test_f25_too_many_calls_say_when_to_come_back(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.fault("rate_limit", operation="verify", value=7)
    limited = practice.gateway.verify(practice.ask(begun))
    assert (limited.outcome, limited.retry_after_seconds) == (Outcome.UNKNOWN, 7)
    practice.fault("rate_limit", operation="request", value=9)
    with pytest.raises(RateLimited) as caught:
        practice.begin()
    assert caught.value.retry_after_seconds == 9


ADAPTERS = {
    "zarinpal": lambda url, **more: ZarinPal(MERCHANT, url, "sandbox", **more),
    "zibal": lambda url, **more: Zibal(ZIBAL_MERCHANT, url, "sandbox", **more),
    "sep": lambda url, **more: Sep(TERMINAL, url, "sandbox", **more),
}


@pytest.mark.fault("F26")
@pytest.mark.parametrize("name", ADAPTERS)
@pytest.mark.parametrize("kind", ["dns", "tls"])
def test_f26_a_host_without_name_or_certificate_is_unavailable(canned: Canned, name: str, kind: str) -> None:
    address = {"dns": "http://no-such-host.invalid", "tls": canned.base_url.replace("http:", "https:")}[kind]
    with pytest.raises(Unavailable):
        ADAPTERS[name](address).start(wish())


@pytest.mark.fault("F27")
@pytest.mark.parametrize("name", ADAPTERS)
def test_f27_a_drip_of_bytes_does_not_hold_the_thread(canned: Canned, name: str) -> None:
    canned.says('{"a":"' + "x" * 10_000 + '"}')
    canned.drip_seconds = 0.05
    client = JsonClient(canned.base_url, read=0.3)
    with pytest.raises(Unavailable):
        ADAPTERS[name](canned.base_url, client=client).start(wish())


@pytest.mark.fault("F32")
def test_f32_a_bank_that_says_paid_twice_is_believed_twice_with_one_receipt(practice: Practice) -> None:
    begun = practice.begin()
    practice.press(begun, "pay")
    practice.fault("verify_flip", calls=3)
    results = [practice.gateway.verify(practice.ask(begun)) for _ in range(3)]
    assert all(one.outcome.verified for one in results)
    assert len({one.receipt_ref for one in results}) == 1


def test_the_bank_of_saman_looks_at_where_a_payer_comes_from(practice: Practice) -> None:
    """The hop page sends its origin, whatever else a browser hides: without it SEP refuses."""
    begun = practice.begin()
    asked = practice.gateway.capabilities().requires_referrer
    statuses = {
        referer: requests.request(
            begun.redirect.method,
            begun.redirect.url,
            data=dict(begun.redirect.fields),
            headers={"Referer": referer} if referer else {},
            timeout=10,
        ).status_code
        for referer in ("", "http://127.0.0.1:9/", "http://elsewhere.example/")
    }
    expected = (403, 200, 403) if asked else (200, 200, 200)
    assert tuple(statuses.values()) == expected
