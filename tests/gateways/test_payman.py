"""ZarinPal's direct debit: what the adapter sends, reads, refuses to believe, and never lets out."""

from datetime import UTC, datetime
from typing import Any

import pytest

from campaigns.domain.payments.debits import ContractBank, ContractRequest, Said, debit_of
from campaigns.domain.payments.errors import GatewayError, InvalidRequest
from campaigns.gateways.payman import Payman
from campaigns.gateways.zarinpal import ZarinPal
from tests.gateways.canned import Canned
from tests.gateways.practice import MERCHANT
from tests.gateways.recorded import AUTHORITY, refused, success

SIGNATURE = "eyJpdiI6InpoUHZoT0hPZjdNNj" * 8
WISH = ContractRequest(
    mobile="+989123456789",
    expires_at=datetime(2027, 11, 27, 12, 0, tzinfo=UTC),
    max_daily=1,
    max_monthly=4,
    max_rials=10_000_000,
    callback_url="https://example.org/signed",
)


def payman(canned: Canned) -> Payman:
    return Payman(MERCHANT, canned.base_url)


def test_the_documented_request_sends_its_counters_and_its_amount_as_texts(canned: Canned) -> None:
    canned.says(success({"payman_authority": "payman_6moa", "code": 100, "message": "Success"}))
    assert payman(canned).open_contract(WISH) == "payman_6moa"
    path, _headers, body = canned.asked[0]
    assert path == "/pg/v4/payman/request.json"
    assert body == {
        "merchant_id": MERCHANT,
        "mobile": "09123456789",
        "expire_at": "2027-11-27 15:30:00",
        "max_daily_count": "1",
        "max_monthly_count": "4",
        "max_amount": "10000000",
        "callback_url": "https://example.org/signed",
    }


def test_a_contract_without_a_name_and_a_mobile_that_is_none_are_errors(canned: Canned) -> None:
    canned.says(success({"code": 100, "payman_authority": "../6moa"}))
    with pytest.raises(GatewayError):
        payman(canned).open_contract(WISH)
    with pytest.raises(InvalidRequest):
        payman(canned).open_contract(ContractRequest("+1555", WISH.expires_at, 1, 1, 1_000, ""))


def test_the_documented_list_of_banks_is_read_and_junk_in_it_left_out(canned: Canned) -> None:
    good = {"name": "بانک نمونه", "slug": "Sample", "bank_code": "SAMPIR", "max_daily_count": 25}
    rows: list[Any] = [
        good | {"max_daily_amount": 100_000_000},
        {"name": "بانک دیگر", "bank_code": "OTHRIR", "max_daily_amount": None, "max_daily_count": None},
        {"name": "", "bank_code": "NONEIR"},
        {"name": "x", "bank_code": "../"},
        7,
    ]
    canned.says(success({"banks": rows, "code": 100, "message": "Success"}))
    assert payman(canned).banks() == [
        ContractBank("بانک نمونه", "SAMPIR", 100_000_000),
        ContractBank("بانک دیگر", "OTHRIR", None),
    ]


def test_a_signature_is_read_and_never_stands_in_what_is_kept(canned: Canned) -> None:
    canned.says(success({"signature": SIGNATURE, "code": 100, "message": "Success"}))
    answer = payman(canned).signature("payman_6moa")
    assert (answer.said, answer.signature) == (Said.DONE, SIGNATURE)
    assert SIGNATURE not in repr(answer) and SIGNATURE not in str(answer.raw)


def test_a_yes_without_a_signature_is_no_yes(canned: Canned) -> None:
    """The documents' own example of this answer forgets it."""
    canned.says(success({"payman_authority": "payman_6moa", "code": 100, "message": "Success"}))
    answer = payman(canned).signature("payman_6moa")
    assert answer.said is Said.UNKNOWN and "payman_6moa" not in str(answer.raw)


@pytest.mark.parametrize(
    ("code", "said"),
    [(100, Said.DONE), (101, Said.DONE), (-51, Said.NOT_DONE), (-54, Said.OVER), (-55, Said.OVER),
     (-12, Said.UNKNOWN), (-52, Said.UNKNOWN), (-9, Said.UNKNOWN), (-999, Said.UNKNOWN), ("x", Said.UNKNOWN)],
)  # fmt: skip
def test_what_a_code_of_a_checkout_and_a_cancellation_means(canned: Canned, code: object, said: Said) -> None:
    canned.says(success({"code": code}) if code in {100, 101} else refused(code))
    assert payman(canned).checkout(AUTHORITY, SIGNATURE).said is said
    assert payman(canned).cancel(SIGNATURE).said is said
    assert canned.asked[0][2] == {"merchant_id": MERCHANT, "authority": AUTHORITY, "signature": SIGNATURE}
    assert canned.asked[1][0] == "/pg/v4/payman/cancelContract.json"


@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"data"', '{"data": {"code": 1.5}}'])
def test_junk_is_unknown_and_never_raises(canned: Canned, body: str) -> None:
    canned.says(body, status=502)
    adapter = payman(canned)
    answers = [
        adapter.checkout(AUTHORITY, SIGNATURE),
        adapter.cancel(SIGNATURE),
        adapter.signature("payman_1"),
    ]
    assert {answer.said for answer in answers} == {Said.UNKNOWN}


def test_real_contracts_live_at_the_hosts_of_the_documents() -> None:
    real = Payman(MERCHANT, "https://payment.zarinpal.com")
    assert (
        real.signing_url("payman_6moa", "SAMPIR")
        == "https://www.zarinpal.com/pg/StartPayman/payman_6moa/SAMPIR"
    )
    assert real._client._base_url == "https://api.zarinpal.com"


def test_only_a_merchant_with_direct_debit_has_it() -> None:
    plain = ZarinPal(MERCHANT, "http://127.0.0.1:8010", "sandbox")
    debits = ZarinPal(MERCHANT, "http://127.0.0.1:8010", "sandbox", payman=True)
    assert debit_of(plain) is None and not plain.capabilities().mandates
    assert debit_of(debits) is debits.direct_debit and debits.capabilities().mandates
    assert debit_of(None) is None
