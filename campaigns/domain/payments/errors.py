"""What can go wrong with a gateway.

Raised while an adapter is built, by `start` and by `list_unverified`; `verify` and `inquire` answer
`Outcome.UNKNOWN` instead, because money may have moved.
"""

from collections.abc import Mapping
from typing import Any


class GatewayError(Exception):
    """A gateway could not do what was asked. `code` is the gateway's own; `raw` its masked answer."""

    def __init__(
        self, message: str, *, code: str | None = None, raw: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.raw: Mapping[str, Any] = raw or {}


class ConfigError(GatewayError):
    """The terminal, its settings or its environment are wrong: an operator must act."""


class InvalidRequest(GatewayError):
    """We sent something that the gateway can never accept: our mistake."""


class Rejected(GatewayError):
    """The gateway understood and said no to this payment."""


class RateLimited(GatewayError):
    """Too many calls; `retry_after_seconds` where the gateway says how long to wait."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        raw: Mapping[str, Any] | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message, code=code, raw=raw)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(GatewayError):
    """No answer: name, network, TLS, time-out or an error of the gateway itself. What it did is unknown."""


class UnexpectedResponse(GatewayError):
    """An answer that is not in the protocol: not JSON, too long, wrong types, a code nobody documents."""


class NotSupported(GatewayError):
    """Asked for something that `capabilities()` says this gateway cannot do."""
