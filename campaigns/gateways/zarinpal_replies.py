"""Reads ZarinPal's answers: its codes, and what each of them means to the house. Pure.

Sources: zarinpal.com/docs/paymentGateway/errorList, …/otherMethods/Inquiry and …/otherMethods/unVerified.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from campaigns.base.jalali import TEHRAN
from campaigns.domain.payments.contract import Outcome, UnverifiedItem, VerifyRequest, VerifyResult
from campaigns.domain.payments.errors import (
    ConfigError,
    GatewayError,
    InvalidRequest,
    RateLimited,
    Rejected,
    Unavailable,
    UnexpectedResponse,
)
from campaigns.gateways.answers import HEX_HASH, card_mask, matching, storable, whole
from campaigns.gateways.http import Answer

OK, ALREADY = 100, 101
NOT_REVERSIBLE = -61
TOO_MANY = -12
START_ERRORS: dict[int | None, type[GatewayError]] = {
    **dict.fromkeys((-9, -40), InvalidRequest),
    **dict.fromkeys((-10, -11, *range(-19, -12), *range(-38, -29)), ConfigError),
    TOO_MANY: RateLimited,
    -41: Rejected,  # more than 100 million toman
    -52: Unavailable,  # "unexpected error"
}
# A code about our terminal or our request (-9 … -41) says nothing about the money: it stays UNKNOWN.
VERIFY_OUTCOMES: dict[int | None, Outcome] = {
    OK: Outcome.PAID,
    ALREADY: Outcome.ALREADY,
    -50: Outcome.MISMATCH,  # another amount than the session's
    -51: Outcome.NOT_PAID,
    -53: Outcome.MISMATCH,  # the session of another merchant
    -54: Outcome.NOT_PAID,  # no such session
    -55: Outcome.NOT_PAID,
}
INQUIRY_OUTCOMES = {
    "VERIFIED": Outcome.ALREADY,
    "PAID": Outcome.PAID_UNVERIFIED,
    "IN_BANK": Outcome.PENDING,
    "FAILED": Outcome.NOT_PAID,
    "REVERSED": Outcome.REVERSED,
}
REVERSE_OUTCOMES: dict[int | None, Outcome] = {
    OK: Outcome.REVERSED,
    -60: Outcome.REFUSED,  # the bank does not give it back
    -62: Outcome.REFUSED,  # the terminal has no address of ours
    -63: Outcome.REFUSED,  # more than half an hour ago
}
_LOCAL_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")


@dataclass(frozen=True)
class Reply:
    """An answer with its one code; None when there is none, or several that disagree."""

    code: int | None
    data: Mapping[str, Any]
    raw: Mapping[str, Any]
    retry_after_seconds: float | None = None

    @property
    def said(self) -> str | None:
        return None if self.code is None else str(self.code)


def read(answer: Answer) -> Reply:
    """A success that the HTTP status denies is not one."""
    data = answer.body.get("data")
    data = data if isinstance(data, Mapping) else {}
    codes = _codes(data, answer.body.get("errors"))
    code = codes.pop() if len(codes) == 1 else None
    if answer.status >= 300 and code in {OK, ALREADY}:
        code = None
    raw = {"http_status": answer.status, "body": storable(answer.body)}
    return Reply(code, data, raw, answer.retry_after_seconds)


def error(reply: Reply) -> GatewayError:
    """The error that a code means when nothing was verified or opened."""
    kind = START_ERRORS.get(reply.code, UnexpectedResponse)
    message = f"ZarinPal answered {reply.said}"
    if kind is RateLimited:
        wait = reply.retry_after_seconds
        return RateLimited(message, code=reply.said, raw=reply.raw, retry_after_seconds=wait)
    return kind(message, code=reply.said, raw=reply.raw)


def verified(reply: Reply, request: VerifyRequest) -> VerifyResult:
    """ZarinPal binds the amount to the session and need not repeat it; where it does, it must be ours."""
    outcome = VERIFY_OUTCOMES.get(reply.code, Outcome.UNKNOWN)
    rials = whole(reply.data.get("amount"))
    if outcome.verified and rials not in {None, request.rials}:
        outcome = Outcome.MISMATCH
    receipt = whole(reply.data.get("ref_id"))
    return VerifyResult(
        outcome,
        rials=rials,
        receipt_ref=str(receipt) if receipt else None,
        card_mask=card_mask(reply.data.get("card_pan")),
        card_hash=matching(HEX_HASH, reply.data.get("card_hash")),
        fee_rials=None if reply.data.get("fee_type") == "Payer" else whole(reply.data.get("fee")),
        code=reply.said,
        retry_after_seconds=reply.retry_after_seconds,
        raw=reply.raw,
    )


def inquired(reply: Reply, request: VerifyRequest) -> VerifyResult:
    """An inquiry is never PAID: ZarinPal forbids confirming a payment by it."""
    status = reply.data.get("status")
    if reply.code in {OK, ALREADY}:
        outcome = INQUIRY_OUTCOMES.get(str(status).upper(), Outcome.UNKNOWN)
    else:
        outcome = VERIFY_OUTCOMES.get(reply.code, Outcome.UNKNOWN)
    rials = whole(reply.data.get("amount"))
    if outcome in {Outcome.ALREADY, Outcome.PAID_UNVERIFIED} and rials not in {None, request.rials}:
        outcome = Outcome.MISMATCH
    wait = reply.retry_after_seconds
    return VerifyResult(outcome, rials=rials, code=reply.said, retry_after_seconds=wait, raw=reply.raw)


def reversed_(reply: Reply, request: VerifyRequest) -> VerifyResult:
    """Whether the money went back to the payer."""
    outcome = REVERSE_OUTCOMES.get(reply.code, Outcome.UNKNOWN)
    wait = reply.retry_after_seconds
    return VerifyResult(outcome, code=reply.said, retry_after_seconds=wait, raw=reply.raw)


def told_apart(refused: VerifyResult, seen: VerifyResult) -> VerifyResult:
    """What a reversal that «cannot be done» means, by what an inquiry saw afterwards."""
    outcomes = {Outcome.REVERSED: Outcome.REVERSED, Outcome.ALREADY: Outcome.REFUSED}
    return replace(refused, outcome=outcomes.get(seen.outcome, Outcome.UNKNOWN))


def unverified(row: Mapping[str, Any]) -> UnverifiedItem | None:
    """One row of the list, its Tehran time as an aware moment. None when it has no amount."""
    rials, callback_url = whole(row.get("amount")), row.get("callback_url")
    if rials is None:
        return None
    return UnverifiedItem(
        gateway_ref=str(row.get("authority")),
        rials=rials,
        callback_url=callback_url if isinstance(callback_url, str) else "",
        paid_at=_moment(matching(_LOCAL_TIME, row.get("date"))),
        raw=storable(row),
    )


def _codes(data: Mapping[str, Any], errors: object) -> set[int]:
    """Every code in an answer. `errors` comes as an object, as a list of them, empty or not at all."""
    places = [data, *(errors if isinstance(errors, list) else [errors])]
    found = (whole(place.get("code")) for place in places if isinstance(place, Mapping))
    return {code for code in found if code is not None}


def _moment(local: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(local).replace(tzinfo=TEHRAN).astimezone(UTC) if local else None
    except (ValueError, OverflowError):
        return None
