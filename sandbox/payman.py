"""ZarinPal's direct debit («Payman») as zarinpal.com/docs/directDebit describes it: contract, banks, signing page,
signature, checkout, cancellation.

The counters and the amount of a request are texts. The documents name no codes for a checkout that is refused: this
bank says -51 (not paid) for want of funds, -12 (try later) beyond the contract's counters, and -54 (invalid) for a
signature that moves no money (any more).
"""

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox import contracts, sessions
from sandbox.bank import Bank, sent_object, the_bank
from sandbox.clock import TEHRAN
from sandbox.contracts import BANKS, Contract
from sandbox.magic import Magic
from sandbox.serving import Body, Faults, Said, is_address, served
from sandbox.zarinpal import TOO_MANY, error, refused_merchant, session_of, success

api = Blueprint("payman", __name__)
LEAST_SECONDS = 30 * 24 * 3600
_MOBILE = re.compile(r"09[0-9]{9}")
_COUNT = re.compile(r"[1-9][0-9]{0,3}")
_RIALS = re.compile(r"[1-9][0-9]{3,12}")
_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_DAY = 24 * 3600


@api.get("/pg/v4/payman/banksList.json")
def banks() -> Response:
    return served(
        "banksList",
        None,
        TOO_MANY,
        lambda *_: success({"banks": list(BANKS), "code": 100, "message": "Success"}),
    )


@api.post("/pg/v4/payman/<operation>.json")
def answer(operation: str) -> Response:
    if operation not in OPERATIONS:
        abort(404)
    body = sent_object()
    name, work = OPERATIONS[operation]
    struck = body.get("authority") if isinstance(body.get("authority"), str) else None

    def done(bank: Bank, db: sqlite3.Connection, faults: Faults) -> Said:
        return refused_merchant(body) or work(bank, db, body, faults)

    return served(name, struck, TOO_MANY, done)


@api.get("/pg/StartPayman/<authority>/<bank_code>")
def show(authority: str, bank_code: str) -> AnyResponse:
    """The page on which a payer signs."""
    with the_bank().store.transaction() as db:
        contract = contracts.find(db, authority)
    bank = next((one for one in BANKS if one["bank_code"] == bank_code), None)
    if contract is None or bank is None:
        return make_response(render_template("unknown.html"), 404)
    if contract.state != "NEW":
        return redirect(_way_back(contract), 303)
    days = (contract.expire_at - the_bank().clock.now()) // _DAY
    return make_response(render_template("contract.html", contract=contract, bank=bank, days=days))


@api.post("/pg/StartPayman/<authority>/<bank_code>")
def act(authority: str, bank_code: str) -> AnyResponse:
    """One press: «sign», «refuse», or «sign_and_close», after which nobody comes back."""
    pressed = request.form.get("act", "")
    with the_bank().store.transaction() as db:
        if contracts.find(db, authority) is None or bank_code not in {one["bank_code"] for one in BANKS}:
            abort(404)
        if pressed in {"sign", "sign_and_close"}:
            contracts.sign(db, authority, bank_code)
        elif pressed == "refuse":
            contracts.move(db, authority, "NEW", "REFUSED")
        contract = contracts.find(db, authority)
    assert contract is not None
    if pressed == "sign_and_close":
        return make_response(render_template("signed.html"))
    return redirect(request.path if contract.state == "NEW" else _way_back(contract), 303)


def _request(bank: Bank, db: sqlite3.Connection, body: Body, _faults: Faults) -> Said:
    expire_at = _moment(body.get("expire_at"))
    rules = {
        "mobile": _fits(_MOBILE, body.get("mobile")),
        "expire_at": expire_at is not None and expire_at >= bank.clock.now() + LEAST_SECONDS,
        "max_daily_count": _fits(_COUNT, body.get("max_daily_count")),
        "max_monthly_count": _fits(_COUNT, body.get("max_monthly_count")),
        "max_amount": _fits(_RIALS, body.get("max_amount")),
        "callback_url": is_address(body.get("callback_url")),
    }
    wrong = [{name: f"The {name} field is invalid."} for name, holds in rules.items() if not holds]
    if wrong:
        return error(-9, wrong, status=422)
    counts = {name: int(body[name]) for name in ("max_daily_count", "max_monthly_count")}
    same = {name: body[name] for name in ("merchant_id", "mobile", "callback_url")}
    facts = same | counts | {"expire_at": expire_at, "max_rials": int(body["max_amount"])}
    authority = contracts.open_contract(db, facts, bank.clock.now())
    return success({"payman_authority": authority, "code": 100, "message": "Success"})


def _verify(bank: Bank, db: sqlite3.Connection, body: Body, _faults: Faults) -> Said:
    """The signature, as often as it is asked for while the contract stands."""
    contract = contracts.find(db, body.get("payman_authority"))
    if contract is None:
        return error(-54)
    if contract.merchant_id != body["merchant_id"]:
        return error(-53)
    if contract.state == "NEW":
        return error(-51)
    if not contract.stands(bank.clock.now()):
        return error(-55)
    return success({"signature": contract.signature, "code": 100, "message": "Success"})


def _checkout(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Said:
    """Takes the money of one session, once; asked again it says so again."""
    session, refusal = session_of(db, body)
    if session is None:
        return refusal
    contract = _standing(bank, db, body, faults)
    if contract is None:
        return error(-54)
    if session.state == "IN_BANK":
        refused = _refused(bank, db, contract, session, faults)
        if refused is not None:
            return refused
        sessions.pay(db, session.authority, bank.clock.now(), bank.settings.window_minutes)
        sessions.by_contract(db, session.authority, contract.authority)
        sessions.confirm(db, session.authority, bank.clock.now())
    paid = sessions.find(db, session.authority)
    if paid is None or not paid.has_money:
        return error(-51)
    if bank.magic(paid.rials) == Magic.LOST_ANSWER and session.state == "IN_BANK":
        faults["drop_response_after_commit"] = 1
    return success({"refrence_id": paid.ref_id, "amount": paid.rials, "code": 100, "message": "Success"})


def _standing(bank: Bank, db: sqlite3.Connection, body: Body, faults: Faults) -> Contract | None:
    contract = contracts.by_signature(db, body.get("signature"))
    if contract is None or contract.merchant_id != body["merchant_id"]:
        return None
    if "revoked" in faults:
        contracts.move(db, contract.authority, "SIGNED", "REVOKED")
        return None
    return contract if contract.stands(bank.clock.now()) else None


def _refused(
    bank: Bank, db: sqlite3.Connection, contract: Contract, session: sessions.Session, faults: Faults
) -> Said | None:
    """Why nothing is taken, if so. Want of funds ends the session, as it does on the page."""
    today, this_month = contracts.taken(db, contract, bank.clock.now())
    if today >= contract.max_daily_count or this_month >= contract.max_monthly_count:
        return error(-12)
    too_much = session.rials > contract.max_rials
    if too_much or "no_funds" in faults or bank.magic(session.rials) == Magic.INSUFFICIENT:
        sessions.fail(db, session.authority, "insufficient")
        return error(-51)
    return None


def _cancel(_bank: Bank, db: sqlite3.Connection, body: Body, _faults: Faults) -> Said:
    contract = contracts.by_signature(db, body.get("signature"))
    if contract is None or contract.merchant_id != body["merchant_id"]:
        return error(-54)
    if not contracts.move(db, contract.authority, "SIGNED", "CANCELLED"):
        return error(-55)
    return success({"code": 100, "message": "Success"})


Operation = Callable[[Bank, sqlite3.Connection, Body, Faults], Said]
OPERATIONS: dict[str, tuple[str, Operation]] = {
    # path: the name faults know it by, and what it does
    "request": ("payman_request", _request),
    "verify": ("payman_verify", _verify),
    "checkout": ("checkout", _checkout),
    "cancelContract": ("cancelContract", _cancel),
}


def _fits(pattern: re.Pattern[str], value: object) -> bool:
    """Texts only, as the documents' table says; a number is refused."""
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _moment(value: object) -> int | None:
    """`YYYY-MM-DD HH:MM:SS` of a Tehran clock."""
    if not isinstance(value, str) or not _LOCAL.fullmatch(value):
        return None
    try:
        return int(datetime.fromisoformat(value).replace(tzinfo=TEHRAN).timestamp())
    except ValueError:
        return None


def _way_back(contract: Contract) -> str:
    url = urlsplit(contract.callback_url)
    query = urlencode([*parse_qsl(url.query, keep_blank_values=True), *contract.claim.items()])
    return url._replace(query=query).geturl()
