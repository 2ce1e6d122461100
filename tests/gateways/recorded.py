"""ZarinPal's answers as its documents, and the people who met it, describe them."""

from typing import Any

from campaigns.domain.payments.contract import VerifyRequest
from campaigns.gateways.zarinpal import ZarinPal
from tests.gateways.canned import Canned
from tests.gateways.practice import MERCHANT

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
