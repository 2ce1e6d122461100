"""Reads Zibal's answers: its results and statuses, and what each of them means to the house. Pure.

Source: help.zibal.ir/IPG/API. `result` is about the call, `status` about the payment. The HTTP status is 200
whatever happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from campaigns.domain.payments.contract import Outcome, VerifyRequest, VerifyResult
from campaigns.domain.payments.errors import (
    ConfigError,
    GatewayError,
    InvalidRequest,
    Rejected,
    UnexpectedResponse,
)
from campaigns.gateways.answers import card_mask, storable, whole
from campaigns.gateways.http import Answer

OK, ALREADY, NOT_PAID, NO_SUCH = 100, 201, 202, 203
START_ERRORS: dict[int | None, type[GatewayError]] = {
    **dict.fromkeys((102, 103, 104), ConfigError),  # merchant: unknown, inactive, invalid
    105: InvalidRequest,  # 1,000 rials or less
    106: ConfigError,  # our address: wrong, or not the registered one
    **dict.fromkeys(range(107, 112), InvalidRequest),  # shares for others, which we never send
    112: ConfigError,  # the wallet that should bear the fee is empty
    113: Rejected,  # more than is allowed
    114: InvalidRequest,  # a national code, which we never send
    115: ConfigError,  # our machine's address is not registered
}
STATUS_OUTCOMES: dict[int | None, Outcome] = {
    -1: Outcome.PENDING,
    1: Outcome.ALREADY,
    2: Outcome.PAID_UNVERIFIED,
    3: Outcome.NOT_PAID,  # cancelled
    **dict.fromkeys(range(4, 13), Outcome.NOT_PAID),  # refused by card, bank or switch
    15: Outcome.REFUNDED,
    16: Outcome.REFUNDED,  # on its way
    18: Outcome.REVERSED,
}
"""-2 (an error of Zibal's own) and 21 (the merchant) say nothing about money: they stay UNKNOWN."""
STATUSES = frozenset(str(status) for status in (*STATUS_OUTCOMES, -2, 21))
_PAID, _CANCELLED, _WAITING = {"1", "2"}, "3", {"-1", "-2"}


@dataclass(frozen=True)
class Reply:
    """An answer with its `result`; None when there is none that can be believed."""

    code: int | None
    body: Mapping[str, Any]
    raw: Mapping[str, Any]
    retry_after_seconds: float | None = None

    @property
    def said(self) -> str | None:
        return None if self.code is None else str(self.code)


def read(answer: Answer) -> Reply:
    """A success that the HTTP status denies is not one."""
    code = whole(answer.body.get("result"))
    if answer.status >= 300 and code in {OK, ALREADY}:
        code = None
    raw = {"http_status": answer.status, "body": storable(answer.body)}
    return Reply(code, answer.body, raw, answer.retry_after_seconds)


def error(reply: Reply) -> GatewayError:
    """The error that a result means when no session was opened."""
    kind = START_ERRORS.get(reply.code, UnexpectedResponse)
    return kind(f"Zibal answered {reply.said}", code=reply.said, raw=reply.raw)


def hint(success: str | None, status: str | None) -> Literal["ok", "cancelled", "failed", "unknown"]:
    """What the way back claims; where `success` and `status` disagree it may have been paid: look."""
    if success == "1" or status in _PAID:
        return "ok"
    if status == _CANCELLED:
        return "cancelled"
    if status in _WAITING or (success is None and status not in STATUSES):
        return "unknown"
    return "failed"


def verified(reply: Reply, request: VerifyRequest) -> VerifyResult:
    """Verified money without an amount has `rials` None: it is not ours before an inquiry says so."""
    result = _result(reply)
    if reply.code == ALREADY:
        return replace(result, outcome=Outcome.ALREADY, rials=None)
    if reply.code in {NOT_PAID, NO_SUCH}:
        return replace(result, outcome=Outcome.NOT_PAID, rials=None)
    if reply.code != OK or whole(reply.body.get("status")) not in {None, 1}:
        return result
    if not _ours(reply, request, result.rials):
        return replace(result, outcome=Outcome.MISMATCH)
    return replace(result, outcome=Outcome.PAID)


def inquired(reply: Reply, request: VerifyRequest) -> VerifyResult:
    """An inquiry is never PAID. Verified money must say whose it is: ours by amount and order, both."""
    result = _result(reply)
    if reply.code in {NOT_PAID, NO_SUCH}:
        return replace(result, outcome=Outcome.NOT_PAID)
    if reply.code != OK:
        return result
    outcome = STATUS_OUTCOMES.get(whole(reply.body.get("status")), Outcome.UNKNOWN)
    if outcome in {Outcome.ALREADY, Outcome.PAID_UNVERIFIED} and not _ours(reply, request, result.rials):
        outcome = Outcome.MISMATCH
    if outcome is Outcome.ALREADY and (result.rials is None or reply.body.get("orderId") is None):
        outcome = Outcome.UNKNOWN
    return replace(result, outcome=outcome)


def confirmed(said: VerifyResult, seen: VerifyResult) -> VerifyResult:
    """A verify without an amount, completed by an inquiry. Any other answer of the inquiry wins over it."""
    if seen.outcome is Outcome.ALREADY:
        return replace(seen, outcome=said.outcome, code=said.code)
    undecided = seen.outcome in {Outcome.PAID_UNVERIFIED, Outcome.PENDING, Outcome.NOT_PAID}
    return replace(seen, outcome=Outcome.UNKNOWN) if undecided else seen


def _result(reply: Reply) -> VerifyResult:
    """The facts of an answer, with no outcome yet."""
    receipt = whole(reply.body.get("refNumber"))
    return VerifyResult(
        Outcome.UNKNOWN,
        rials=whole(reply.body.get("amount")),
        receipt_ref=str(receipt) if receipt else None,
        card_mask=card_mask(reply.body.get("cardNumber")),
        code=reply.said,
        retry_after_seconds=reply.retry_after_seconds,
        raw=reply.raw,
    )


def _ours(reply: Reply, request: VerifyRequest, rials: int | None) -> bool:
    """Whether nothing in the answer says another amount or another order."""
    order = reply.body.get("orderId")
    return rials in {None, request.rials} and (order is None or whole(order) == request.numeric_ref)
