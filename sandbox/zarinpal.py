"""ZarinPal's REST v4 as its documents describe it: request, verify, inquiry, reverse, the unverified list.

An answer is `{"data": {…}, "errors": []}` or `{"data": [], "errors": {"code", "message", "validations"}}`.
"""

import re
import sqlite3
from collections.abc import Callable

from flask import Blueprint, Response, abort

from sandbox import sessions
from sandbox.bank import Bank, sent_object
from sandbox.clock import tehran
from sandbox.magic import Magic
from sandbox.serving import Body, Faults, Said, is_address, is_amount, served, writable
from sandbox.sessions import Session
from sandbox.ways import new_reference

NAME = "zarinpal"
api = Blueprint(NAME, __name__)
MERCHANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MIN_RIALS, MAX_RIALS = 1_000, 1_000_000_000
REVERSE_SECONDS = 30 * 60
MESSAGES = {
    -11: "Terminal is not active, please contact our support team.",
    -12: "To many attempts, please try again later.",
    -9: "The input params invalid, validation error.",
    -41: "Max amount is 100000000 tomans.",
    -50: "Session is not valid, amounts values is not the same.",
    -51: "Session is not valid, session is not active paid try.",
    -52: "Oops!!, please contact our support team",
    -53: "Session is not this merchant_id session",
    -54: "Invalid authority.",
    -55: "There is no such contract.",
    -60: "Session can not be reversed with bank.",
    -61: "Session is not in success status.",
    -63: "Session can not be reversed, its time is over.",
}


TOO_MANY: Body = {
    "data": [],
    "errors": {"code": -12, "message": "To many attempts, please try again later.", "validations": []},
}


@api.post("/pg/v4/payment/<operation>.json")
def answer(operation: str) -> Response:
    if operation not in OPERATIONS:
        abort(404)
    body = sent_object()
    authority = body.get("authority") if isinstance(body.get("authority"), str) else None

    def work(bank: Bank, db: sqlite3.Connection, faults: Faults) -> Said:
        return refused_merchant(body) or OPERATIONS[operation](bank, db, body, faults)

    return served(operation, authority, TOO_MANY, work)


def _request(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    if "terminal_off" in faults:
        return error(-11)
    problems = _problems(body)
    if problems:
        return error(-9, problems, status=422)
    rials = body["amount"] * (10 if body.get("currency") == "IRT" else 1)
    if rials > MAX_RIALS:
        return error(-41)
    sent = body.get("metadata")
    metadata: Body = sent if isinstance(sent, dict) else {}
    order_id = str(metadata.get("order_id", ""))[:100]
    wish = sessions.Wish(
        gateway=NAME,
        authority=new_reference(NAME),
        merchant_id=body["merchant_id"],
        rials=rials,
        description=body["description"],
        callback_url=body["callback_url"],
        order_id=order_id if writable(order_id) else "",
        minutes=bank.settings.session_minutes,
        auto_verify=metadata.get("auto_verify") is True,
    )
    sessions.open_session(db, wish, bank.clock.now())
    fee = min(rials // 200, 40_000)
    data = {"code": 100, "message": "Success", "authority": wish.authority}
    return success(data | {"fee_type": "Merchant", "fee": fee})


def _verify(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    session, refusal = session_of(db, body)
    if session is None:
        return refusal
    sessions.count_verify(db, session.authority)
    magic = bank.magic(session.rials)
    if body.get("amount") != session.rials or magic == Magic.MISMATCH:
        return error(-50)
    if magic == Magic.FLAKY and session.verify_calls < 2:
        return error(-52)
    if not session.has_money:
        return error(-51)
    if magic == Magic.LOST_ANSWER and session.verify_calls == 0:
        faults["drop_response_after_commit"] = 1
    first = sessions.confirm(db, session.authority, bank.clock.now()) or "verify_flip" in faults
    return success(
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


def _inquiry(bank: Bank, db: sqlite3.Connection, body: Body, _faults: Faults) -> Said:
    session, refusal = session_of(db, body)
    if session is None:
        return refusal
    return success({"code": 100, "message": "Success", "status": session.state, "amount": session.rials})


def _unverified(bank: Bank, db: sqlite3.Connection, body: Body, _faults: Faults) -> Said:
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
    return success({"code": "100", "message": "Success", "authorities": rows})


def _reverse(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    session, refusal = session_of(db, body)
    if session is None:
        return refusal
    if not session.has_money:
        return error(-61)
    if "refuse_reverse" in faults:
        return error(-60)
    if bank.clock.now() - (session.paid_at or 0) > REVERSE_SECONDS:
        return error(-63)
    sessions.reverse(db, session.authority)
    return success({"code": 100, "message": "Reversed"})


Operation = Callable[[Bank, sqlite3.Connection, Body, Faults], Said]
OPERATIONS: dict[str, Operation] = {
    "request": _request,
    "verify": _verify,
    "inquiry": _inquiry,
    "unVerified": _unverified,
    "reverse": _reverse,
}


def session_of(db: sqlite3.Connection, body: Body) -> tuple[Session | None, Said]:
    """The session the caller may ask about, or the refusal."""
    authority = body.get("authority")
    session = sessions.find(db, authority) if isinstance(authority, str) else None
    if session is None or session.gateway != NAME:
        return None, error(-54)
    if session.merchant_id != body["merchant_id"]:
        return None, error(-53)
    return session, ({}, 200)


def refused_merchant(body: Body) -> Said | None:
    merchant = body.get("merchant_id")
    if isinstance(merchant, str) and MERCHANT.fullmatch(merchant):
        return None
    return error(-9, [{"merchant_id": "The merchant id must be 36 characters."}], status=422)


def _problems(body: Body) -> list[dict[str, str]]:
    amount, description = body.get("amount"), body.get("description")
    rules = {
        "amount": is_amount(amount) and amount >= MIN_RIALS,
        "description": isinstance(description, str) and 0 < len(description) <= 500 and writable(description),
        "callback_url": is_address(body.get("callback_url")),
        "currency": body.get("currency", "IRR") in ("IRR", "IRT"),
    }
    return [{name: f"The {name} field is invalid."} for name, holds in rules.items() if not holds]


def success(data: Body) -> Said:
    return {"data": data, "errors": []}, 200


def error(code: int, validations: list[dict[str, str]] | None = None, status: int = 200) -> Said:
    errors = {"code": code, "message": MESSAGES[code], "validations": validations or []}
    return {"data": [], "errors": errors}, status
