"""What the house asks of a payment gateway. Plugs live in `campaigns/gateways`; this knows none of them.

A gateway answers questions and changes nothing of ours: it opens no database, moves no state, posts no money.
Every amount is an `int` of rials. Every `raw` is ready to be stored as JSON (text, whole numbers, booleans,
lists and mappings only), with phone numbers, card numbers and merchant ids already masked. What a gateway may
raise is in `errors`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Literal, Protocol

Environment = Literal["live", "sandbox"]
Raw = Mapping[str, Any]


class Outcome(StrEnum):
    """What a gateway says about one session, in the words of the house."""

    PAID = "paid"  # verified by this very call
    ALREADY = "already"  # verified by an earlier call: as good as PAID, for the same session
    PAID_UNVERIFIED = "paid_unverified"  # an inquiry saw the money: call verify now
    PENDING = "pending"  # the payer is still at the bank
    NOT_PAID = "not_paid"  # a definite no, for now
    REVERSED = "reversed"  # the money went back to the payer
    REFUNDED = "refunded"
    REFUSED = "refused"  # to a reversal: a definite no, the money stays ours
    MISMATCH = "mismatch"  # another amount, merchant or order than ours: a person must look
    UNKNOWN = "unknown"  # no answer, or none that can be believed: ask again later

    @property
    def verified(self) -> bool:
        """Whether the gateway says that this session's money is ours (true only from `Gateway.verify`)."""
        return self in {Outcome.PAID, Outcome.ALREADY}


@dataclass(frozen=True)
class StartRequest:
    """A wish to open a session. `attempt_id` is public and unguessable; `idempotency_key` never repeats."""

    attempt_id: str
    numeric_ref: int
    rials: int
    description: str
    callback_url: str
    idempotency_key: str
    mobile: str | None = None
    email: str | None = None
    allowed_cards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Redirect:
    """Where the payer's browser goes next, and how; `fields` are the hidden fields of a POST."""

    method: Literal["GET", "POST"]
    url: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StartResult:
    """An open session. `gateway_ref` names it at the gateway and is unique there."""

    gateway_ref: str
    redirect: Redirect
    fee_rials: int | None = None
    expires_at: datetime | None = None
    raw: Raw = field(default_factory=dict)


@dataclass(frozen=True)
class CallbackHint:
    """What a browser claims on its way back. Anyone can forge it: a reason to look, never evidence.

    `gateway_ref` is None when the claim is missing, malformed, ambiguous or of the other environment.
    """

    gateway_ref: str | None
    hint: Literal["ok", "cancelled", "failed", "unknown"]
    numeric_ref: int | None = None
    receipt_ref: str | None = None
    code: str | None = None
    raw: Raw = field(default_factory=dict)

    def names(self, gateway_ref: str | None, numeric_ref: int) -> bool:
        """Whether it speaks of this session: by the gateway's name of it, or where it brings none by ours."""
        if self.gateway_ref is not None:
            return self.gateway_ref == gateway_ref
        return self.numeric_ref is not None and self.numeric_ref == numeric_ref


@dataclass(frozen=True)
class VerifyRequest:
    """Our own stored facts about a session, never those of a callback.

    But for `receipt_ref` where only a callback brings one (`Capabilities.receipt_by_callback`): there it is a
    claim to be tried, and what the gateway says about it is the evidence.
    """

    gateway_ref: str
    rials: int
    numeric_ref: int
    receipt_ref: str | None = None


@dataclass(frozen=True)
class VerifyResult:
    """One answer about one session. `rials` and `receipt_ref` are None where the gateway does not say.

    With `MISMATCH` from `verify`, `rials` is what the gateway has already given us, None where it gave nothing.
    `fee_rials` is what it keeps of our money; a fee that the payer bears is none of ours.
    """

    outcome: Outcome
    rials: int | None = None
    receipt_ref: str | None = None
    bank_ref: str | None = None
    card_mask: str | None = None
    card_hash: str | None = None
    paid_at: datetime | None = None
    fee_rials: int | None = None
    code: str | None = None
    retry_after_seconds: float | None = None
    raw: Raw = field(default_factory=dict)


@dataclass(frozen=True)
class UnverifiedItem:
    """A session that the gateway holds money for and that nobody has verified yet."""

    gateway_ref: str
    rials: int
    callback_url: str = ""
    paid_at: datetime | None = None
    raw: Raw = field(default_factory=dict)


@dataclass(frozen=True)
class ReportRow:
    """One payment in a gateway's own report of its days, by whichever of our names for it the report says.

    `outcome` is ALREADY, PAID_UNVERIFIED, PENDING, NOT_PAID, REVERSED, REFUNDED or UNKNOWN. A report is a reason to
    look, as a callback is: money is booked after a verify only.
    """

    rials: int
    outcome: Outcome
    at: datetime | None = None
    gateway_ref: str | None = None
    receipt_ref: str | None = None
    numeric_ref: int | None = None

    @property
    def has_money(self) -> bool:
        return self.outcome in {Outcome.ALREADY, Outcome.PAID_UNVERIFIED}

    @property
    def name(self) -> str:
        """What people find it by at the gateway."""
        return self.gateway_ref or self.receipt_ref or str(self.numeric_ref or "")


@dataclass(frozen=True)
class Capabilities:
    """What this gateway can do. A method behind a false flag is never called.

    `verify_window`: how long after paying a verify is sure to be accepted. `reverse_minutes` is None where
    payments cannot be taken back; `unverified_limit` is the most rows one `list_unverified` can show.
    `receipt_by_callback`: a verify needs a reference that only the payer's browser brings; until it came there
    is nothing to ask, and what nobody verified within `payer_window` and `verify_window` went back to the
    payer. `payer_window`: how long after `start` somebody may still pay.
    """

    min_rials: int
    max_rials: int | None
    verify_window: timedelta
    payer_window: timedelta = timedelta(minutes=30)
    receipt_by_callback: bool = False
    inquiry: bool = False
    unverified_list: bool = False
    unverified_limit: int | None = None
    report: bool = False
    verify_sends_amount: bool = False
    redirect_method: Literal["GET", "POST"] = "GET"
    requires_referrer: bool = False
    reverse_minutes: int | None = None
    refund_api: bool = False
    partial_refund: bool = False
    mandates: bool = False
    webhook: bool = False


class Gateway(Protocol):
    """One payment gateway in one environment. Safe to share between threads; holds no state of a payment."""

    @property
    def name(self) -> str:
        """The short word in URLs and in `payment_attempt.gateway`."""

    @property
    def environment(self) -> Environment:
        """`sandbox` money is never real and never enters live accounts."""

    def capabilities(self) -> Capabilities:
        """Facts only; no I/O."""

    def start(self, request: StartRequest) -> StartResult:
        """Opens a session. Raises `GatewayError`. A session lost in a time-out is harmless: nobody saw it."""

    def parse_callback(
        self, method: str, args: Mapping[str, object], form: Mapping[str, object], json: object
    ) -> CallbackHint:
        """Reads what the browser brought. Pure: no I/O, and no junk makes it raise.

        Values may be strings or lists of strings (`request.args.to_dict(flat=False)`); two different values
        for one name are ambiguous and count as missing.
        """

    def verify(self, request: VerifyRequest) -> VerifyResult:
        """Asks whether the money is ours. Safe to call any number of times; never raises `GatewayError`.

        The only source of `Outcome.verified`. The caller still compares `rials`, where the gateway says it.
        """

    def inquire(self, request: VerifyRequest) -> VerifyResult:
        """Looks without touching; never raises `GatewayError`, never answers PAID.

        It never confirms either: on ALREADY or PAID_UNVERIFIED the caller asks `verify`.
        """

    def reverse(self, request: VerifyRequest) -> VerifyResult:
        """Gives a verified payment back to its payer, all of it. Never raises `GatewayError`.

        REVERSED, also when an earlier call did it; REFUSED, and the money stays ours; else UNKNOWN: look again
        before another try.
        """

    def list_unverified(self) -> Sequence[UnverifiedItem]:
        """Paid sessions that wait for a verify, newest `unverified_limit` at most. Raises `GatewayError`."""

    def report(self, first: date, last: date) -> Sequence[ReportRow]:
        """Every session of these Tehran days, both included, as the gateway lists them. Raises `GatewayError`."""
