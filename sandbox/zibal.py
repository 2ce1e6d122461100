"""Zibal's IPG v1 as its documents describe it: request, verify, inquiry, and the lazy way by its own servers.

An answer is one object with `result` and `message`, its HTTP status 200 whatever happened.
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
from sandbox.ways import new_reference, zibal_status

NAME = "zibal"
api = Blueprint(NAME, __name__)
MERCHANT = re.compile(r"[0-9A-Za-z_-]{3,64}")
MESSAGES = {
    100: "success",
    102: "merchant not found",
    103: "merchant is not active",
    104: "merchant is not valid",
    105: "amount must be more than 1,000 rials",
    106: "callbackUrl is not valid",
    113: "amount is over the limit",
    201: "already verified",
    202: "not paid or failed",
    203: "trackId is not valid",
}
MAX_RIALS = 1_000_000_000
TOO_MANY: Body = {"result": 429, "message": "too many requests"}


@api.post("/v1/<operation>")
def answer(operation: str) -> Response:
    return _answer(operation) if operation in OPERATIONS else abort(404)


@api.post("/request/lazy")
def lazy_request() -> Response:
    return _answer("request/lazy")


@api.post("/verify")
def lazy_verify() -> Response:
    return _answer("verify")


def _answer(operation: str) -> Response:
    body = sent_object()
    track_id = body.get("trackId")
    authority = str(track_id) if is_amount(track_id) else None

    def work(bank: Bank, db: sqlite3.Connection, faults: Faults) -> Said:
        return _refused_merchant(body) or OPERATIONS[operation](bank, db, body, faults)

    return served(operation.split("/", maxsplit=1)[0], authority, TOO_MANY, work)


def _request(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    return _open(bank, db, body, faults, lazy=False)


def _request_lazy(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    return _open(bank, db, body, faults, lazy=True)


def _open(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults, *, lazy: bool) -> Said:
    problem = 103 if "terminal_off" in faults else _problem(body)
    if problem:
        return _said(problem)
    words = {name: str(body.get(name, "")) for name in ("description", "orderId")}
    wish = sessions.Wish(
        gateway=NAME,
        authority=new_reference(NAME),
        merchant_id=body["merchant"],
        rials=body["amount"],
        description=words["description"][:500] if writable(words["description"]) else "",
        callback_url=body["callbackUrl"],
        order_id=words["orderId"][:100] if writable(words["orderId"]) else "",
        minutes=bank.settings.session_minutes,
        lazy=lazy,
    )
    sessions.open_session(db, wish, bank.clock.now())
    return _said(100, trackId=int(wish.authority))


def _verify(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    """The first answer carries the payment's facts; a later one says «already» and no more."""
    session = _session(db, body)
    if session is None:
        return _said(203)
    sessions.count_verify(db, session.authority)
    magic = bank.magic(session.rials)
    if magic == Magic.FLAKY and session.verify_calls < 2:
        return {"message": "internal error"}, 500
    if not session.has_money:
        return _said(202)
    if magic == Magic.LOST_ANSWER and session.verify_calls == 0:
        faults["drop_response_after_commit"] = 1
    if not sessions.confirm(db, session.authority, bank.clock.now()) and "verify_flip" not in faults:
        return _said(201)
    return _said(100, status=1, **_facts(session))


def _inquiry(bank: Bank, db: sqlite3.Connection, body: Body, _faults: Faults) -> Said:
    session = _session(db, body)
    if session is None:
        return _said(203)
    times = {"createdAt": session.created_at, "verifiedAt": session.verified_at}
    shown = {name: _moment(seconds) for name, seconds in times.items()}
    return _said(100, status=zibal_status(session), wage=session.fee_rials, **_facts(session), **shown)


Operation = Callable[[Bank, sqlite3.Connection, Body, Faults], Said]
OPERATIONS: dict[str, Operation] = {
    "request": _request,
    "request/lazy": _request_lazy,
    "verify": _verify,
    "inquiry": _inquiry,
}


def _facts(session: Session) -> Body:
    return {
        "amount": session.rials,
        "paidAt": _moment(session.paid_at),
        "refNumber": session.ref_id,
        "cardNumber": "62198619****8080" if session.ref_id else None,
        "orderId": session.order_id or None,
        "description": session.description,
        "multiplexingInfos": [],
    }


def _session(db: sqlite3.Connection, body: Body) -> Session | None:
    """The merchant's own session; the trackId of somebody else is none."""
    track_id = body.get("trackId")
    session = sessions.find(db, str(track_id)) if is_amount(track_id) else None
    ours = session is not None and session.gateway == NAME and session.merchant_id == body["merchant"]
    return session if ours else None


def _refused_merchant(body: Body) -> Said | None:
    merchant = body.get("merchant")
    return None if isinstance(merchant, str) and MERCHANT.fullmatch(merchant) else _said(102)


def _problem(body: Body) -> int | None:
    amount = body.get("amount")
    if not is_amount(amount) or amount <= 1_000:
        return 105
    if amount > MAX_RIALS:
        return 113
    return None if is_address(body.get("callbackUrl")) else 106


def _said(result: int, **more: object) -> Said:
    return {"message": MESSAGES[result], "result": result, **more}, 200


def _moment(seconds: int | None) -> str | None:
    return None if seconds is None else f"{tehran(seconds):%Y-%m-%dT%H:%M:%S}.000000"
