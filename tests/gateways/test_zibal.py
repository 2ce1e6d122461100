"""Zibal's adapter: what it sends, opens and refuses, and what each of its answers means."""

import json
from typing import Any

import pytest

from campaigns.domain.payments.contract import Outcome, VerifyRequest
from campaigns.domain.payments.errors import (
    ConfigError,
    GatewayError,
    InvalidRequest,
    Rejected,
    UnexpectedResponse,
)
from campaigns.gateways.zibal import Zibal
from tests.gateways.canned import Canned
from tests.gateways.practice import ZIBAL_MERCHANT, wish

ASK = VerifyRequest(gateway_ref="15966442233311", rials=500_000, numeric_ref=2211)
PAID = {
    "message": "success",
    "result": 100,
    "refNumber": 1234567890,
    "paidAt": "2018-03-25T23:43:01.053000",
    "status": 1,
    "amount": 500_000,
    "orderId": "2211",
    "description": "هدیه",
    "cardNumber": "62198619****8080",
    "multiplexingInfos": [],
}
ALREADY = {"message": "already verified", "result": 201}


def adapter(canned: Canned) -> Zibal:
    return Zibal(ZIBAL_MERCHANT, canned.base_url, "sandbox")


def test_the_documented_request_sends_rials_and_our_number(canned: Canned) -> None:
    canned.says({"trackId": 15966442233311, "result": 100, "message": "success"})
    request = wish(description="م" * 900, allowed_cards=("6219861034529007",))
    begun = adapter(canned).start(request)
    assert begun.gateway_ref == "15966442233311"
    assert begun.redirect.url == f"{canned.base_url}/start/15966442233311"
    path, _headers, body = canned.asked[0]
    assert path == "/v1/request"
    assert body.pop("description") == "م" * 500
    assert body == {
        "merchant": ZIBAL_MERCHANT,
        "amount": 500_000,
        "callbackUrl": request.callback_url,
        "orderId": str(request.numeric_ref),
        "mobile": "09123456789",
        "allowedCards": ["6219861034529007"],
    }


@pytest.mark.parametrize(
    ("result", "error"),
    [
        *((code, ConfigError) for code in (102, 103, 104, 106, 112, 115)),
        *((code, InvalidRequest) for code in (105, 107, 108, 109, 110, 111, 114)),
        (113, Rejected),
        *((code, UnexpectedResponse) for code in (0, 99, 201, 202, 203, 777, None, True, "x", 100.0)),
    ],
)
def test_every_refusal_to_start_has_its_error(canned: Canned, result: Any, error: type[GatewayError]) -> None:
    canned.says({"result": result, "message": "no"})
    with pytest.raises(error) as caught:
        adapter(canned).start(wish())
    assert type(caught.value) is error
    assert caught.value.raw


@pytest.mark.parametrize("track_id", [None, "", 0, -5, True, 1.5, "1e5", "../x", [1], "۱۲۳", 10**18])
def test_a_track_id_of_another_shape_opens_nothing(canned: Canned, track_id: Any) -> None:
    canned.says({"result": 100, "trackId": track_id})
    with pytest.raises(UnexpectedResponse):
        adapter(canned).start(wish())


def test_the_documented_verify_is_read_whole(canned: Canned) -> None:
    canned.says(PAID)
    result = adapter(canned).verify(ASK)
    assert (result.outcome, result.rials, result.receipt_ref) == (Outcome.PAID, 500_000, "1234567890")
    assert result.card_mask == "621986******8080"
    assert "62198619" not in json.dumps(result.raw)
    path, _headers, body = canned.asked[0]
    assert (path, body) == ("/v1/verify", {"merchant": ZIBAL_MERCHANT, "trackId": 15966442233311})


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"amount": 50_000}, Outcome.MISMATCH),
        ({"amount": 5_000_000}, Outcome.MISMATCH),
        ({"amount": "500000"}, Outcome.PAID),
        ({"orderId": "2212"}, Outcome.MISMATCH),
        ({"orderId": 2211}, Outcome.PAID),
        ({"orderId": None}, Outcome.PAID),
        ({"status": 2}, Outcome.UNKNOWN),
        ({"status": None}, Outcome.PAID),
    ],
)
def test_verified_money_must_be_ours_by_amount_and_order(
    canned: Canned, change: dict[str, Any], outcome: Outcome
) -> None:
    canned.says(PAID | change)
    assert adapter(canned).verify(ASK).outcome == outcome


@pytest.mark.parametrize("result", [202, 203])
def test_a_definite_no_is_not_paid(canned: Canned, result: int) -> None:
    canned.says({"result": result, "message": "no"})
    assert adapter(canned).verify(ASK).outcome == Outcome.NOT_PAID
    assert adapter(canned).inquire(ASK).outcome == Outcome.NOT_PAID


@pytest.mark.fault("F35")
@pytest.mark.parametrize("result", [0, 99, 101, 102, 103, 104, 105, 106, 113, 115, 200, 429, -1])
def test_f35_a_result_about_something_else_says_nothing_about_money(canned: Canned, result: int) -> None:
    canned.says(PAID | {"result": result})
    assert adapter(canned).verify(ASK).outcome == Outcome.UNKNOWN
    assert adapter(canned).inquire(ASK).outcome == Outcome.UNKNOWN


@pytest.mark.fault("F35")
@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (-2, Outcome.UNKNOWN),
        (-1, Outcome.PENDING),
        (1, Outcome.ALREADY),
        (2, Outcome.PAID_UNVERIFIED),
        *((status, Outcome.NOT_PAID) for status in range(3, 13)),
        (15, Outcome.REFUNDED),
        (16, Outcome.REFUNDED),
        (18, Outcome.REVERSED),
        *((status, Outcome.UNKNOWN) for status in (0, 13, 14, 17, 19, 21, 99, None, "x", 1.0, True, [1])),
    ],
)
def test_f35_every_status_of_an_inquiry_has_its_meaning(
    canned: Canned, status: Any, outcome: Outcome
) -> None:
    canned.says(PAID | {"status": status})
    result = adapter(canned).inquire(ASK)
    assert result.outcome == outcome
    assert result.outcome != Outcome.PAID


@pytest.mark.fault("F33")
@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, Outcome.ALREADY),
        ({"amount": 50_000}, Outcome.MISMATCH),
        ({"orderId": "2212"}, Outcome.MISMATCH),
        ({"amount": None}, Outcome.UNKNOWN),
        ({"orderId": None}, Outcome.UNKNOWN),
        ({"status": 2}, Outcome.UNKNOWN),
        ({"status": 3}, Outcome.UNKNOWN),
        ({"status": -1}, Outcome.UNKNOWN),
        ({"status": 18}, Outcome.REVERSED),
        ({"status": 15}, Outcome.REFUNDED),
        ({"result": 203}, Outcome.UNKNOWN),
        ({"result": 115}, Outcome.UNKNOWN),
    ],
)
@pytest.mark.parametrize("first", [ALREADY, {"result": 100}, {"result": 100, "status": 1, "orderId": "2211"}])
def test_f33_verified_without_an_amount_is_ours_only_when_an_inquiry_says_whose_it_is(
    canned: Canned, first: dict[str, Any], change: dict[str, Any], outcome: Outcome
) -> None:
    canned.replies = {"/v1/verify": first, "/v1/inquiry": PAID | change}
    result = adapter(canned).verify(ASK)
    expected = Outcome.PAID if outcome is Outcome.ALREADY and first["result"] == 100 else outcome
    assert result.outcome == expected
    assert [path for path, _headers, _body in canned.asked] == ["/v1/verify", "/v1/inquiry"]
    if result.outcome.verified:
        assert (result.rials, result.receipt_ref) == (500_000, "1234567890")


@pytest.mark.fault("F33")
def test_f33_an_inquiry_that_fails_leaves_it_open(canned: Canned) -> None:
    canned.replies = {"/v1/verify": ALREADY, "/v1/inquiry": "<html>"}
    assert adapter(canned).verify(ASK).outcome == Outcome.UNKNOWN


@pytest.mark.fault("F34")
def test_f34_numbers_may_come_as_text(canned: Canned) -> None:
    canned.says(PAID | {"result": "100", "status": "1", "refNumber": "7"})
    result = adapter(canned).verify(ASK)
    assert (result.outcome, result.receipt_ref) == (Outcome.PAID, "7")


@pytest.mark.fault("F36")
@pytest.mark.parametrize("receipt", [None, "", 2.5, [], "x", 0])
def test_f36_a_missing_receipt_does_not_lose_the_money(canned: Canned, receipt: Any) -> None:
    canned.says(PAID | {"refNumber": receipt})
    result = adapter(canned).verify(ASK)
    assert (result.outcome, result.receipt_ref) == (Outcome.PAID, None)


@pytest.mark.parametrize("status", [302, 400, 500])
def test_a_success_that_its_status_denies_is_not_believed(canned: Canned, status: int) -> None:
    canned.says(PAID, status)
    assert adapter(canned).verify(ASK).outcome == Outcome.UNKNOWN
    assert adapter(canned).inquire(ASK).outcome == Outcome.UNKNOWN


@pytest.mark.fault("F17")
@pytest.mark.parametrize("ref", ["", "x", "-1", "S" + "0" * 35, "1" * 19])
def test_f17_a_session_of_another_shape_is_never_asked_about(canned: Canned, ref: str) -> None:
    assert adapter(canned).verify(VerifyRequest(ref, 500_000, 2211)).outcome == Outcome.MISMATCH
    assert canned.asked == []


@pytest.mark.parametrize(
    ("values", "hint", "code"),
    [
        ({"success": "1", "status": "2"}, "ok", "2"),
        ({"success": "1"}, "ok", None),
        ({"success": "0", "status": "2"}, "ok", "2"),
        ({"success": "0", "status": "3"}, "cancelled", "3"),
        ({"success": "0", "status": "6"}, "failed", "6"),
        ({"success": "0"}, "failed", None),
        ({"success": "0", "status": "-1"}, "unknown", "-1"),
        ({"status": "77"}, "unknown", None),
        ({}, "unknown", None),
    ],
)
@pytest.mark.parametrize("lazy", [False, True])
def test_the_way_back_is_only_a_hint(values: dict[str, str], hint: str, code: str | None, lazy: bool) -> None:
    gateway = Zibal(ZIBAL_MERCHANT, "http://127.0.0.1:9", "sandbox")
    named = {"trackId": 15966442233311 if lazy else "15966442233311", "orderId": "2211", **values}
    found = gateway.parse_callback(
        "POST" if lazy else "GET", {} if lazy else named, {}, named if lazy else None
    )
    assert (found.gateway_ref, found.numeric_ref) == ("15966442233311", 2211)
    assert (found.hint, found.code) == (hint, code)


@pytest.mark.parametrize(
    ("merchant", "base_url", "environment"),
    [
        ("a-live-merchant", "https://gateway.zibal.ir", "live"),
        ("a-live-merchant", "https://relay.example/zibal", "live"),
        ("zibal", "https://gateway.zibal.ir", "sandbox"),
        ("zibal", "http://127.0.0.1:8010", "sandbox"),
        ("another", "http://127.0.0.1:8010", "sandbox"),
    ],
)
def test_an_environment_that_fits_is_accepted(merchant: str, base_url: str, environment: str) -> None:
    assert Zibal(merchant, base_url, environment).environment == environment


@pytest.mark.fault("F17")
@pytest.mark.parametrize(
    ("merchant", "base_url", "environment"),
    [
        ("zibal", "https://gateway.zibal.ir", "live"),
        ("a-live-merchant", "https://gateway.zibal.ir", "sandbox"),
        ("a-live-merchant", "http://gateway.zibal.ir", "live"),
        ("a-live-merchant", "https://127.0.0.1:8010", "live"),
        ("a-live-merchant", "", "live"),
        ("zibal", "", "sandbox"),
        ("zibal", "https://gateway.zibal.ir", "production"),
        ("", "https://gateway.zibal.ir", "live"),
        ("a b", "https://gateway.zibal.ir", "live"),
    ],
)
def test_f17_practice_and_money_never_mix(merchant: str, base_url: str, environment: str) -> None:
    with pytest.raises(ConfigError):
        Zibal(merchant, base_url, environment)
