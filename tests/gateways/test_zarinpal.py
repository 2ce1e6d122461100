"""ZarinPal's answers as its documents, and the people who met it, describe them."""

import json
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

AUTHORITY = "S" + "0000a" * 7
LIVE_AUTHORITY = "A" + AUTHORITY[1:]
ASK = VerifyRequest(gateway_ref=AUTHORITY, rials=500_000, numeric_ref=1)
PAID = {
    "code": 100,
    "message": "Verified",
    "card_hash": "1EBE3EBEBE35C7EC0F8D6EE4F2F859107A87822CA179BC9528767EA7B5489B69",
    "card_pan": "502229******5995",
    "ref_id": 201,
    "fee_type": "Merchant",
    "fee": 0,
}
EMPTY = [[], {}, None]


def adapter(canned: Canned) -> ZarinPal:
    return ZarinPal(MERCHANT, canned.base_url, "sandbox")


def refused(code: object, *, shape: str = "object", data: Any = None) -> dict[str, Any]:
    errors = {"code": code, "message": "no", "validations": []}
    return {"data": data, "errors": [errors] if shape == "list" else errors}


def success(data: dict[str, Any], errors: Any = ()) -> dict[str, Any]:
    return {"data": data, "errors": errors}


def test_the_documented_verify_is_read_whole(canned: Canned) -> None:
    canned.says(success(PAID))
    result = adapter(canned).verify(ASK)
    assert result.outcome == Outcome.PAID
    assert (result.receipt_ref, result.code, result.fee_rials) == ("201", "100", 0)
    assert result.card_mask == "502229******5995"
    assert result.card_hash == PAID["card_hash"]
    assert result.rials is None
    path, headers, body = canned.asked[0]
    assert path == "/pg/v4/payment/verify.json"
    assert body == {"merchant_id": MERCHANT, "authority": AUTHORITY, "amount": 500_000}
    assert headers["Accept"] == "application/json"
    assert headers["User-Agent"].startswith("Pooyesh/")


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
    ("code", "outcome"),
    [
        (100, Outcome.PAID),
        (101, Outcome.ALREADY),
        (-50, Outcome.MISMATCH),
        (-51, Outcome.NOT_PAID),
        (-52, Outcome.UNKNOWN),
        (-53, Outcome.MISMATCH),
        (-54, Outcome.NOT_PAID),
        (-55, Outcome.NOT_PAID),
        *((code, Outcome.UNKNOWN) for code in (-9, *range(-19, -9), *range(-38, -29), -40, -41)),
        *((code, Outcome.UNKNOWN) for code in (-60, -61, -62, -63, 0, 1, 200, -1, -999)),
    ],
)
@pytest.mark.parametrize("text", [False, True])
def test_every_code_of_verify_has_its_meaning(
    canned: Canned, code: int, outcome: Outcome, text: bool
) -> None:
    said = str(code) if text else code
    canned.says(success(PAID | {"code": said}) if code > 0 else refused(said))
    result = adapter(canned).verify(ASK)
    assert result.outcome == outcome
    assert result.code == str(code)


@pytest.mark.parametrize("data", EMPTY)
@pytest.mark.parametrize("shape", ["object", "list"])
@pytest.mark.parametrize("status", [200, 400, 401, 422, 500])
def test_a_refusal_is_read_in_every_shape(canned: Canned, data: Any, shape: str, status: int) -> None:
    canned.says(refused(-51, shape=shape, data=data), status)
    assert adapter(canned).verify(ASK).outcome == Outcome.NOT_PAID


@pytest.mark.parametrize("errors", EMPTY)
def test_a_success_is_read_with_every_kind_of_no_errors(canned: Canned, errors: Any) -> None:
    canned.says(success(PAID, errors))
    assert adapter(canned).verify(ASK).outcome == Outcome.PAID


@pytest.mark.parametrize("status", [302, 400, 402, 500, 502])
def test_a_success_that_its_status_denies_is_not_believed(canned: Canned, status: int) -> None:
    canned.says(success(PAID), status)
    assert adapter(canned).verify(ASK).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize(
    "code", [100.0, 1e2, True, None, "۱۰۰", "100.0", " 100", [100], {"code": 100}, 10**30]
)
def test_a_code_that_is_not_a_whole_number_is_unknown(canned: Canned, code: Any) -> None:
    canned.says(success(PAID | {"code": code}))
    assert adapter(canned).verify(ASK).outcome == Outcome.UNKNOWN


def test_two_codes_that_disagree_are_unknown(canned: Canned) -> None:
    canned.says({"data": PAID, "errors": {"code": -51}})
    assert adapter(canned).verify(ASK).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        '"100"',
        "100",
        "NaN",
        '{"data"',
        "<html>",
        "[" * 60_000,
        b"\xff\xfe{}",
        '{"data":[]}',
        "{}",
    ],
)
@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_outside_the_protocol_is_unknown(canned: Canned, body: str | bytes, status: int) -> None:
    canned.says(body, status)
    gateway = adapter(canned)
    assert gateway.verify(ASK).outcome == Outcome.UNKNOWN
    assert gateway.inquire(ASK).outcome == Outcome.UNKNOWN
    with pytest.raises(
        Unavailable if status == 500 and body not in {"{}", '{"data":[]}'} else UnexpectedResponse
    ):
        gateway.start(wish())
    with pytest.raises(GatewayError):
        gateway.list_unverified()


def test_a_receipt_and_card_of_wrong_types_do_not_lose_the_money(canned: Canned) -> None:
    canned.says(success(PAID | {"ref_id": 2.5, "card_pan": ["x"], "card_hash": 5, "fee": "much"}))
    result = adapter(canned).verify(ASK)
    assert result.outcome == Outcome.PAID
    assert (result.receipt_ref, result.card_mask, result.card_hash, result.fee_rials) == (None,) * 4


def test_a_missing_receipt_does_not_lose_the_money(canned: Canned) -> None:
    canned.says(success({"code": 101}))
    assert adapter(canned).verify(ASK).outcome == Outcome.ALREADY


def test_a_whole_card_number_is_cut_at_once(canned: Canned) -> None:
    canned.says(success(PAID | {"card_pan": "5022291234565995"}))
    result = adapter(canned).verify(ASK)
    assert result.card_mask == "502229******5995"
    assert "5022291234565995" not in json.dumps(result.raw)


@pytest.mark.parametrize(
    ("rials", "outcome"),
    [
        (500_000, Outcome.PAID),
        ("500000", Outcome.PAID),
        (50_000, Outcome.MISMATCH),
        (5_000_000, Outcome.MISMATCH),
    ],
)
def test_an_amount_that_comes_back_must_be_ours(canned: Canned, rials: Any, outcome: Outcome) -> None:
    canned.says(success(PAID | {"amount": rials}))
    assert adapter(canned).verify(ASK).outcome == outcome


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("VERIFIED", Outcome.ALREADY),
        ("PAID", Outcome.PAID_UNVERIFIED),
        ("paid", Outcome.PAID_UNVERIFIED),
        ("IN_BANK", Outcome.PENDING),
        ("FAILED", Outcome.NOT_PAID),
        ("REVERSED", Outcome.REVERSED),
        ("TRASH", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
        (None, Outcome.UNKNOWN),
        (1, Outcome.UNKNOWN),
        (["PAID"], Outcome.UNKNOWN),
    ],
)
def test_every_status_of_an_inquiry_has_its_meaning(canned: Canned, status: Any, outcome: Outcome) -> None:
    canned.says(success({"code": "100", "message": "ok", "status": status}))
    result = adapter(canned).inquire(ASK)
    assert result.outcome == outcome
    assert result.outcome != Outcome.PAID


@pytest.mark.parametrize(
    ("code", "outcome"), [(-51, Outcome.NOT_PAID), (-54, Outcome.NOT_PAID), (-10, Outcome.UNKNOWN)]
)
def test_an_inquiry_may_be_refused(canned: Canned, code: int, outcome: Outcome) -> None:
    canned.says(refused(code, shape="list", data=[]), 404)
    assert adapter(canned).inquire(ASK).outcome == outcome


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
    rows = [row | {"date": "2017-07-01 10:33:25"}, row | {"date": "0000-00-00 00:00:00", "amount": "7"}, *odd]
    canned.says(success({"code": "100", "message": "Success", "authorities": rows}))
    dated, undated = adapter(canned).list_unverified()
    assert (dated.gateway_ref, dated.rials, dated.callback_url) == (AUTHORITY, 50500, "https://a.example/")
    assert dated.paid_at == datetime(
        2017, 7, 1, 6, 3, 25, tzinfo=UTC
    )  # 04:30 ahead: summer time, before 1401
    assert (undated.rials, undated.paid_at) == (7, None)


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
def test_practice_and_money_never_mix(base_url: str, environment: str) -> None:
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
