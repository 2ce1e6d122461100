"""The control API under `/__sandbox/`: for tests on this machine that know the token."""

import hmac
from dataclasses import asdict

from flask import Blueprint, Response, abort, jsonify, request

from sandbox import sessions
from sandbox.bank import sent_object, the_bank
from sandbox.faults import BadFault, Fault

control = Blueprint("control", __name__, url_prefix="/__sandbox")
LOOPBACK = {"127.0.0.1", "::1"}
FAULT_FIELDS = {"kind": str, "value": int, "operation": str, "authority": str, "calls": int}


@control.before_request
def guard() -> None:
    """404 for everybody who may not steer the bank."""
    token = the_bank().settings.token
    given = request.headers.get("X-Sandbox-Token", "")
    known = bool(token) and hmac.compare_digest(given.encode(), token.encode())
    if request.remote_addr not in LOOPBACK or not known:
        abort(404)


@control.get("/sessions")
def list_sessions() -> Response:
    """The newest sessions, 100 or `?limit=`."""
    bank = the_bank()
    with bank.store.transaction() as db:
        sessions.age(db, bank.clock.now())
        found = sessions.listed(db, request.args.get("limit", 100, type=int))
    return jsonify([asdict(session) for session in found])


@control.post("/sessions/<authority>")
def force_state(authority: str) -> Response:
    """`{"state": "PAID"}` moves a session there, whatever it was."""
    state = sent_object().get("state")
    bank = the_bank()
    if state not in sessions.STATES:
        abort(422)
    with bank.store.transaction() as db:
        if sessions.find(db, authority) is None:
            abort(404)
        sessions.force(db, authority, state, bank.clock.now(), bank.settings.window_minutes)
        found = sessions.find(db, authority)
    return jsonify(asdict(found) if found else None)


@control.get("/totals")
def totals() -> Response:
    """What each merchant's sessions hold, by state, in rials."""
    bank = the_bank()
    with bank.store.transaction() as db:
        sessions.age(db, bank.clock.now())
        return jsonify(sessions.totals(db))


@control.post("/faults")
def add_fault() -> tuple[Response, int]:
    """One fault, as `sandbox.faults.Fault` names its fields."""
    sent = sent_object()
    wrong = [
        name for name, value in sent.items() if not isinstance(value, FAULT_FIELDS.get(name, type(None)))
    ]
    if wrong or "kind" not in sent:
        return jsonify({"problem": f"wrong: {', '.join(wrong) or 'kind'}"}), 422
    try:
        the_bank().faults.add(Fault(**sent))
    except BadFault as bad:
        return jsonify({"problem": str(bad)}), 422
    return jsonify({}), 201


@control.delete("/faults")
def clear_faults() -> Response:
    the_bank().faults.clear()
    return jsonify({})


@control.post("/clock")
def set_clock() -> Response:
    """`{"ahead_seconds": 900}` lets the bank live a quarter of an hour from now."""
    ahead = sent_object().get("ahead_seconds")
    if not isinstance(ahead, int):
        abort(422)
    the_bank().clock.ahead_seconds = ahead
    return jsonify({"now": the_bank().clock.now()})
