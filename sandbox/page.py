"""The page a payer sees at the bank, and the way back to the merchant."""

import time
from contextlib import suppress
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox import sessions
from sandbox.bank import Bank, the_bank
from sandbox.magic import Magic
from sandbox.sessions import Session

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
def show(authority: str) -> AnyResponse:
    session = _find(the_bank(), authority)
    if session is None:
        return make_response(render_template("unknown.html"), 404)
    if session.state == "IN_BANK":
        return make_response(render_template("pay.html", session=session))
    return _over(session)


@pages.post("/pg/StartPay/<authority>")
def act(authority: str) -> AnyResponse:
    """One press of a button. A second press changes nothing and leads to the same place."""
    bank = the_bank()
    session = _find(bank, authority)
    if session is None:
        return make_response(render_template("unknown.html"), 404)
    faults = bank.faults.take("pay", authority)
    time.sleep(faults.get("delay_ms", 0) / 1000)
    if "http_500" in faults:
        return make_response(render_template("broken.html"), 500)
    pressed = request.form.get("act", "")
    if pressed == "pay":
        pressed = MAGIC_ACTS.get(bank.magic(session.rials), "pay")
    session = _pressed(bank, session, pressed, faults)
    if session.has_money and (pressed == "pay_and_close" or "no_callback" in faults):
        return make_response(render_template("closed.html", session=session))
    if session.state == "IN_BANK":
        return redirect(request.path, 303)
    return _back(bank, session, faults)


def _pressed(bank: Bank, session: Session, pressed: str, faults: dict[str, int]) -> Session:
    now, minutes = bank.clock.now(), bank.settings.window_minutes
    with bank.store.transaction() as db:
        if pressed in {"pay", "pay_and_close"}:
            paid = sessions.pay(db, session.authority, now, minutes, faults.get("tamper_amount", 0))
            if paid and "auto_verify" in faults:
                sessions.confirm(db, session.authority, now)
        elif pressed in REFUSALS:
            sessions.fail(db, session.authority, REFUSALS[pressed])
        return sessions.find(db, session.authority) or session


def _back(bank: Bank, session: Session, faults: dict[str, int]) -> AnyResponse:
    """To the merchant, with the claim in the address, or in a form when a fault wants a POST."""
    by_post = "callback_method" in faults
    more = faults.get("duplicate_callback", 1 if bank.magic(session.rials) == Magic.TWICE else 0)
    for _ in range(more):
        Thread(target=_call_back, args=(session, by_post), daemon=True).start()
    if by_post:
        return make_response(render_template("return.html", session=session, claim=claim(session)))
    return redirect(return_url(session), 303)


def _call_back(session: Session, by_post: bool) -> None:
    """One more callback, beside the payer's own; nobody waits for its answer, or minds when there is none."""
    with suppress(requests.RequestException):
        if by_post:
            requests.post(session.callback_url, data=claim(session), timeout=20, allow_redirects=False)
        else:
            requests.get(return_url(session), timeout=20, allow_redirects=False)


def _over(session: Session) -> AnyResponse:
    status = 200 if session.has_money else 410
    return make_response(render_template("over.html", session=session, back=return_url(session)), status)


def _find(bank: Bank, authority: str) -> Session | None:
    with bank.store.transaction() as db:
        sessions.age(db, bank.clock.now())
        return sessions.find(db, authority)


def claim(session: Session) -> dict[str, str]:
    """What the payer's browser tells the merchant."""
    return {"Authority": session.authority, "Status": "OK" if session.has_money else "NOK"}


def return_url(session: Session) -> str:
    """The merchant's address with the claim added to whatever query it has."""
    url = urlsplit(session.callback_url)
    query = urlencode([*parse_qsl(url.query, keep_blank_values=True), *claim(session).items()])
    return url._replace(query=query).geturl()


def add_headers(response: Response) -> Response:
    """No `form-action`: browsers hold it against the redirect back to the merchant as well."""
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response
