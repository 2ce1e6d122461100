"""Saman Electronic Payment (SEP), OnlinePG. Rials only. It has no inquiry and no sandbox of its own.

Sources: SEP's OnlinePG document 3.6 and the drivers of others. The payer is sent by a POST of the token; the
way back is a POST that alone brings the RefNum. SEP does not tie a RefNum to an order: the house compares the
amount and takes each RefNum once. Their field names are kept as they are, `OrginalAmount` too.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

from campaigns.domain.payments.contract import (
    CallbackHint,
    Capabilities,
    Environment,
    Outcome,
    Redirect,
    ReportRow,
    StartRequest,
    StartResult,
    UnverifiedItem,
    VerifyRequest,
    VerifyResult,
)
from campaigns.domain.payments.errors import (
    ConfigError,
    GatewayError,
    InvalidRequest,
    NotSupported,
    UnexpectedResponse,
)
from campaigns.gateways import callbacks
from campaigns.gateways import sep_replies as replies
from campaigns.gateways.answers import local_mobile, matching, storable, unknown
from campaigns.gateways.environments import fitting
from campaigns.gateways.http import Answer, JsonClient

MIN_RIALS, MAX_RIALS = 2_000, 1_000_000_000
"""SEP documents no ceiling; cards have lower ones of their own."""
TOKEN_MINUTES = 20
PAYER_MINUTES = TOKEN_MINUTES + 20
"""A payer may arrive with the last second of the token, and then has the bank's page before him."""
START, PAGE = "/onlinepg/onlinepg", "/OnlinePG/OnlinePG"
VERIFY = "/verifyTxnRandomSessionkey/ipg/VerifyTransaction"
REVERSE = "/verifyTxnRandomSessionkey/ipg/ReverseTransaction"
LONGEST_ADDRESS = 2083
_TERMINAL = re.compile(r"[1-9][0-9]{2,11}")
_TOKEN = re.compile(r"[0-9A-Za-z+/=_.-]{8,80}")
_REF_NUM = re.compile(r"[0-9A-Za-z+/=_-]{6,80}")


class SepSettings(Protocol):
    """The settings this plug reads."""

    @property
    def sep_terminal_id(self) -> str: ...
    @property
    def sep_base_url(self) -> str: ...
    @property
    def sep_environment(self) -> str: ...


def from_settings(settings: SepSettings) -> "Sep":
    """Raises `ConfigError` when terminal, host and environment do not fit together."""
    return Sep(settings.sep_terminal_id, settings.sep_base_url, settings.sep_environment)


class Sep:
    """The adapter. Raises `ConfigError` when terminal, host and environment do not fit together."""

    name = "sep"

    def __init__(
        self, terminal_id: str, base_url: str, environment: str, client: JsonClient | None = None
    ) -> None:
        if not _TERMINAL.fullmatch(terminal_id):
            raise ConfigError("SEP_TERMINAL_ID is missing or no number")
        self.environment: Environment = fitting("SEP", base_url, environment, domain="shaparak.ir")
        self._terminal = int(terminal_id)
        self._base_url = base_url.rstrip("/")
        self._client = client or JsonClient(self._base_url)

    def capabilities(self) -> Capabilities:
        return Capabilities(
            min_rials=MIN_RIALS,
            max_rials=MAX_RIALS,
            verify_window=timedelta(minutes=30),
            payer_window=timedelta(minutes=PAYER_MINUTES),
            receipt_by_callback=True,
            redirect_method="POST",
            requires_referrer=True,
            reverse_minutes=50,
        )

    def start(self, request: StartRequest) -> StartResult:
        if not MIN_RIALS <= request.rials <= MAX_RIALS:
            raise InvalidRequest(f"an amount must be {MIN_RIALS} to {MAX_RIALS} rials")
        if len(request.callback_url) > LONGEST_ADDRESS:
            raise InvalidRequest("the way back is too long for SEP")
        answer = self._client.post(START, self._session(request))
        token = matching(_TOKEN, replies.token(answer))
        if token is None:
            raise UnexpectedResponse("a token of another shape", raw=replies.kept(answer))
        redirect = Redirect("POST", f"{self._base_url}{PAGE}", {"Token": token})
        return StartResult(token, redirect, raw=replies.kept(answer))

    def parse_callback(
        self, method: str, args: Mapping[str, object], form: Mapping[str, object], json: object
    ) -> CallbackHint:
        brought = {"method": method, "values": callbacks.everything(args, form, json)}
        said = {
            name: callbacks.only(name, args, form, json)
            for name in ("Token", "ResNum", "RefNum", "Status", "State")
        }
        return CallbackHint(
            gateway_ref=matching(_TOKEN, said["Token"]),
            numeric_ref=callbacks.number(said["ResNum"]),
            receipt_ref=matching(_REF_NUM, said["RefNum"]),
            hint=replies.hint(said["Status"], said["State"]),
            code=said["Status"] if said["Status"] in replies.STATUSES else None,
            raw=storable(brought),
        )

    def verify(self, request: VerifyRequest) -> VerifyResult:
        """Asks about the RefNum a callback brought. Without one there is nothing to ask: UNKNOWN."""
        return self._ask(VERIFY, request, lambda answer: replies.verified(answer, request, self._terminal))

    def inquire(self, request: VerifyRequest) -> VerifyResult:
        return VerifyResult(Outcome.UNKNOWN, code="no_inquiry")

    def reverse(self, request: VerifyRequest) -> VerifyResult:
        return self._ask(REVERSE, request, replies.reversed_)

    def list_unverified(self) -> Sequence[UnverifiedItem]:
        raise NotSupported("SEP has no list of unverified payments")

    def report(self, first: date, last: date) -> Sequence[ReportRow]:
        raise NotSupported("SEP gives its report as a file only")

    def _session(self, request: StartRequest) -> dict[str, Any]:
        body: dict[str, Any] = {
            "action": "token",
            "TerminalId": str(self._terminal),
            "Amount": request.rials,
            "ResNum": str(request.numeric_ref),
            "RedirectUrl": request.callback_url,
            "TokenExpiryInMin": TOKEN_MINUTES,
        }
        if mobile := local_mobile(request.mobile):
            body["CellNumber"] = mobile
        return body

    def _ask(self, path: str, request: VerifyRequest, read: Callable[[Answer], VerifyResult]) -> VerifyResult:
        if request.receipt_ref is None:
            return VerifyResult(Outcome.UNKNOWN, code="no_receipt")
        if _REF_NUM.fullmatch(request.receipt_ref) is None:
            return VerifyResult(Outcome.NOT_PAID, code="shape")
        body = {"RefNum": request.receipt_ref, "TerminalNumber": self._terminal}
        try:
            return read(self._client.post(path, body))
        except GatewayError as error:
            return unknown(error)
