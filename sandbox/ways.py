"""How a payer comes and goes at each gateway: the name of a session, its page, and what the way back claims."""

import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from sandbox.sessions import CARD_HASH, CARD_MASK, Session

_ALPHABET = string.ascii_uppercase + string.digits
ZIBAL_REFUSED = {"cancelled": 3, "insufficient": 5, "wrong_pin": 6}
Claim = dict[str, str]


@dataclass(frozen=True)
class Way:
    """`page` is the path of the bank's page, before the session's name; `by_post`: how the payer goes back."""

    reference: Callable[[], str]
    page: str
    claim: Callable[[Session], Claim]
    by_post: bool = False


def zibal_status(session: Session) -> int:
    """The number Zibal has for a state."""
    states = {"IN_BANK": -1, "PAID": 2, "VERIFIED": 1, "REVERSED": 18}
    return states.get(session.state, ZIBAL_REFUSED.get(session.reason, 3))


def zibal_claim(session: Session) -> Claim:
    return {
        "trackId": session.authority,
        "success": "1" if session.has_money else "0",
        "status": str(zibal_status(session)),
        "orderId": session.order_id,
    }


def _zarinpal_claim(session: Session) -> Claim:
    return {"Authority": session.authority, "Status": "OK" if session.has_money else "NOK"}


def _sep_claim(session: Session) -> Claim:
    """A refused payment has no RefNum."""
    state, status = ("OK", "2") if session.has_money else ("Failed", "3")
    if session.reason == "cancelled":
        state, status = "CanceledByUser", "1"
    return {
        "MID": session.merchant_id,
        "TerminalId": session.merchant_id,
        "State": state,
        "Status": status,
        "ResNum": session.order_id,
        "RefNum": (session.receipt or "") if session.has_money else "",
        "RRN": str(session.ref_id or ""),
        "TraceNo": str((session.ref_id or 0) % 1_000_000),
        "Amount": str(session.rials),
        "AffectiveAmount": str(session.rials),
        "Wage": "",
        "SecurePan": CARD_MASK,
        "HashedCardNumber": CARD_HASH,
        "Token": session.authority,
    }


WAYS = {
    "zarinpal": Way(
        lambda: "S" + "".join(secrets.choice(_ALPHABET) for _ in range(35)), "/pg/StartPay/", _zarinpal_claim
    ),
    "zibal": Way(lambda: str(10**9 + secrets.randbelow(9 * 10**9)), "/start/", zibal_claim),
    "sep": Way(lambda: secrets.token_hex(16), "/OnlinePG/pay/", _sep_claim, by_post=True),
}


def new_reference(gateway: str) -> str:
    return WAYS[gateway].reference()


def page_of(session: Session) -> str:
    """The path of the bank's page for this session."""
    return f"{WAYS[session.gateway].page}{session.authority}"


def claim(session: Session) -> Claim:
    """What the payer's browser tells the merchant."""
    return WAYS[session.gateway].claim(session)


def goes_back_by_post(session: Session) -> bool:
    return WAYS[session.gateway].by_post and not session.by_get


def return_url(session: Session) -> str:
    """The merchant's address with the claim added to whatever query it has."""
    url = urlsplit(session.callback_url)
    query = urlencode([*parse_qsl(url.query, keep_blank_values=True), *claim(session).items()])
    return url._replace(query=query).geturl()
