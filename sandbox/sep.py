"""Saman's OnlinePG as its document 3.6 describes it: token, verify and reverse. Names are spelt as there.

A payment is known by the RefNum that only the payer's way back brings. SEP ties it to no order: the same
RefNum can be verified again and again.
"""

import re
import sqlite3
from typing import Any

from flask import Blueprint, Response

from sandbox import sessions
from sandbox.bank import Bank, sent_object
from sandbox.clock import tehran
from sandbox.magic import Magic
from sandbox.serving import Body, Faults, Said, is_address, is_amount, served, writable
from sandbox.sessions import CARD_HASH, CARD_MASK, Session
from sandbox.ways import new_reference

NAME = "sep"
api = Blueprint(NAME, __name__)
TERMINAL = re.compile(r"[1-9][0-9]{2,11}")
MIN_RIALS, MAX_RIALS = 2_000, 1_000_000_000
REVERSE_SECONDS = 50 * 60
TOO_MANY: Body = {"status": -1, "errorCode": "429", "errorDesc": "too many requests"}
DESCRIPTIONS = {
    0: "عملیات با موفقیت انجام شد",
    2: "درخواست تکراری می باشد",
    5: "تراکنش برگشت خورده می باشد",
    -2: "تراکنش یافت نشد",
    -6: "بیش از نیم ساعت از زمان اجرای تراکنش گذشته است",
    -105: "ترمینال ارسالی در سیستم موجود نمی باشد",
    -111: "بدنه درخواست نادرست است",
}


@api.post("/onlinepg/onlinepg")
def token() -> Response:
    body = sent_object()
    return served("request", None, TOO_MANY, lambda bank, db, faults: _token(bank, db, body, faults))


@api.post("/verifyTxnRandomSessionkey/ipg/VerifyTransaction")
def verify() -> Response:
    body = sent_object()
    return served("verify", _ref(body), TOO_MANY, lambda bank, db, faults: _verify(bank, db, body, faults))


@api.post("/verifyTxnRandomSessionkey/ipg/ReverseTransaction")
def reverse() -> Response:
    body = sent_object()
    return served("reverse", _ref(body), TOO_MANY, lambda bank, db, faults: _reverse(bank, db, body, faults))


def _ref(body: Body) -> str | None:
    ref = body.get("RefNum")
    return ref if isinstance(ref, str) else None


def _token(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    problem = 12 if "terminal_off" in faults else _problem(body)
    if problem:
        return {"status": -1, "errorCode": str(problem), "errorDesc": "پارامترهای ارسالی نامعتبر است"}, 200
    wish = sessions.Wish(
        gateway=NAME,
        authority=new_reference(NAME),
        merchant_id=str(body["TerminalId"]),
        rials=body["Amount"],
        description="",
        callback_url=body["RedirectUrl"],
        order_id=body["ResNum"],
        minutes=_minutes(body.get("TokenExpiryInMin")),
    )
    sessions.open_session(db, wish, bank.clock.now())
    return {"status": 1, "token": wish.authority}, 200


def _verify(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    session, refusal = _session(db, body)
    if session is None:
        return refusal
    sessions.count_verify(db, session.authority)
    magic = bank.magic(session.rials)
    if magic == Magic.FLAKY and session.verify_calls < 2:
        return {"Message": "An error has occurred."}, 500
    if not session.has_money:
        return _said(-6 if session.reason == "unverified" else 5, session)
    if magic == Magic.LOST_ANSWER and session.verify_calls == 0:
        faults["drop_response_after_commit"] = 1
    first = sessions.confirm(db, session.authority, bank.clock.now()) or "verify_flip" in faults
    return _said(0 if first else 2, session)


def _reverse(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    session, refusal = _session(db, body)
    if session is None:
        return refusal
    if not session.has_money:
        return _said(5, session)
    if "refuse_reverse" in faults or bank.clock.now() - (session.paid_at or 0) > REVERSE_SECONDS:
        return _said(-6, session)
    sessions.reverse(db, session.authority)
    return _said(0, session)


def _session(db: sqlite3.Connection, body: Body) -> tuple[Session | None, Said]:
    """The payment of this RefNum at this terminal, or the refusal."""
    ref, terminal = body.get("RefNum"), body.get("TerminalNumber")
    if not isinstance(ref, str) or not is_amount(terminal):
        return None, _said(-111)
    session = sessions.by_receipt(db, ref)
    ours = session is not None and session.gateway == NAME and session.merchant_id == str(terminal)
    return (session, ({}, 200)) if ours else (None, _said(-2))


def _said(code: int, session: Session | None = None) -> Said:
    detail: dict[str, Any] | None = None
    if session is not None:
        detail = {
            "RRN": str(session.ref_id),
            "RefNum": session.receipt,
            "MaskedPan": CARD_MASK,
            "HashedPan": CARD_HASH,
            "TerminalNumber": int(session.merchant_id),
            "OrginalAmount": session.rials,
            "AffectiveAmount": session.rials,
            "StraceDate": f"{tehran(session.paid_at or 0):%Y-%m-%d %H:%M:%S}",
            "StraceNo": str((session.ref_id or 0) % 1_000_000),
        }
    success = code in {0, 2}
    words = {"ResultCode": code, "ResultDescription": DESCRIPTIONS[code], "Success": success}
    return {"TransactionDetail": detail, **words}, 200


def _problem(body: Body) -> int | None:
    """The number of what is wrong with a wish for a token."""
    terminal, amount, number = (body.get(name) for name in ("TerminalId", "Amount", "ResNum"))
    if not isinstance(terminal, str | int) or not TERMINAL.fullmatch(str(terminal)):
        return 12
    if body.get("action") != "token" or not is_amount(amount) or not MIN_RIALS <= amount <= MAX_RIALS:
        return 5
    named = isinstance(number, str) and 0 < len(number) <= 50 and writable(number)
    address = body.get("RedirectUrl")
    return None if named and is_address(address) and len(str(address)) <= 2083 else 5


def _minutes(wanted: object) -> int:
    return int(str(wanted)) if is_amount(wanted) and 20 <= int(str(wanted)) <= 3600 else 20
