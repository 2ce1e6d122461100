"""ZarinPal, REST v4. Rials only: `currency` is never sent, so that request and verify cannot disagree.

Protocol: zarinpal.com/docs/paymentGateway/connectToGateway. Authorities are 36 characters: `A…` on the live
hosts, `S…` on the sandbox.
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
from campaigns.gateways import zarinpal_replies as replies
from campaigns.gateways.answers import local_mobile, storable, unknown, whole
from campaigns.gateways.environments import fitting
from campaigns.gateways.http import JsonClient
from campaigns.gateways.payman import Payman
from campaigns.gateways.zarinpal_report import SessionReport

SANDBOX_HOST = "sandbox.zarinpal.com"
MIN_RIALS, MAX_RIALS = 10_000, 1_000_000_000
LONGEST_DESCRIPTION = 500
_MERCHANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_AUTHORITY = {"live": re.compile(r"A[0-9a-zA-Z]{35}"), "sandbox": re.compile(r"S[0-9a-zA-Z]{35}")}


class ZarinPalSettings(Protocol):
    """The settings this plug reads."""

    @property
    def zarinpal_merchant_id(self) -> str: ...
    @property
    def zarinpal_base_url(self) -> str: ...
    @property
    def zarinpal_environment(self) -> str: ...
    @property
    def zarinpal_payman(self) -> bool: ...
    @property
    def zarinpal_report_url(self) -> str: ...
    @property
    def zarinpal_access_token(self) -> str: ...
    @property
    def zarinpal_terminal(self) -> str: ...


def from_settings(settings: ZarinPalSettings) -> "ZarinPal":
    """Raises `ConfigError` when merchant, host and environment do not fit together."""
    token, terminal = settings.zarinpal_access_token, settings.zarinpal_terminal
    reports = SessionReport(settings.zarinpal_report_url, token, terminal) if token and terminal else None
    if reports is not None:
        fitting(
            "ZarinPal's reports",
            settings.zarinpal_report_url,
            settings.zarinpal_environment,
            domain="zarinpal.com",
            practice_host=SANDBOX_HOST,
        )
    return ZarinPal(
        settings.zarinpal_merchant_id,
        settings.zarinpal_base_url,
        settings.zarinpal_environment,
        reports=reports,
        payman=settings.zarinpal_payman,
    )


class ZarinPal:
    """The adapter. `payman`: ZarinPal has opened direct debit for this merchant.

    Raises `ConfigError` when merchant, host and environment do not fit together.
    """

    name = "zarinpal"

    def __init__(
        self,
        merchant_id: str,
        base_url: str,
        environment: str,
        client: JsonClient | None = None,
        *,
        reports: SessionReport | None = None,
        payman: bool = False,
    ) -> None:
        self.environment: Environment = fitting(
            "ZarinPal", base_url, environment, domain="zarinpal.com", practice_host=SANDBOX_HOST
        )
        if not _MERCHANT.fullmatch(merchant_id):
            raise ConfigError("ZARINPAL_MERCHANT_ID is not a lower-case UUID")
        self._merchant_id = merchant_id
        self._base_url = base_url.rstrip("/")
        self._client = client or JsonClient(self._base_url)
        self.direct_debit = Payman(merchant_id, self._base_url) if payman else None
        self._reports = reports

    def capabilities(self) -> Capabilities:
        return Capabilities(
            min_rials=MIN_RIALS,
            max_rials=MAX_RIALS,
            verify_window=timedelta(minutes=15),
            inquiry=True,
            unverified_list=True,
            unverified_limit=100,
            report=self._reports is not None,
            verify_sends_amount=True,
            reverse_minutes=30,
            mandates=self.direct_debit is not None,
        )

    def start(self, request: StartRequest) -> StartResult:
        if not MIN_RIALS <= request.rials <= MAX_RIALS:
            raise InvalidRequest(f"an amount must be {MIN_RIALS} to {MAX_RIALS} rials")
        reply = self._call("request", _session(request))
        if reply.code != replies.OK:
            raise replies.error(reply)
        authority = self._ours(reply.data.get("authority"))
        if authority is None:
            raise UnexpectedResponse("an authority of another environment or shape", raw=reply.raw)
        redirect = Redirect("GET", f"{self._base_url}/pg/StartPay/{authority}")
        return StartResult(authority, redirect, fee_rials=whole(reply.data.get("fee")), raw=reply.raw)

    def parse_callback(
        self, method: str, args: Mapping[str, object], form: Mapping[str, object], json: object
    ) -> CallbackHint:
        status = (callbacks.only("status", args, form, json) or "").upper()
        brought = {"method": method, "values": callbacks.everything(args, form, json)}
        return CallbackHint(
            gateway_ref=self._ours(callbacks.only("authority", args, form, json)),
            hint="ok" if status == "OK" else "cancelled" if status == "NOK" else "unknown",
            code=status if status in {"OK", "NOK"} else None,
            raw=storable(brought),
        )

    def verify(self, request: VerifyRequest) -> VerifyResult:
        return self._ask("verify", request, {"amount": request.rials}, replies.verified)

    def inquire(self, request: VerifyRequest) -> VerifyResult:
        return self._ask("inquiry", request, {}, replies.inquired)

    def reverse(self, request: VerifyRequest) -> VerifyResult:
        """-61 says «already reversed» and «was never paid» in one: only an inquiry can tell."""
        result = self._ask("reverse", request, {}, replies.reversed_)
        if result.code != str(replies.NOT_REVERSIBLE):
            return result
        return replies.told_apart(result, self.inquire(request))

    def list_unverified(self) -> Sequence[UnverifiedItem]:
        reply = self._call("unVerified", {})
        rows = reply.data.get("authorities")
        if reply.code != replies.OK or not isinstance(rows, list):
            raise replies.error(reply)
        ours = (row for row in rows if isinstance(row, Mapping) and self._ours(row.get("authority")))
        return [item for item in map(replies.unverified, ours) if item is not None]

    def report(self, first: date, last: date) -> Sequence[ReportRow]:
        if self._reports is None:
            raise NotSupported("no access token for ZarinPal's reports")
        return self._reports.rows(first, last)

    def _ask(
        self,
        operation: str,
        request: VerifyRequest,
        more: Mapping[str, Any],
        read: Callable[[replies.Reply, VerifyRequest], VerifyResult],
    ) -> VerifyResult:
        if self._ours(request.gateway_ref) is None:
            return VerifyResult(Outcome.MISMATCH, code="environment")
        try:
            return read(self._call(operation, {"authority": request.gateway_ref, **more}), request)
        except GatewayError as error:
            return unknown(error)

    def _call(self, operation: str, body: Mapping[str, Any]) -> replies.Reply:
        path = f"/pg/v4/payment/{operation}.json"
        return replies.read(self._client.post(path, {"merchant_id": self._merchant_id, **body}))

    def _ours(self, authority: object) -> str | None:
        """The authority if it has the shape of this environment's."""
        fits = isinstance(authority, str) and _AUTHORITY[self.environment].fullmatch(authority)
        return str(authority) if fits else None


def _session(request: StartRequest) -> dict[str, Any]:
    """`auto_verify` asks ZarinPal to keep money that we are late to verify; a verify after it answers 101."""
    metadata: dict[str, Any] = {"order_id": request.attempt_id, "auto_verify": True}
    if mobile := local_mobile(request.mobile):
        metadata["mobile"] = mobile
    if request.email:
        metadata["email"] = request.email
    if request.allowed_cards:
        metadata["card_pan"] = list(request.allowed_cards)
    return {
        "amount": request.rials,
        "description": request.description[:LONGEST_DESCRIPTION],
        "callback_url": request.callback_url,
        "metadata": metadata,
    }
