"""What gateways tell a merchant about its days: ZarinPal's sessions over GraphQL, Zibal's report of transactions.

The token «practice» opens both. ZarinPal's terminal number is here the merchant's own name.
"""

import sqlite3
from typing import Any

from flask import Blueprint, Response, jsonify, request

from sandbox import sessions
from sandbox.bank import sent_object, the_bank
from sandbox.clock import tehran
from sandbox.serving import Body, is_amount
from sandbox.sessions import Session
from sandbox.ways import zibal_status

TOKEN = "practice"
MOST = 200
api = Blueprint("reports", __name__)


@api.post("/api/v4/graphql/")
def zarinpal_sessions() -> Response:
    """The newest first, by `limit` and `offset`."""
    wish = sent_object().get("variables")
    wish = wish if isinstance(wish, dict) else {}
    if not _may_read():
        return _refused()
    rows = _listed("zarinpal", str(wish.get("terminal_id", "")))
    start, limit = _number(wish.get("offset"), 0), min(_number(wish.get("limit"), 25), MOST)
    found = [_zarinpal(row) for row in rows[start : start + limit]]
    return jsonify({"data": {"Session": found}})


@api.post("/v1/gateway/report/transaction")
def zibal_transactions() -> Response:
    """The newest first, of the days `fromDate` to `toDate`, by `page` from 1 and `size`."""
    wish = sent_object()
    if not _may_read():
        return _refused()
    first, last = str(wish.get("fromDate", "")), str(wish.get("toDate", "9"))
    rows = [row for row in _listed("zibal", str(wish.get("merchantId", ""))) if first <= _day(row) <= last]
    size = max(1, min(_number(wish.get("size"), 25), MOST))
    start = (max(1, _number(wish.get("page"), 1)) - 1) * size
    found = [_zibal(row) for row in rows[start : start + size]]
    return jsonify({"result": 100, "message": "success", "data": found, "total": len(rows)})


def _listed(gateway: str, merchant: str) -> list[Session]:
    bank = the_bank()
    with bank.store.transaction() as db:
        sessions.age(db, bank.clock.now())
        return _of(db, gateway, merchant)


def _of(db: sqlite3.Connection, gateway: str, merchant: str) -> list[Session]:
    rows = db.execute(
        "SELECT * FROM session WHERE gateway = ? AND merchant_id = ? ORDER BY created_at DESC, rowid DESC",
        (gateway, merchant),
    )
    return [Session(**row) for row in rows]


def _zarinpal(session: Session) -> Body:
    return {
        "id": str(session.created_at),
        "status": session.state,
        "amount": session.rials,
        "created_at": f"{tehran(session.created_at):%Y-%m-%d %H:%M:%S}",
        "reference_id": str(session.ref_id) if session.ref_id else None,
    }


def _zibal(session: Session) -> Body:
    return {
        "trackId": int(session.authority),
        "amount": session.rials,
        "status": zibal_status(session),
        "orderId": session.order_id or None,
        "refNumber": session.ref_id,
        "createdAt": f"{tehran(session.created_at):%Y-%m-%dT%H:%M:%S}.000000",
        "paidAt": f"{tehran(session.paid_at):%Y-%m-%dT%H:%M:%S}.000000" if session.paid_at else None,
        "wage": session.fee_rials,
    }


def _day(session: Session) -> str:
    return f"{tehran(session.paid_at or session.created_at):%Y-%m-%d}"


def _may_read() -> bool:
    return request.headers.get("Authorization") == f"Bearer {TOKEN}"


def _refused() -> Response:
    answer = jsonify({"message": "Unauthenticated."})
    answer.status_code = 401
    return answer


def _number(value: Any, otherwise: int) -> int:
    return max(0, int(value)) if is_amount(value) else otherwise
