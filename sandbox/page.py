"""The page a payer sees at the bank, and the way back to the merchant."""

import time
from contextlib import suppress
from threading import Thread
from urllib.parse import urlsplit

import requests
from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox import sessions
from sandbox.bank import Bank, the_bank
from sandbox.magic import Magic
from sandbox.sessions import CARD_HASH, CARD_MASK, Session
from sandbox.spoil import dropped
from sandbox.ways import claim, goes_back_by_post, page_of, return_url

pages = Blueprint("pages", __name__)
REFUSALS = {
    "cancel": "cancelled",
    "wrong_pin": "wrong_pin",
    "insufficient": "insufficient",
}
MAGIC_ACTS: dict[Magic | None, str] = {
    Magic.INSUFFICIENT: "insufficient",
    Magic.WRONG_PIN: "wrong_pin",
    Magic.TAB_CLOSED: "pay_and_close",
}


@pages.get("/")
def front() -> str:
    return render_template("front.html")


@pages.get("/pg/StartPay/<authority>")
@pages.get("/start/<authority>")
@pages.get("/OnlinePG/pay/<authority>")
def show(authority: str) -> AnyResponse:
    session = _find(the_bank(), authority)
    if session is None:
        return make_response(render_template("unknown.html"), 404)
    return _page(session)


@pages.post("/OnlinePG/OnlinePG")
@pages.get("/OnlinePG/SendToken")
def arrive() -> AnyResponse:
    """A payer of SEP with a token, sent by the merchant's own page: SEP looks at the Referer."""
    bank = the_bank()
    values = request.form if request.method == "POST" else request.args
    session = _find(bank, values.get("Token") or values.get("token") or "")
    if session is None or session.gateway != "sep":
        return make_response(render_template("unknown.html"), 404)
    if urlsplit(request.referrer or "").netloc != urlsplit(session.callback_url).netloc:
        return make_response(render_template("stranger.html", session=session), 403)
    if values.get("GetMethod") == "true":
        with bank.store.transaction() as db:
            sessions.send_back_by_get(db, session.authority)
    return _page(session)


@pages.post("/pg/StartPay/<authority>")
@pages.post("/start/<authority>")
@pages.post("/OnlinePG/pay/<authority>")
def act(authority: str) -> AnyResponse:
    """One press of a button. A second press changes nothing and leads to the same place."""
    bank = the_bank()
    session = _find(bank, authority)
    if session is None:
        return make_response(render_template("unknown.html"), 404)
    faults = bank.faults.take("pay", authority)
    time.sleep(faults.get("delay_ms", 0) / 1000)
    if "drop_request" in faults:
        return dropped()
    if "http_500" in faults:
        return make_response(render_template("broken.html"), 500)
    pressed = request.form.get("act", "")
    if pressed == "pay":
        pressed = MAGIC_ACTS.get(bank.magic(session.rials), "pay")
    before = session
    session = _pressed(bank, session, pressed, faults)
    if session.lazy and session.state != before.state:
        Thread(target=_tell, args=(session,), daemon=True).start()
    if session.has_money and (pressed == "pay_and_close" or "no_callback" in faults):
        return make_response(render_template("closed.html", session=session))
    if session.state == "IN_BANK":
        return redirect(request.path, 303)
    back = _back(bank, session, faults)
    return dropped() if "drop_response_after_commit" in faults else back


def _page(session: Session) -> AnyResponse:
    if session.state == "IN_BANK":
        return make_response(render_template("pay.html", session=session, action=page_of(session)))
    return _over(session)


def _pressed(bank: Bank, session: Session, pressed: str, faults: dict[str, int]) -> Session:
    now, minutes = bank.clock.now(), bank.settings.window_minutes
    with bank.store.transaction() as db:
        if pressed in {"pay", "pay_and_close"}:
            more = faults.get("tamper_amount", _magic_more(bank, session))
            paid = sessions.pay(db, session.authority, now, minutes, more)
            if paid and "auto_verify" in faults:
                sessions.confirm(db, session.authority, now)
        elif pressed in REFUSALS:
            sessions.fail(db, session.authority, REFUSALS[pressed])
        return sessions.find(db, session.authority) or session


def _magic_more(bank: Bank, session: Session) -> int:
    """ZarinPal's verify is told an amount and refuses another; the others say what they took: ten rials less."""
    differs = bank.magic(session.rials) == Magic.MISMATCH and session.gateway != "zarinpal"
    return -10 if differs else 0


def _back(bank: Bank, session: Session, faults: dict[str, int]) -> AnyResponse:
    """To the merchant, with the claim in the address or in a form: as the gateway does, or the other way."""
    by_post = goes_back_by_post(session) is not ("callback_method" in faults)
    more = faults.get("duplicate_callback", 1 if bank.magic(session.rials) == Magic.TWICE else 0)
    pauses = [0] * more + ([faults["late_callback"]] if "late_callback" in faults else [])
    for pause in pauses:
        Thread(target=_call_back, args=(session, by_post, pause), daemon=True).start()
    if by_post:
        return make_response(render_template("return.html", session=session, claim=claim(session)))
    return redirect(return_url(session), 303)


def _call_back(session: Session, by_post: bool, pause_ms: int) -> None:
    """One more callback, beside the payer's own; nobody waits for its answer, or minds when there is none."""
    time.sleep(pause_ms / 1000)
    with suppress(requests.RequestException):
        if by_post:
            requests.post(session.callback_url, data=claim(session), timeout=20, allow_redirects=False)
        else:
            requests.get(return_url(session), timeout=20, allow_redirects=False)


def _tell(session: Session) -> None:
    """The news of a lazy session of Zibal, from server to server."""
    news = claim(session) | {"cardNumber": CARD_MASK, "hashedCardNumber": CARD_HASH}
    with suppress(requests.RequestException):
        requests.post(session.callback_url, json=news, timeout=20, allow_redirects=False)


def _over(session: Session) -> AnyResponse:
    status = 200 if session.has_money else 410
    return make_response(render_template("over.html", session=session, back=return_url(session)), status)


def _find(bank: Bank, authority: str) -> Session | None:
    with bank.store.transaction() as db:
        sessions.age(db, bank.clock.now())
        return sessions.find(db, authority)


def add_headers(response: Response) -> Response:
    """No `form-action`: browsers hold it against the redirect back to the merchant as well."""
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response
