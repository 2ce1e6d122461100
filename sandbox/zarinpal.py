"""ZarinPal's REST v4 as its documents describe it: request, verify, inquiry and the unverified list.

An answer is `{"data": {…}, "errors": []}` or `{"data": [], "errors": {"code", "message", "validations"}}`.
"""

import re
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, jsonify

from sandbox import sessions
from sandbox.bank import Bank, sent_object, the_bank
from sandbox.clock import tehran
from sandbox.magic import Magic
from sandbox.sessions import Session
from sandbox.spoil import refused_early, spoiled

api = Blueprint("zarinpal", __name__)
MERCHANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ADDRESS = re.compile(r"https?://[\w.:-]+(?:[/?#][!-~]*)?", re.ASCII)
MIN_RIALS, MAX_RIALS = 1_000, 1_000_000_000
MESSAGES = {
    -9: "The input params invalid, validation error.",
    -41: "Max amount is 100000000 tomans.",
    -50: "Session is not valid, amounts values is not the same.",
    -51: "Session is not valid, session is not active paid try.",
    -52: "Oops!!, please contact our support team",
    -53: "Session is not this merchant_id session",
    -54: "Invalid authority.",
}
Body = dict[str, Any]
Said = tuple[Body, int]


@api.post("/pg/v4/payment/<operation>.json")
def answer(operation: str) -> Response:
    if operation not in OPERATIONS:
        abort(404)
    bank = the_bank()
    body = sent_object()
    authority = body.get("authority") if isinstance(body.get("authority"), str) else None
    faults = bank.faults.take(operation, authority)
    time.sleep(faults.get("delay_ms", 0) / 1000)
    if early := refused_early(faults):
        return early
    said, status = _refused_merchant(body) or _done(bank, operation, body, faults)
    response = jsonify(said)
    response.status_code = status
    return spoiled(response, said, faults)


def _done(bank: Bank, operation: str, body: Body, faults: dict[str, int]) -> Said:
    with bank.store.transaction() as db:
        sessions.age(db, bank.clock.now())
        return OPERATIONS[operation](bank, db, body, faults)


def _request(bank: Bank, db: sqlite3.Connection, body: Body, _faults: dict[str, int]) -> Said:
    problems = _problems(body)
    if problems:
        return _error(-9, problems, status=422)
    rials = body["amount"] * (10 if body.get("currency") == "IRT" else 1)
    if rials > MAX_RIALS:
        return _error(-41)
    sent = body.get("metadata")
    metadata: Body = sent if isinstance(sent, dict) else {}
    order_id = str(metadata.get("order_id", ""))[:100]
    authority = sessions.open_session(
        db,
        merchant_id=body["merchant_id"],
        rials=rials,
        description=body["description"],
        callback_url=body["callback_url"],
        order_id=order_id if _writable(order_id) else "",
        auto_verify=metadata.get("auto_verify") is True,
        now=bank.clock.now(),
        minutes=bank.settings.session_minutes,
    )
    fee = min(rials // 200, 40_000)
    data = {"code": 100, "message": "Success", "authority": authority, "fee_type": "Merchant", "fee": fee}
    return _success(data)


def _verify(bank: Bank, db: sqlite3.Connection, body: Body, faults: dict[str, int]) -> Said:
    session, refusal = _session(db, body)
    if session is None:
        return refusal
    sessions.count_verify(db, session.authority)
    magic = bank.magic(session.rials)
    if body.get("amount") != session.rials or magic == Magic.MISMATCH:
        return _error(-50)
    if magic == Magic.FLAKY and session.verify_calls < 2:
        return _error(-52)
    if not session.has_money:
        return _error(-51)
    if magic == Magic.LOST_ANSWER and session.verify_calls == 0:
        faults["drop_response_after_commit"] = 1
    first = sessions.confirm(db, session.authority, bank.clock.now()) or "verify_flip" in faults
    return _success(
        {
            "code": 100 if first else 101,
            "message": "Paid" if first else "Verified",
            "card_hash": sessions.CARD_HASH,
            "card_pan": sessions.CARD_MASK,
            "ref_id": session.ref_id,
            "fee_type": "Merchant",
            "fee": session.fee_rials,
            "order_id": session.order_id,
        }
    )


def _inquiry(bank: Bank, db: sqlite3.Connection, body: Body, _faults: dict[str, int]) -> Said:
    session, refusal = _session(db, body)
    if session is None:
        return refusal
    return _success({"code": 100, "message": "Success", "status": session.state, "amount": session.rials})


def _unverified(bank: Bank, db: sqlite3.Connection, body: Body, _faults: dict[str, int]) -> Said:
    rows = [
        {
            "authority": session.authority,
            "amount": session.rials,
            "callback_url": session.callback_url,
            "referer": "",
            "date": f"{tehran(session.paid_at or 0):%Y-%m-%d %H:%M:%S}",
        }
        for session in sessions.waiting(db, body["merchant_id"])
    ]
    return _success({"code": "100", "message": "Success", "authorities": rows})


Operation = Callable[[Bank, sqlite3.Connection, Body, dict[str, int]], Said]
OPERATIONS: dict[str, Operation] = {
    "request": _request,
    "verify": _verify,
    "inquiry": _inquiry,
    "unVerified": _unverified,
}


def _session(db: sqlite3.Connection, body: Body) -> tuple[Session | None, Said]:
    """The session the caller may ask about, or the refusal."""
    authority = body.get("authority")
    session = sessions.find(db, authority) if isinstance(authority, str) else None
    if session is None:
        return None, _error(-54)
    if session.merchant_id != body["merchant_id"]:
        return None, _error(-53)
    return session, ({}, 200)


def _refused_merchant(body: Body) -> Said | None:
    merchant = body.get("merchant_id")
    if isinstance(merchant, str) and MERCHANT.fullmatch(merchant):
        return None
    return _error(-9, [{"merchant_id": "The merchant id must be 36 characters."}], status=422)


def _problems(body: Body) -> list[dict[str, str]]:
    amount, description = body.get("amount"), body.get("description")
    callback_url = body.get("callback_url")
    rules = {
        "amount": isinstance(amount, int) and not isinstance(amount, bool) and amount >= MIN_RIALS,
        "description": isinstance(description, str)
        and 0 < len(description) <= 500
        and _writable(description),
        "callback_url": isinstance(callback_url, str) and bool(ADDRESS.fullmatch(callback_url)),
        "currency": body.get("currency", "IRR") in ("IRR", "IRT"),
    }
    return [{name: f"The {name} field is invalid."} for name, holds in rules.items() if not holds]


def _writable(text: str) -> bool:
    """Half a surrogate pair cannot be written down."""
    return text.encode("utf-8", "ignore").decode() == text


def _success(data: Body) -> Said:
    return {"data": data, "errors": []}, 200


def _error(code: int, validations: list[dict[str, str]] | None = None, status: int = 200) -> Said:
    errors = {"code": code, "message": MESSAGES[code], "validations": validations or []}
    return {"data": [], "errors": errors}, status
