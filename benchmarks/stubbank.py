"""A bank that answers at once, inside the process: what is left is our own work."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from campaigns.domain.payments.contract import (
    CallbackHint,
    Capabilities,
    Environment,
    Outcome,
    Redirect,
    StartRequest,
    StartResult,
    UnverifiedItem,
    VerifyRequest,
    VerifyResult,
)

NAME = "stub"


def reference(public_id: str) -> str:
    """The gateway's name for a session: what its callback carries."""
    return f"stub-{public_id}"


class StubBank:
    """Every session is paid."""

    name = NAME
    environment: Environment = "sandbox"

    def capabilities(self) -> Capabilities:
        return Capabilities(min_rials=1_000, max_rials=None, verify_window=timedelta(minutes=15))

    def start(self, request: StartRequest) -> StartResult:
        ref = reference(request.attempt_id)
        return StartResult(ref, Redirect("GET", f"https://bank.example/{ref}"))

    def parse_callback(
        self, method: str, args: Mapping[str, object], form: Mapping[str, object], json: object
    ) -> CallbackHint:
        values = args.get("ref")
        return CallbackHint(str(values[0]) if isinstance(values, list) else None, "ok")

    def verify(self, request: VerifyRequest) -> VerifyResult:
        return VerifyResult(Outcome.PAID, rials=request.rials, receipt_ref=request.gateway_ref)

    def inquire(self, request: VerifyRequest) -> VerifyResult:
        return VerifyResult(Outcome.ALREADY, rials=request.rials, receipt_ref=request.gateway_ref)

    def reverse(self, request: VerifyRequest) -> VerifyResult:
        return VerifyResult(Outcome.REFUSED)

    def list_unverified(self) -> Sequence[UnverifiedItem]:
        return []
