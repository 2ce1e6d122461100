"""Money and practice never mix: which hosts a live adapter refuses, and which a sandbox one does."""

from urllib.parse import urlsplit

from campaigns.domain.payments.contract import Environment
from campaigns.domain.payments.errors import ConfigError

_HERE = frozenset({"localhost", "127.0.0.1", "::1", ""})


def fitting(
    gateway: str, base_url: str, environment: str, *, domain: str | None, practice_host: str = ""
) -> Environment:
    """`environment`, if it fits the host: live needs TLS to another machine, practice refuses live hosts.

    `domain` is the gateway's own, all of it live but for `practice_host`; None where the host does not tell.
    Raises `ConfigError`.
    """
    url = urlsplit(base_url)
    host = url.hostname or ""
    if environment == "live" and url.scheme == "https" and host not in {practice_host, *_HERE}:
        return "live"
    theirs = domain is not None and f".{host}".endswith(f".{domain}")
    if environment == "sandbox" and host and (host == practice_host or not theirs):
        return "sandbox"
    raise ConfigError(f"{gateway}: the environment {environment!r} does not fit the address {base_url!r}")
