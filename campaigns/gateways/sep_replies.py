"""Reads SEP's answers: its codes, and what each of them means to the house. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from campaigns.domain.payments.contract import Outcome, VerifyRequest, VerifyResult
from campaigns.domain.payments.errors import ConfigError, GatewayError, InvalidRequest, UnexpectedResponse
from campaigns.gateways.answers import HEX_HASH, card_mask, matching, storable, whole
from campaigns.gateways.http import Answer

OPENED = 1
OK, ALREADY = 0, 2
START_ERRORS: dict[int | None, type[GatewayError]] = {
    5: InvalidRequest,  # parameters
    8: ConfigError,  # our machine's address is not registered
    12: ConfigError,  # no such terminal
    21: ConfigError,  # a terminal that shares its money out
}
VERIFY_OUTCOMES: dict[int | None, Outcome] = {
    OK: Outcome.PAID,
    ALREADY: Outcome.ALREADY,  # «duplicate request»
    5: Outcome.REVERSED,
    -2: Outcome.NOT_PAID,  # no such RefNum
    -6: Outcome.REVERSED,  # later than half an hour: SEP has given it back
}
"""-104, -105, -106 and -111 are about our terminal or our request and say nothing about money: UNKNOWN."""
REVERSE_OUTCOMES: dict[int | None, Outcome] = {
    OK: Outcome.REVERSED,
    5: Outcome.REVERSED,
    **dict.fromkeys((-2, -6, -104, -105, -106, -111), Outcome.REFUSED),
}
"""A 2 does not say which request it repeats: UNKNOWN, and the next try answers 5 where it is done."""
STATUSES = frozenset(str(status) for status in (1, 2, 3, 4, 5, 8, 10, 11, 12, 21))
_PAID, _CANCELLED = "2", "1"


def token(answer: Answer) -> object:
    """What is given as the token of a new session. Raises `GatewayError` when none was opened."""
    if answer.status < 300 and whole(answer.body.get("status")) == OPENED:
        return answer.body.get("token")
    code = whole(answer.body.get("errorCode"))
    said = None if code is None else str(code)
    raise START_ERRORS.get(code, UnexpectedResponse)(f"SEP answered {said}", code=said, raw=kept(answer))


def hint(status: str | None, state: str | None) -> Literal["ok", "cancelled", "failed", "unknown"]:
    """What the way back claims: by its number, or by its word where it brings no number."""
    if status is None:
        words: dict[str, Literal["ok", "cancelled"]] = {"ok": "ok", "canceledbyuser": "cancelled"}
        return "unknown" if state is None else words.get(state.lower(), "failed")
    if status == _PAID:
        return "ok"
    return "cancelled" if status == _CANCELLED else "failed" if status in STATUSES else "unknown"


def verified(answer: Answer, request: VerifyRequest, terminal: int) -> VerifyResult:
    """Verified money counts only with the facts of the payment beside it; the amount and terminal must be ours."""
    detail = _detail(answer)
    found = _result(answer, VERIFY_OUTCOMES)
    if not found.outcome.verified:
        return found
    rials, number = whole(detail.get("OrginalAmount")), whole(detail.get("TerminalNumber"))
    if rials is None or number is None:
        return replace(found, outcome=Outcome.UNKNOWN)
    if number != terminal or detail.get("RefNum", request.receipt_ref) != request.receipt_ref:
        return replace(found, outcome=Outcome.MISMATCH)
    trace = whole(detail.get("RRN"))
    return replace(
        found,
        outcome=found.outcome if rials == request.rials else Outcome.MISMATCH,
        rials=rials,
        receipt_ref=request.receipt_ref,
        bank_ref=str(trace) if trace else None,
        card_mask=card_mask(detail.get("MaskedPan")),
        card_hash=matching(HEX_HASH, detail.get("HashedPan")),
    )


def reversed_(answer: Answer) -> VerifyResult:
    """Whether the money went back to the payer."""
    return _result(answer, REVERSE_OUTCOMES)


def kept(answer: Answer) -> dict[str, Any]:
    return {"http_status": answer.status, "body": storable(answer.body)}


def _result(answer: Answer, outcomes: Mapping[int | None, Outcome]) -> VerifyResult:
    code = _code(answer)
    return VerifyResult(
        outcomes.get(code, Outcome.UNKNOWN),
        code=None if code is None else str(code),
        retry_after_seconds=answer.retry_after_seconds,
        raw=kept(answer),
    )


def _code(answer: Answer) -> int | None:
    """A success that the HTTP status or `Success` denies is not one."""
    code = whole(answer.body.get("ResultCode"))
    if answer.status >= 300 and code in {OK, ALREADY}:
        return None
    return None if code == OK and answer.body.get("Success") is False else code


def _detail(answer: Answer) -> Mapping[str, Any]:
    detail = answer.body.get("TransactionDetail")
    return detail if isinstance(detail, Mapping) else {}
