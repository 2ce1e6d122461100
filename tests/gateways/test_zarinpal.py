"""ZarinPal's adapter: what it sends, opens and refuses."""

from datetime import UTC, datetime
from typing import Any

import pytest

from campaigns.domain.payments.contract import Outcome, VerifyRequest
from campaigns.domain.payments.errors import (
    ConfigError,
    GatewayError,
    InvalidRequest,
    RateLimited,
    Rejected,
    Unavailable,
    UnexpectedResponse,
)
from campaigns.gateways.zarinpal import ZarinPal
from tests.gateways.canned import Canned
from tests.gateways.practice import MERCHANT, wish
from tests.gateways.recorded import ASK, AUTHORITY, LIVE_AUTHORITY, adapter, refused, success


def test_the_documented_request_sends_rials_without_a_currency(canned: Canned) -> None:
    canned.says(success({"code": 100, "authority": AUTHORITY, "fee_type": "Merchant", "fee": 100}))
    begun = adapter(canned).start(wish(description="م" * 900, allowed_cards=("5022291234565995",)))
    assert begun.fee_rials == 100
    assert begun.redirect.url == f"{canned.base_url}/pg/StartPay/{AUTHORITY}"
    path, _headers, body = canned.asked[0]
    assert path == "/pg/v4/payment/request.json"
    assert body["amount"] == 500_000
    assert type(body["amount"]) is int
    assert len(body["description"]) == 500
    assert "currency" not in body
    assert body["metadata"]["mobile"] == "09123456789"
    assert body["metadata"]["card_pan"] == ["5022291234565995"]
    assert body["metadata"]["auto_verify"] is True


@pytest.mark.parametrize("mobile", [None, "", "+97150123456", "0912", "۰۹۱۲۳۴۵۶۷۸۹"])
def test_a_mobile_zarinpal_would_refuse_is_left_out(canned: Canned, mobile: str | None) -> None:
    canned.says(success({"code": 100, "authority": AUTHORITY}))
    adapter(canned).start(wish(mobile=mobile, email=None))
    assert set(canned.asked[0][2]["metadata"]) == {"order_id", "auto_verify"}


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (-9, InvalidRequest),
        *((code, ConfigError) for code in (-10, -11, -13, -14, -15, -16, -17, -18, -19)),
        *((code, ConfigError) for code in range(-38, -29)),
        (-12, RateLimited),
        (-40, InvalidRequest),
        (-41, Rejected),
        (-52, Unavailable),
        (-777, UnexpectedResponse),
        (101, UnexpectedResponse),
    ],
)
def test_every_refusal_to_start_has_its_error(canned: Canned, code: int, error: type[GatewayError]) -> None:
    canned.says(refused(code, data=[]))
    with pytest.raises(error) as caught:
        adapter(canned).start(wish())
    assert type(caught.value) is error
    assert caught.value.code == str(code)
    assert caught.value.raw


def test_too_many_attempts_say_how_long_to_wait(canned: Canned) -> None:
    canned.says(refused(-12), 200, Retry_After="30")
    with pytest.raises(RateLimited) as caught:
        adapter(canned).start(wish())
    assert caught.value.retry_after_seconds == 30
    assert adapter(canned).verify(ASK).retry_after_seconds == 30


@pytest.mark.parametrize(
    "authority",
    [LIVE_AUTHORITY, "", None, 36, AUTHORITY + "0", AUTHORITY[:-1], "../" + AUTHORITY[3:], [AUTHORITY]],
)
def test_an_authority_of_another_shape_opens_nothing(canned: Canned, authority: Any) -> None:
    canned.says(success({"code": 100, "authority": authority}))
    with pytest.raises(UnexpectedResponse):
        adapter(canned).start(wish())


@pytest.mark.fault("F17")
def test_a_live_authority_is_never_asked_about_in_the_sandbox(canned: Canned) -> None:
    stranger = VerifyRequest(gateway_ref=LIVE_AUTHORITY, rials=500_000, numeric_ref=1)
    assert adapter(canned).verify(stranger).outcome == Outcome.MISMATCH
    assert adapter(canned).inquire(stranger).outcome == Outcome.MISMATCH
    assert canned.asked == []


def test_the_documented_list_of_unverified_is_read(canned: Canned) -> None:
    row = {"authority": AUTHORITY, "amount": 50500, "callback_url": "https://a.example/", "referer": "/"}
    odd = [
        {"authority": LIVE_AUTHORITY, "amount": 1},
        {"authority": AUTHORITY, "amount": 1.5},
        {"amount": 1},
        "text",
        None,
    ]
    dateless = [
        {"date": "0000-00-00 00:00:00", "amount": "7"},
        {"date": "0001-01-01 00:00:00", "amount": "7"},
    ]
    rows = [row | {"date": "2017-07-01 10:33:25"}, *(row | more for more in dateless), *odd]
    canned.says(success({"code": "100", "message": "Success", "authorities": rows}))
    dated, *undated = adapter(canned).list_unverified()
    assert (dated.gateway_ref, dated.rials, dated.callback_url) == (AUTHORITY, 50500, "https://a.example/")
    assert dated.paid_at == datetime(
        2017, 7, 1, 6, 3, 25, tzinfo=UTC
    )  # 04:30 ahead: summer time, before 1401
    assert [(one.rials, one.paid_at) for one in undated] == [(7, None), (7, None)]


@pytest.mark.parametrize("rows", [None, {}, "none", 0])
def test_a_list_that_is_no_list_is_not_taken_for_an_empty_one(canned: Canned, rows: Any) -> None:
    canned.says(success({"code": 100, "authorities": rows}))
    with pytest.raises(UnexpectedResponse):
        adapter(canned).list_unverified()


def test_an_empty_list_is_empty(canned: Canned) -> None:
    canned.says(success({"code": 100, "authorities": []}))
    assert adapter(canned).list_unverified() == []


@pytest.mark.parametrize(
    ("base_url", "environment"),
    [
        ("https://payment.zarinpal.com", "live"),
        ("https://payment.zarinpal.com/", "live"),
        ("https://relay.example", "live"),
        ("https://sandbox.zarinpal.com", "sandbox"),
        ("http://127.0.0.1:8010", "sandbox"),
    ],
)
def test_an_environment_that_fits_its_host_is_accepted(base_url: str, environment: str) -> None:
    assert ZarinPal(MERCHANT, base_url, environment).environment == environment


@pytest.mark.fault("F17")
@pytest.mark.parametrize(
    ("base_url", "environment"),
    [
        ("https://sandbox.zarinpal.com", "live"),
        ("http://payment.zarinpal.com", "live"),
        ("https://127.0.0.1:8010", "live"),
        ("https://localhost", "live"),
        ("https://[::1]", "live"),
        ("", "live"),
        ("https://payment.zarinpal.com", "sandbox"),
        ("https://api.zarinpal.com", "sandbox"),
        ("https://zarinpal.com", "sandbox"),
        ("https://PAYMENT.ZARINPAL.COM", "sandbox"),
        ("", "sandbox"),
        ("https://payment.zarinpal.com", "production"),
    ],
)
def test_f17_practice_and_money_never_mix(base_url: str, environment: str) -> None:
    with pytest.raises(ConfigError):
        ZarinPal(MERCHANT, base_url, environment)


@pytest.mark.parametrize("merchant", ["", "zibal", MERCHANT.upper() + "x", "0" * 36, f" {MERCHANT}"])
def test_a_merchant_that_is_no_uuid_is_refused(merchant: str) -> None:
    with pytest.raises(ConfigError):
        ZarinPal(merchant, "https://payment.zarinpal.com", "live")


def test_the_live_adapter_knows_only_live_authorities() -> None:
    live = ZarinPal(MERCHANT, "https://payment.zarinpal.com", "live")
    assert live.parse_callback("GET", {"Authority": LIVE_AUTHORITY}, {}, None).gateway_ref == LIVE_AUTHORITY
    assert live.parse_callback("GET", {"Authority": AUTHORITY}, {}, None).gateway_ref is None
    assert live.verify(ASK).outcome == Outcome.MISMATCH
