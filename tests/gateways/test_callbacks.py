"""What a browser brings back may be anything at all."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.domain.payments.contract import Gateway
from campaigns.gateways.callbacks import everything, only
from campaigns.gateways.sep import Sep
from campaigns.gateways.zarinpal import ZarinPal
from campaigns.gateways.zibal import Zibal
from tests.gateways.practice import MERCHANT, TERMINAL, ZIBAL_MERCHANT

AUTHORITY = "S" + "0000a" * 7
PLUGS = [
    ZarinPal(MERCHANT, "http://127.0.0.1:9", "sandbox"),
    Zibal(ZIBAL_MERCHANT, "http://127.0.0.1:9", "sandbox"),
    Sep(TERMINAL, "http://127.0.0.1:9", "sandbox"),
]
GATEWAY = ZarinPal(MERCHANT, "http://127.0.0.1:9", "sandbox")

OWN_NAMES = ["trackId", "success", "orderId", "Token", "ResNum", "RefNum", "State", "MID", "SecurePan"]
names = (
    st.sampled_from(["Authority", "AUTHORITY", "authority", "Status", "status", "sTaTuS", *OWN_NAMES])
    | st.text()
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
words = st.sampled_from(
    [AUTHORITY, "A" + AUTHORITY[1:], "OK", "NOK", "ok", "۱۲۳", "x" * 10_240, "\x00", "\ud800"]
)
values = st.recursive(
    scalars | words, lambda deeper: st.lists(deeper) | st.dictionaries(names, deeper), max_leaves=8
)
bags = st.dictionaries(names, values)


@pytest.mark.parametrize("gateway", PLUGS, ids=lambda gateway: gateway.name)
@given(method=st.text(), args=bags, form=bags, body=values | bags)
def test_no_junk_makes_it_raise_and_what_is_kept_is_json(
    gateway: Gateway, method: str, args: dict[str, Any], form: dict[str, Any], body: Any
) -> None:
    hint = gateway.parse_callback(method, args, form, body)
    assert gateway.name != "zarinpal" or hint.gateway_ref in {None, AUTHORITY}
    assert all(len(ref) <= 80 and ref.isascii() for ref in (hint.gateway_ref, hint.receipt_ref) if ref)
    assert hint.hint in {"ok", "cancelled", "failed", "unknown"}
    json.dumps(hint.raw, allow_nan=False, ensure_ascii=False).encode("utf-8")
    assert "\\u0000" not in json.dumps(hint.raw)


@pytest.mark.parametrize(
    ("args", "form", "body", "expected"),
    [
        ({"Authority": AUTHORITY}, {}, None, AUTHORITY),
        ({"aUTHORITY": [AUTHORITY]}, {}, None, AUTHORITY),
        ({}, {"authority": AUTHORITY}, None, AUTHORITY),
        ({}, {}, {"Authority": AUTHORITY}, AUTHORITY),
        ({"Authority": AUTHORITY}, {"Authority": AUTHORITY}, None, AUTHORITY),
        ({"Authority": [AUTHORITY, AUTHORITY]}, {}, None, AUTHORITY),
        ({"Authority": [AUTHORITY, "S" + "1" * 35]}, {}, None, None),
        ({"Authority": AUTHORITY, "authority": "S" + "1" * 35}, {}, None, None),
        ({"Authority": AUTHORITY}, {"Authority": ""}, None, None),
        ({"Authority[]": AUTHORITY}, {}, None, None),
        ({"Authority": AUTHORITY + "\n"}, {}, None, None),
        ({"Authority": AUTHORITY.replace("0", "۰")}, {}, None, None),
        ({}, {}, [AUTHORITY], None),
        ({}, {}, None, None),
    ],
)
def test_one_name_has_one_value_or_none(args: Any, form: Any, body: Any, expected: str | None) -> None:
    assert GATEWAY.parse_callback("GET", args, form, body).gateway_ref == expected


@pytest.mark.parametrize(
    ("status", "hint", "code"),
    [("OK", "ok", "OK"), ("ok", "ok", "OK"), ("NOK", "cancelled", "NOK"), ("", "unknown", None)]
    + [(junk, "unknown", None) for junk in ("OK ", "KO", "1", "true", "O" * 10_240)],
)
def test_a_status_is_only_a_hint(status: str, hint: str, code: str | None) -> None:
    found = GATEWAY.parse_callback("GET", {"Status": status}, {}, None)
    assert (found.hint, found.code) == (hint, code)


def test_a_status_that_says_both_is_no_status() -> None:
    assert GATEWAY.parse_callback("GET", {"Status": ["OK", "NOK"]}, {}, None).hint == "unknown"


def test_long_and_many_values_are_cut() -> None:
    kept = everything({f"name{number}": "x" * 10_240 for number in range(500)})
    assert len(kept) == 50
    assert max(map(len, kept.values())) == 200
    assert only("name1", {"name1": "x" * 10_240}) is None


def test_phones_and_cards_are_masked_in_what_is_kept() -> None:
    brought = {"mobile": "09123456789", "note": "09123456789", "card": "5022291234565995"}
    text = json.dumps(GATEWAY.parse_callback("GET", brought, {}, None).raw)
    assert "9123456789" not in text
    assert "5022291234565995" not in text
