"""What each of ZarinPal's answers means, whatever shape it comes in."""

import json
from typing import Any

import pytest

from campaigns.domain.payments.contract import Outcome
from campaigns.domain.payments.errors import (
    GatewayError,
    Unavailable,
    UnexpectedResponse,
)
from tests.gateways.canned import Canned
from tests.gateways.practice import MERCHANT, wish
from tests.gateways.recorded import ASK, AUTHORITY, EMPTY, PAID, adapter, refused, success


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


def test_a_fee_that_the_payer_bears_is_none_of_ours(canned: Canned) -> None:
    canned.says(success(PAID | {"fee_type": "Payer", "fee": 5000}))
    assert adapter(canned).verify(ASK).fee_rials is None


def test_money_of_another_amount_that_is_ours_already_is_said(canned: Canned) -> None:
    canned.says(success(PAID | {"amount": 50}))
    result = adapter(canned).verify(ASK)
    assert (result.outcome, result.rials) == (Outcome.MISMATCH, 50)


@pytest.mark.fault("F34", "F35")
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
def test_f34_f35_every_code_of_verify_has_its_meaning(
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


@pytest.mark.fault("F36")
def test_f36_a_missing_receipt_does_not_lose_the_money(canned: Canned) -> None:
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


@pytest.mark.fault("F35")
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
def test_f35_every_status_of_an_inquiry_has_its_meaning(
    canned: Canned, status: Any, outcome: Outcome
) -> None:
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
    ("said", "outcome"),
    [
        (success({"code": 100, "message": "Reversed"}), Outcome.REVERSED),
        *((refused(code), Outcome.REFUSED) for code in (-60, -62, -63)),
        *((refused(code), Outcome.UNKNOWN) for code in (-9, -10, -12, -52, -54, -777)),
    ],
)
def test_every_code_of_a_reversal_has_its_meaning(canned: Canned, said: Any, outcome: Outcome) -> None:
    canned.says(said)
    assert adapter(canned).reverse(ASK).outcome == outcome
    path, _headers, body = canned.asked[0]
    assert path == "/pg/v4/payment/reverse.json"
    assert body == {"merchant_id": MERCHANT, "authority": AUTHORITY}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("REVERSED", Outcome.REVERSED),
        ("VERIFIED", Outcome.REFUSED),
        ("PAID", Outcome.UNKNOWN),
        ("IN_BANK", Outcome.UNKNOWN),
        ("FAILED", Outcome.UNKNOWN),
        (None, Outcome.UNKNOWN),
    ],
)
def test_a_reversal_that_cannot_be_done_may_have_been_done(
    canned: Canned, status: Any, outcome: Outcome
) -> None:
    canned.replies = {
        "/pg/v4/payment/reverse.json": refused(-61),
        "/pg/v4/payment/inquiry.json": success({"code": 100, "message": "ok", "status": status}),
    }
    assert adapter(canned).reverse(ASK).outcome == outcome
