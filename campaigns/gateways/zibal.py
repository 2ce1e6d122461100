"""Zibal, IPG v1. Rials only. Its verify is told no amount, so what was paid is compared here.

Protocol: help.zibal.ir/IPG/API. The practice merchant is `zibal`, on the live host. Our `numeric_ref` is its
`orderId`.
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
from campaigns.gateways import zibal_replies as replies
from campaigns.gateways.answers import local_mobile, storable, unknown, whole
from campaigns.gateways.environments import fitting
from campaigns.gateways.http import JsonClient
from campaigns.gateways.zibal_report import TransactionReport

PRACTICE_MERCHANT = "zibal"
MIN_RIALS, MAX_RIALS = 1_010, 1_000_000_000
"""Zibal refuses 1,000 rials and less. It documents no ceiling; cards have lower ones of their own."""
LONGEST_DESCRIPTION = 500
_MERCHANT = re.compile(r"[0-9A-Za-z_-]{3,64}")
_TRACK_ID = re.compile(r"[1-9][0-9]{0,17}")


class ZibalSettings(Protocol):
    """The settings this plug reads."""

    @property
    def zibal_merchant(self) -> str: ...
    @property
    def zibal_base_url(self) -> str: ...
    @property
    def zibal_environment(self) -> str: ...
    @property
    def zibal_report_url(self) -> str: ...
    @property
    def zibal_access_token(self) -> str: ...


def from_settings(settings: ZibalSettings) -> "Zibal":
    """Raises `ConfigError` when merchant, host and environment do not fit together."""
    merchant, token, url = settings.zibal_merchant, settings.zibal_access_token, settings.zibal_report_url
    reports = TransactionReport(url, token, merchant) if token else None
    if reports is not None:
        _environment(merchant, url, settings.zibal_environment)
    return Zibal(merchant, settings.zibal_base_url, settings.zibal_environment, reports=reports)


class Zibal:
    """The adapter. Raises `ConfigError` when merchant, host and environment do not fit together."""

    name = "zibal"

    def __init__(
        self,
        merchant: str,
        base_url: str,
        environment: str,
        client: JsonClient | None = None,
        reports: TransactionReport | None = None,
    ) -> None:
        self.environment: Environment = _environment(merchant, base_url, environment)
        self._merchant = merchant
        self._base_url = base_url.rstrip("/")
        self._client = client or JsonClient(self._base_url)
        self._reports = reports

    def capabilities(self) -> Capabilities:
        return Capabilities(
            min_rials=MIN_RIALS,
            max_rials=MAX_RIALS,
            verify_window=timedelta(minutes=30),  # undocumented: what others met
            inquiry=True,
            report=self._reports is not None,
        )

    def start(self, request: StartRequest) -> StartResult:
        if not MIN_RIALS <= request.rials <= MAX_RIALS:
            raise InvalidRequest(f"an amount must be {MIN_RIALS} to {MAX_RIALS} rials")
        reply = self._call("request", _session(request))
        if reply.code != replies.OK:
            raise replies.error(reply)
        track_id = _track_id(whole(reply.body.get("trackId")))
        if track_id is None:
            raise UnexpectedResponse("no trackId, or none of its shape", raw=reply.raw)
        return StartResult(track_id, Redirect("GET", f"{self._base_url}/start/{track_id}"), raw=reply.raw)

    def parse_callback(
        self, method: str, args: Mapping[str, object], form: Mapping[str, object], json: object
    ) -> CallbackHint:
        """By GET from the browser; where the merchant is «lazy», by a POST of JSON from Zibal's own servers."""
        brought = {"method": method, "values": callbacks.everything(args, form, json)}
        success, status = (callbacks.only(name, args, form, json) for name in ("success", "status"))
        return CallbackHint(
            gateway_ref=_track_id(callbacks.only("trackId", args, form, json)),
            numeric_ref=callbacks.number(callbacks.only("orderId", args, form, json)),
            hint=replies.hint(success, status),
            code=status if status in replies.STATUSES else None,
            raw=storable(brought),
        )

    def verify(self, request: VerifyRequest) -> VerifyResult:
        """«Already verified» comes without an amount: an inquiry must say that amount and order are ours."""
        said = self._ask("verify", request, replies.verified)
        if not said.outcome.verified or said.rials is not None:
            return said
        return replies.confirmed(said, self.inquire(request))

    def inquire(self, request: VerifyRequest) -> VerifyResult:
        return self._ask("inquiry", request, replies.inquired)

    def reverse(self, request: VerifyRequest) -> VerifyResult:
        raise NotSupported("Zibal gives money back by its refund service only")

    def list_unverified(self) -> Sequence[UnverifiedItem]:
        raise NotSupported("Zibal has no list of unverified payments")

    def report(self, first: date, last: date) -> Sequence[ReportRow]:
        if self._reports is None:
            raise NotSupported("no access token for Zibal's reports")
        return self._reports.rows(first, last)

    def _ask(
        self,
        operation: str,
        request: VerifyRequest,
        read: Callable[[replies.Reply, VerifyRequest], VerifyResult],
    ) -> VerifyResult:
        if _track_id(request.gateway_ref) is None:
            return VerifyResult(Outcome.MISMATCH, code="shape")
        try:
            return read(self._call(operation, {"trackId": int(request.gateway_ref)}), request)
        except GatewayError as error:
            return unknown(error)

    def _call(self, operation: str, body: Mapping[str, Any]) -> replies.Reply:
        return replies.read(self._client.post(f"/v1/{operation}", {"merchant": self._merchant, **body}))


def _environment(merchant: str, base_url: str, environment: str) -> Environment:
    """Live and practice share a host: there the merchant's name tells them apart."""
    if not _MERCHANT.fullmatch(merchant):
        raise ConfigError("ZIBAL_MERCHANT is missing or has a wrong shape")
    if environment == "live" and merchant == PRACTICE_MERCHANT:
        raise ConfigError("the merchant «zibal» is for practice only")
    practice = environment == "sandbox" and merchant == PRACTICE_MERCHANT
    return fitting("Zibal", base_url, environment, domain=None if practice else "zibal.ir")


def _track_id(value: object) -> str | None:
    """The trackId as text, if it has that shape."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return text if _TRACK_ID.fullmatch(text) else None


def _session(request: StartRequest) -> dict[str, Any]:
    body: dict[str, Any] = {
        "amount": request.rials,
        "callbackUrl": request.callback_url,
        "description": request.description[:LONGEST_DESCRIPTION],
        "orderId": str(request.numeric_ref),
    }
    if mobile := local_mobile(request.mobile):
        body["mobile"] = mobile
    if request.allowed_cards:
        body["allowedCards"] = list(request.allowed_cards)
    return body
