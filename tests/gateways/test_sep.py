"""Saman's adapter: what it sends, opens and refuses, and what each of its answers means."""

import json
from dataclasses import replace
from typing import Any

import pytest

from campaigns.domain.payments.contract import Outcome, VerifyRequest
from campaigns.domain.payments.errors import ConfigError, GatewayError, InvalidRequest, UnexpectedResponse
from campaigns.gateways.sep import Sep
from tests.gateways.canned import Canned
from tests.gateways.practice import TERMINAL, wish

TOKEN, REF_NUM = "2c3c1fefac5a48geb9f9be7e445dd9b2", "GmshtyjwKSu7kEcLnYJHHd5nDyjBFLPY+0MlMbFPRt"
ASK = VerifyRequest(gateway_ref=TOKEN, rials=500_000, numeric_ref=2211, receipt_ref=REF_NUM)
DETAIL = {
    "RRN": "14226761817",
    "RefNum": REF_NUM,
    "MaskedPan": "621986****8080",
    "HashedPan": "b96a14400c3a59249e87c300ecc06e5920327e70220213b5bbb7d7b2410f7e0d",
    "TerminalNumber": int(TERMINAL),
    "OrginalAmount": 500_000,
    "AffectiveAmount": 500_000,
    "StraceDate": "2019-09-16 18:11:06",
    "StraceNo": "100428",
}
PAID = {"TransactionDetail": DETAIL, "ResultCode": 0, "ResultDescription": "ok", "Success": True}
BACK = {"MID": TERMINAL, "ResNum": "2211", "RefNum": REF_NUM, "State": "OK", "Status": "2", "Token": TOKEN}


def adapter(canned: Canned) -> Sep:
    return Sep(TERMINAL, canned.base_url, "sandbox")


def offline() -> Sep:
    return Sep(TERMINAL, "http://127.0.0.1:9", "sandbox")


def said(code: Any = 0, **detail: Any) -> dict[str, Any]:
    return PAID | {"ResultCode": code, "TransactionDetail": DETAIL | detail}


def test_the_documented_token_is_asked_for_and_posted_on(canned: Canned) -> None:
    canned.says({"status": 1, "token": TOKEN})
    request = wish()
    begun = adapter(canned).start(request)
    assert begun.gateway_ref == TOKEN
    assert begun.redirect.method == "POST"
    assert begun.redirect.url == f"{canned.base_url}/OnlinePG/OnlinePG"
    assert begun.redirect.fields == {"Token": TOKEN}
    path, _headers, body = canned.asked[0]
    assert path == "/onlinepg/onlinepg"
    assert body == {
        "action": "token",
        "TerminalId": TERMINAL,
        "Amount": 500_000,
        "ResNum": str(request.numeric_ref),
        "RedirectUrl": request.callback_url,
        "TokenExpiryInMin": 20,
        "CellNumber": "09123456789",
    }


@pytest.mark.parametrize(
    ("code", "error"),
    [
        *((code, ConfigError) for code in ("8", 8, "12", "21")),
        ("5", InvalidRequest),
        *((code, UnexpectedResponse) for code in ("1", "3", "77", "", None, 8.0, True)),
    ],
)
def test_every_refusal_to_start_has_its_error(canned: Canned, code: Any, error: type[GatewayError]) -> None:
    canned.says({"status": -1, "errorCode": code, "errorDesc": "خیر"})
    with pytest.raises(error) as caught:
        adapter(canned).start(wish())
    assert type(caught.value) is error
    assert caught.value.raw


@pytest.mark.parametrize("token", [None, "", "short", "x" * 81, 7, ["x" * 32], "with space in it", "پ" * 32])
def test_a_token_of_another_shape_opens_nothing(canned: Canned, token: Any) -> None:
    canned.says({"status": 1, "token": token})
    with pytest.raises(UnexpectedResponse):
        adapter(canned).start(wish())


def test_a_token_that_its_http_status_denies_opens_nothing(canned: Canned) -> None:
    canned.says({"status": 1, "token": TOKEN}, 500)
    with pytest.raises(UnexpectedResponse):
        adapter(canned).start(wish())


def test_a_way_back_that_is_too_long_is_not_sent(canned: Canned) -> None:
    with pytest.raises(InvalidRequest):
        adapter(canned).start(wish(callback_url="https://a.example/" + "x" * 2_083))
    assert canned.asked == []


def test_the_documented_verify_is_read_whole(canned: Canned) -> None:
    canned.says(PAID)
    result = adapter(canned).verify(ASK)
    assert (result.outcome, result.rials, result.receipt_ref) == (Outcome.PAID, 500_000, REF_NUM)
    assert (result.bank_ref, result.card_mask) == ("14226761817", "621986******8080")
    assert result.card_hash == DETAIL["HashedPan"]
    assert "621986" not in json.dumps(result.raw)
    path, _headers, body = canned.asked[0]
    assert path == "/verifyTxnRandomSessionkey/ipg/VerifyTransaction"
    assert body == {"RefNum": REF_NUM, "TerminalNumber": int(TERMINAL)}


@pytest.mark.fault("F35")
@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (0, Outcome.PAID),
        (2, Outcome.ALREADY),
        (5, Outcome.REVERSED),
        (-2, Outcome.NOT_PAID),
        (-6, Outcome.REVERSED),
        *((code, Outcome.UNKNOWN) for code in (-104, -105, -106, -111, -1, 1, 3, 100, None, 0.0, True, "x")),
    ],
)
def test_f35_every_code_of_verify_has_its_meaning(canned: Canned, code: Any, outcome: Outcome) -> None:
    canned.says(said(code))
    assert adapter(canned).verify(ASK).outcome == outcome


@pytest.mark.parametrize("code", [0, 2])
@pytest.mark.parametrize(
    ("change", "outcome", "rials"),
    [
        ({"OrginalAmount": 50_000}, Outcome.MISMATCH, 50_000),
        ({"OrginalAmount": 5_000_000}, Outcome.MISMATCH, 5_000_000),
        ({"OrginalAmount": None}, Outcome.UNKNOWN, None),
        ({"OrginalAmount": 500_000.0}, Outcome.UNKNOWN, None),
        ({"TerminalNumber": 2016}, Outcome.MISMATCH, None),
        ({"TerminalNumber": None}, Outcome.UNKNOWN, None),
        ({"RefNum": "another+RefNum"}, Outcome.MISMATCH, None),
        ({"RefNum": None}, Outcome.MISMATCH, None),
    ],
)
def test_money_is_ours_by_terminal_receipt_and_original_amount(
    canned: Canned, code: int, change: dict[str, Any], outcome: Outcome, rials: int | None
) -> None:
    canned.says(said(code, **change))
    result = adapter(canned).verify(ASK)
    assert (result.outcome, result.rials) == (outcome, rials)


@pytest.mark.fault("F33")
@pytest.mark.parametrize("detail", [None, [], "x", {}])
@pytest.mark.parametrize("code", [0, 2])
def test_f33_a_success_without_the_facts_of_the_payment_is_unknown(
    canned: Canned, code: int, detail: Any
) -> None:
    canned.says(PAID | {"ResultCode": code, "TransactionDetail": detail})
    assert adapter(canned).verify(ASK).outcome == Outcome.UNKNOWN


@pytest.mark.fault("F34")
def test_f34_numbers_may_come_as_text(canned: Canned) -> None:
    canned.says(said("0", OrginalAmount="500000", TerminalNumber=TERMINAL))
    assert adapter(canned).verify(ASK).outcome == Outcome.PAID


@pytest.mark.fault("F36")
@pytest.mark.parametrize("gone", ["RRN", "MaskedPan", "HashedPan", "RefNum", "StraceNo"])
def test_f36_a_missing_trace_does_not_lose_the_money(canned: Canned, gone: str) -> None:
    detail = {name: value for name, value in DETAIL.items() if name != gone}
    canned.says(PAID | {"TransactionDetail": detail})
    result = adapter(canned).verify(ASK)
    assert (result.outcome, result.receipt_ref) == (Outcome.PAID, REF_NUM)


@pytest.mark.parametrize(
    ("body", "status"), [(PAID, 302), (PAID, 500), (PAID | {"Success": False}, 200), (said(2), 500)]
)
def test_a_success_that_something_else_denies_is_not_believed(
    canned: Canned, body: dict[str, Any], status: int
) -> None:
    canned.says(body, status)
    assert adapter(canned).verify(ASK).outcome == Outcome.UNKNOWN


def test_without_a_receipt_there_is_nothing_to_ask(canned: Canned) -> None:
    gateway, unheard = adapter(canned), replace(ASK, receipt_ref=None)
    assert gateway.verify(unheard).outcome == Outcome.UNKNOWN
    assert gateway.reverse(unheard).outcome == Outcome.UNKNOWN
    assert gateway.inquire(ASK).outcome == Outcome.UNKNOWN
    assert canned.asked == []


@pytest.mark.fault("F19")
@pytest.mark.parametrize("receipt", ["", "x", "x" * 81, "a b c d e f", "۱۲۳۴۵۶۷۸"])
def test_f19_a_receipt_of_another_shape_is_never_sent(canned: Canned, receipt: str) -> None:
    assert adapter(canned).verify(replace(ASK, receipt_ref=receipt)).outcome == Outcome.NOT_PAID
    assert canned.asked == []


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (0, Outcome.REVERSED),
        (5, Outcome.REVERSED),
        *((code, Outcome.REFUSED) for code in (-2, -6, -104, -105, -106, -111)),
        *((code, Outcome.UNKNOWN) for code in (2, 1, 77, None, "x")),
    ],
)
def test_every_code_of_a_reversal_has_its_meaning(canned: Canned, code: Any, outcome: Outcome) -> None:
    canned.says(said(code))
    assert adapter(canned).reverse(ASK).outcome == outcome
    assert canned.asked[0][0] == "/verifyTxnRandomSessionkey/ipg/ReverseTransaction"


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({}, "ok"),
        ({"Status": None}, "ok"),
        ({"Status": "1", "State": "CanceledByUser"}, "cancelled"),
        ({"Status": None, "State": "CanceledByUser"}, "cancelled"),
        ({"Status": "3", "State": "Failed"}, "failed"),
        ({"Status": None, "State": "SessionIsNull"}, "failed"),
        ({"Status": "77"}, "unknown"),
        ({"Status": None, "State": None}, "unknown"),
    ],
)
def test_the_way_back_is_only_a_hint(change: dict[str, Any], hint: str) -> None:
    form = {name: [value] for name, value in (BACK | change).items() if value is not None}
    found = offline().parse_callback("POST", {}, form, None)
    assert (found.gateway_ref, found.numeric_ref, found.receipt_ref) == (TOKEN, 2211, REF_NUM)
    assert found.hint == hint


def test_a_way_back_without_a_token_is_known_by_our_number() -> None:
    form = {name: value for name, value in BACK.items() if name != "Token"}
    found = offline().parse_callback("POST", {}, form, None)
    assert found.names(TOKEN, 2211)
    assert not found.names(TOKEN, 2212)
    assert not offline().parse_callback("POST", {}, BACK, None).names("another-token", 2211)


@pytest.mark.parametrize(
    ("base_url", "environment"),
    [
        ("https://sep.shaparak.ir", "live"),
        ("https://relay.example", "live"),
        ("http://127.0.0.1:8010", "sandbox"),
        ("https://practice.example/saman", "sandbox"),
    ],
)
def test_an_environment_that_fits_its_host_is_accepted(base_url: str, environment: str) -> None:
    assert Sep(TERMINAL, base_url, environment).environment == environment


@pytest.mark.fault("F17")
@pytest.mark.parametrize(
    ("terminal", "base_url", "environment"),
    [
        (TERMINAL, "https://sep.shaparak.ir", "sandbox"),
        (TERMINAL, "http://sep.shaparak.ir", "live"),
        (TERMINAL, "http://127.0.0.1:8010", "live"),
        (TERMINAL, "https://localhost", "live"),
        (TERMINAL, "https://sep.shaparak.ir", "production"),
        ("", "https://sep.shaparak.ir", "live"),
        ("terminal", "https://sep.shaparak.ir", "live"),
        ("۲۰۱۵", "https://sep.shaparak.ir", "live"),
    ],
)
def test_f17_practice_and_money_never_mix(terminal: str, base_url: str, environment: str) -> None:
    with pytest.raises(ConfigError):
        Sep(terminal, base_url, environment)
